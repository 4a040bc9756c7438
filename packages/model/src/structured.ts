import type { ZodType } from 'zod';
import { readAs } from './answers.ts';
import { FORMS, type Form } from './body.ts';
import { connectionKey } from './clients.ts';
import { ModelError, StructuredError } from './errors.ts';
import { withoutKey } from './scrub.ts';
import type { Terms } from './terms.ts';
import type { Endpoint, Message, ModelRequest, ReplySchema, UnusableAnswer } from './types.ts';

/** Asks one question in one form and returns the whole answer. Throws ModelError, or the signal's reason. */
export type Ask = (endpoint: Endpoint, request: ModelRequest, form: Form, terms: Terms, signal: AbortSignal) => Promise<string>;

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
  readonly #onUnusable: (answer: UnusableAnswer) => void;
  readonly #steps = new Map<string, number>();

  constructor(ask: Ask, onUnusable: (answer: UnusableAnswer) => void) {
    this.#ask = ask;
    this.#onUnusable = onUnusable;
  }

  /** Throws ModelError, StructuredError, or the signal's reason. */
  async climb<T>(endpoint: Endpoint, request: ModelRequest, schema: ZodType<T>, terms: Terms, signal: AbortSignal): Promise<T> {
    const wanted = request.schema;
    if (!wanted) throw new TypeError('A structured request needs request.schema, the JSON schema that the model is shown.');
    const place = `${connectionKey(endpoint)}\n${request.model}`;
    let step = this.#steps.get(place) ?? 0;
    let failed: Failed | undefined;
    for (let attempts = 1; ; attempts++) {
      const answer = await this.#answer(endpoint, request, wanted, step, failed, terms, signal);
      const { raw } = answer;
      step = answer.step;
      const read = readAs(raw, wanted, schema);
      if ('value' in read) {
        this.#steps.set(place, step);
        return read.value;
      }
      const problem = answer.problem ?? read.problem;
      const kept = withoutKey(raw, endpoint);
      const { purpose, model } = request;
      this.#onUnusable({ purpose, model, raw: kept, problem, attempts, ...request.context });
      if (failed) throw new StructuredError({ schemaName: wanted.name, model, raw: kept, attempts, refusal: read.refusal, problem });
      failed = { raw, problem, refusal: read.refusal };
      // No JSON at all: the server ignored the form that was asked for, so the next one is tried.
      if (!read.json && step < FORMS.length - 1) step++;
    }
  }

  /** One answer, from the given step or the first one below it that the server takes. `problem` says why it is empty. */
  async #answer(
    endpoint: Endpoint,
    request: ModelRequest,
    wanted: ReplySchema,
    from: number,
    failed: Failed | undefined,
    terms: Terms,
    signal: AbortSignal,
  ): Promise<{ raw: string; step: number; problem?: string }> {
    for (let step = from; ; step++) {
      const form = FORMS[step] ?? 'text';
      const asked = { ...request, messages: withInstruction(request.messages, wanted, form, failed) };
      try {
        return { raw: await this.#ask(endpoint, asked, form, terms, signal), step };
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        if (error.code === 'empty') return { raw: '', step, ...(!error.retryable && { problem: 'it was held back by a content filter' }) };
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
  // A fault told inside the stream has no status.
  return names && error.code !== 'broken_stream' && (error.status === undefined || error.status === 404 || error.status === 500 || error.status === 501);
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
