import type { ZodType } from 'zod';
import { FORMS, type Form } from './body.ts';
import { connectionKey } from './clients.ts';
import { ModelError, StructuredError } from './errors.ts';
import { readAnswer } from './repair.ts';
import type { Endpoint, Message, ModelRequest, ReplySchema } from './types.ts';

/** Asks one question in one form and returns the whole answer. Throws ModelError, or the signal's reason. */
export type Ask = (endpoint: Endpoint, request: ModelRequest, form: Form, signal: AbortSignal) => Promise<string>;

/** An answer that could not be used, and why. */
interface Failed {
  readonly raw: string;
  readonly problem: string;
  readonly refusal: boolean;
}

/** Characters of a useless answer that are shown to the model again. */
const QUOTED_BACK = 2_000;

/**
 * The ladder of structured replies (MO-3): json_schema, json_object, a tool call, plain text with repair. The step that worked is remembered for
 * each endpoint and model. An answer that cannot be read is asked for once more, more strictly.
 */
export class Ladder {
  readonly #ask: Ask;
  readonly #steps = new Map<string, number>();

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Throws ModelError, StructuredError, or the signal's reason. */
  async climb<T>(endpoint: Endpoint, request: ModelRequest, schema: ZodType<T>, signal: AbortSignal): Promise<T> {
    const wanted = request.schema;
    if (!wanted) throw new TypeError('A structured request needs request.schema, the JSON schema that the model is shown.');
    const place = `${connectionKey(endpoint)}\n${request.model}`;
    let step = this.#steps.get(place) ?? 0;
    let failed: Failed | undefined;
    for (let answers = 1; ; answers++) {
      const { raw, step: reached } = await this.#answer(endpoint, request, wanted, step, failed, signal);
      step = reached;
      const read = readAs(raw, wanted.name, schema);
      if ('value' in read) {
        this.#steps.set(place, step);
        return read.value;
      }
      if (failed)
        throw new StructuredError({ schemaName: wanted.name, model: request.model, raw, attempts: answers, refusal: read.refusal, problem: read.problem });
      failed = { raw, ...read };
      // No JSON at all: the server ignored the form that was asked for, so the next one is tried.
      if (!read.json && step < FORMS.length - 1) step++;
    }
  }

  /** One answer, from the given step or the first one below it that the server takes. */
  async #answer(
    endpoint: Endpoint,
    request: ModelRequest,
    wanted: ReplySchema,
    from: number,
    failed: Failed | undefined,
    signal: AbortSignal,
  ): Promise<{ raw: string; step: number }> {
    for (let step = from; ; step++) {
      const form = FORMS[step] ?? 'text';
      const asked = { ...request, messages: withInstruction(request.messages, wanted, form, failed) };
      try {
        return { raw: await this.#ask(endpoint, asked, form, signal), step };
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        if (error.code === 'empty' && !failed) return { raw: '', step };
        if (step >= FORMS.length - 1 || !refusesForm(error)) throw error;
      }
    }
  }
}

/** Whether a fault speaks against the form of the request rather than against the request. */
function refusesForm(error: ModelError): boolean {
  const said = error.said ?? '';
  const names = /response_?format|json|schema|grammar|\btools?\b|tool_choice|structured|guided/i.test(said);
  if (error.code === 'bad_request' && !error.retryable) return names || said === '' || error.status === 422;
  return names && (error.status === 404 || error.status === 500 || error.status === 501);
}

function withInstruction(messages: readonly Message[], wanted: ReplySchema, form: Form, failed: Failed | undefined): readonly Message[] {
  // The server holds the model to the schema itself: then saying it again only costs tokens.
  if (form === 'json_schema' && !failed) return messages;
  const how =
    form === 'tool'
      ? `Answer by calling the tool ${wanted.name}, and with nothing else.`
      : 'Answer with one JSON object and nothing else: no words before or after it, no code fence.';
  const instruction = `${how} It must fit this JSON schema:\n${JSON.stringify(wanted.json)}`;
  if (!failed) return appended(messages, instruction);
  const again = `Your last answer could not be used (${failed.problem}). ${instruction}`;
  // A model that has declined once repeats itself when it reads its own words.
  if (failed.refusal || failed.raw.trim() === '') return appended(messages, again);
  return [...messages, { role: 'assistant', content: failed.raw.slice(0, QUOTED_BACK) }, { role: 'user', content: again }];
}

/** With the instruction at the end of the last message of the user: many chat templates want the roles to take turns. */
function appended(messages: readonly Message[], instruction: string): readonly Message[] {
  const last = messages.at(-1);
  if (last?.role !== 'user') return [...messages, { role: 'user', content: instruction }];
  return [...messages.slice(0, -1), { ...last, content: `${last.content}\n\n${instruction}` }];
}

type Read<T> = { readonly value: T } | { readonly problem: string; readonly refusal: boolean; readonly json: boolean };

function readAs<T>(raw: string, name: string, schema: ZodType<T>): Read<T> {
  const answer = readAnswer(raw);
  if (answer === undefined) {
    const refusal = REFUSAL.test(raw.trim());
    return { problem: raw.trim() === '' ? 'it was empty' : refusal ? 'it declined' : 'it held no JSON object', refusal, json: false };
  }
  for (const candidate of [answer, inside(answer, name)]) {
    const parsed = schema.safeParse(candidate);
    if (parsed.success) return { value: parsed.data };
  }
  const issues = schema.safeParse(answer).error?.issues ?? [];
  const problem = issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`)
    .join('; ');
  return { problem: problem || 'it did not fit', refusal: false, json: true };
}

const REFUSAL = /^(?:["*_\s]*)(?:i(?:'|’)?m (?:really )?sorry|sorry,|i can(?:no|'|’)t|i cannot|i won(?:'|’)t|i will not|i(?:'|’)?m (?:unable|not able)|i am (?:unable|not able|sorry)|as an ai|i must decline)/i;

/** Models like to wrap an answer once more, under the schema's name or as the arguments of a call. */
function inside(answer: unknown, name: string): unknown {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const fields = answer as Record<string, unknown>;
  return fields[name] ?? fields['arguments'] ?? fields['parameters'] ?? fields['properties'];
}
