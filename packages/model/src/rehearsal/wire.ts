import type { ServerResponse } from 'node:http';
import type { Conduct } from './conduct.ts';

const CUT_MS = 60;

/** One reply on its way out. */
export interface Outgoing {
  readonly model: string;
  readonly text: string;
  readonly finishReason: 'stop' | 'length';
  readonly promptTokens: number;
  /** Set when the reply is the argument of a tool call. */
  readonly tool?: string;
}

/** Answers in one piece. */
export function sendWhole(res: ServerResponse, reply: Outgoing): void {
  const { text, tool } = reply;
  const message = tool
    ? { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: tool, arguments: text } }] }
    : { role: 'assistant', content: text };
  sendJson(res, 200, {
    ...head(reply, 'chat.completion'),
    choices: [{ index: 0, message, finish_reason: reply.finishReason }],
    usage: usage(reply),
  });
}

export function sendJson(res: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  res.writeHead(status, { 'content-type': 'application/json', ...headers });
  res.end(JSON.stringify(body));
}

/** Streams at once, in a single write: as cheap as it can be, for measurements. */
export function sendAtOnce(res: ServerResponse, reply: Outgoing): void {
  openStream(res);
  res.end(event(reply, delta(reply, reply.text), null) + ending(reply));
}

/** Streams word by word at `perSecond`, behaving as `conduct` says. Ends by itself when the client goes. */
export function sendPaced(res: ServerResponse, reply: Outgoing, perSecond: number, conduct: Conduct): void {
  openStream(res);
  const words = piecesOf(reply.text, conduct);
  const gap = 1000 / perSecond;
  const started = performance.now();
  let sent = 0;
  let timer: NodeJS.Timeout | undefined;
  res.on('close', () => clearTimeout(timer));
  const step = (): void => {
    // As many as are due: timers of a busy machine come late.
    const due = Math.min(words.length, conduct.kind === 'endless' ? sent + 50 : 1 + Math.floor((performance.now() - started) / gap));
    for (; sent < due; sent++) {
      if ('afterWords' in conduct && sent >= conduct.afterWords) {
        // A stall leaves the connection open and says nothing more; a cut breaks it, once what was said has had time to arrive.
        if (conduct.kind === 'cut') timer = setTimeout(() => res.destroy(), CUT_MS);
        return;
      }
      if (conduct.kind === 'malformed' && sent === 2) res.write('data: {"choices":[{"delta":{"content":"los\n\n');
      if (conduct.kind === 'error-in-stream' && sent === 5) {
        res.end(`data: ${JSON.stringify({ error: { message: 'The rehearsal model was told to break off.', code: 502 } })}\n\n`);
        return;
      }
      res.write(event(reply, delta(reply, words[sent] ?? ''), null));
    }
    if (sent < words.length || conduct.kind === 'endless') {
      if (sent >= words.length) sent = 0;
      timer = setTimeout(step, conduct.kind === 'endless' ? 1 : gap);
    } else if (conduct.kind === 'no-done') res.end();
    else res.end(ending(reply));
  };
  step();
}

function openStream(res: ServerResponse): void {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
}

/** Words with the space before them. Tags of reasoning are cut in two, as models cut them. */
function piecesOf(text: string, conduct: Conduct): string[] {
  const words = text.match(/\s*\S+/g) ?? [];
  return conduct.kind === 'think' ? words.flatMap((word) => (word.includes('<') ? [word.slice(0, 4), word.slice(4)] : [word])) : words;
}

function delta(reply: Outgoing, text: string): unknown {
  return reply.tool ? { tool_calls: [{ index: 0, function: { name: reply.tool, arguments: text } }] } : { content: text };
}

function event(reply: Outgoing, piece: unknown, finish: string | null): string {
  return `data: ${JSON.stringify({ ...head(reply, 'chat.completion.chunk'), choices: [{ index: 0, delta: piece, finish_reason: finish }] })}\n\n`;
}

function ending(reply: Outgoing): string {
  const counted = JSON.stringify({ ...head(reply, 'chat.completion.chunk'), choices: [], usage: usage(reply) });
  return `${event(reply, {}, reply.finishReason)}data: ${counted}\n\ndata: [DONE]\n\n`;
}

function head(reply: Outgoing, object: string): Record<string, unknown> {
  return { id: 'chatcmpl-rehearsal', object, created: 0, model: reply.model };
}

/** Tokens by the rule of thumb of four characters each. */
function usage({ promptTokens, text }: Outgoing): Record<string, number> {
  const completion = Math.ceil(text.length / 4);
  return { prompt_tokens: promptTokens, completion_tokens: completion, total_tokens: promptTokens + completion };
}
