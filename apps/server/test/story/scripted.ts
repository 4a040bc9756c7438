import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as a model gets it. */
export interface Sent {
  readonly role: string;
  readonly content: string;
}

/** One call as it came. `schema` is the name of the structured answer that was asked for, null for narration. */
export interface Asked {
  readonly model: string;
  readonly schema: string | null;
  /** The parts that the structured answer may have. */
  readonly parts: readonly string[];
  readonly messages: readonly Sent[];
}

/** Answers one call: a string as it is, anything else as JSON. May be late. */
export type Script = (asked: Asked) => unknown;

/** A model server that answers as a test says, and keeps every prompt it was sent. */
export interface ScriptedModel {
  readonly url: string;
  readonly asked: Asked[];
  script: Script;
  close(): Promise<void>;
}

export async function scriptedModel(script: Script): Promise<ScriptedModel> {
  const asked: Asked[] = [];
  const self = { script };
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      if (request.method !== 'POST') {
        response.end(JSON.stringify({ object: 'list', data: [{ id: 'scripted', object: 'model' }] }));
        return;
      }
      const one = askedOf(JSON.parse(Buffer.concat(pieces).toString()) as Body);
      asked.push(one);
      // A script that throws is a provider that refuses: a fault that no retry mends.
      Promise.resolve(one).then((call) => self.script(call)).then(
        (answer) => stream(response, typeof answer === 'string' ? answer : JSON.stringify(answer)),
        (problem: unknown) => response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message: String(problem) } })),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    get script() {
      return self.script;
    },
    set script(next) {
      self.script = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Body {
  readonly model: string;
  readonly messages: readonly Sent[];
  readonly response_format?: { readonly json_schema?: { readonly name: string; readonly schema?: { readonly properties?: object } } };
}

function askedOf({ model, messages, response_format }: Body): Asked {
  const schema = response_format?.json_schema;
  return { model, messages, schema: schema?.name ?? null, parts: Object.keys(schema?.schema?.properties ?? {}) };
}

function stream(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const chunk = (delta: object, finish: string | null): string =>
    `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', model: 'scripted', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
  response.write(chunk({ role: 'assistant', content: text }, null));
  response.write(chunk({}, 'stop'));
  response.end('data: [DONE]\n\n');
}

/** What stands under a heading of a prompt, as in "# The turn". */
export function section(asked: Asked, heading: string): string {
  const text = asked.messages.map(({ content }) => content).join('\n\n');
  const at = text.lastIndexOf(`# ${heading}\n`);
  if (at < 0) return '';
  const rest = text.slice(at + heading.length + 3);
  const end = rest.search(/^# /m);
  return (end < 0 ? rest : rest.slice(0, end)).trim();
}
