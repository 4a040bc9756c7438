import type { ZodType } from 'zod';
import type { ModelErrorCode } from './errors.ts';

/** What a call is for. Narrative goes before all else (MO-5). */
export type Purpose = 'narrative' | 'kickoff' | 'addressee' | 'skip' | 'passes' | 'scene' | 'other' | 'embedding';

/** One provider as configured. */
export interface Endpoint {
  readonly id: string;
  readonly name: string;
  /** Root of the API, for example `http://127.0.0.1:1234/v1`. */
  readonly baseUrl: string;
  /** Sent as a bearer token and nowhere else: never logged, never in errors or records. */
  readonly apiKey?: string;
  /** Weight that may run at once. Endpoints that share an address and a key share the limit. */
  readonly maxConcurrent: number;
}

export interface Sampler {
  temperature?: number;
  topP?: number;
  maxTokens?: number;
  presencePenalty?: number;
  frequencyPenalty?: number;
  stop?: string[];
  seed?: number;
}

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
  readonly name?: string;
}

/** A structured reply that is wanted: a name and a JSON schema. */
export interface ReplySchema {
  readonly name: string;
  readonly json: Record<string, unknown>;
}

export interface ModelRequest {
  readonly purpose: Purpose;
  readonly model: string;
  readonly messages: readonly Message[];
  readonly sampler?: Sampler;
  readonly schema?: ReplySchema;
  /** For the record only. */
  readonly context?: { readonly chatId?: string; readonly turnId?: string };
}

/** Tokens in the prompt and in the reply, as the provider counted them. */
export interface Usage {
  readonly prompt: number;
  readonly completion: number;
}

export type FinishReason = 'stop' | 'length' | 'aborted' | 'cap' | 'lost';

export type StreamPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  /** The call waits: for a free slot, or until `retryAt` (ms since the epoch). */
  | { readonly kind: 'waiting'; readonly reason: 'queue' | 'retry'; readonly retryAt?: number; readonly message: string }
  /** `reply` is there only when text already streamed proved to be reasoning: the reply as it should stand. `fault` says why one was lost. */
  | { readonly kind: 'end'; readonly finishReason: FinishReason; readonly usage?: Usage; readonly reply?: string; readonly fault?: Fault };

/** A fault in plain words: what happened. */
export interface Fault {
  readonly code: ModelErrorCode;
  readonly message: string;
}

/** One model call as it went, for the prompt inspector (PR-4). Times in ms; `firstTokenMs` and `durationMs` count from `startedAt`. */
export interface CallRecord {
  readonly id: string;
  readonly purpose: Purpose;
  readonly endpointId: string;
  readonly endpointName: string;
  readonly model: string;
  readonly messages: readonly Message[];
  readonly sampler: Sampler;
  readonly startedAt: number;
  readonly firstTokenMs?: number;
  readonly durationMs: number;
  /** Of `durationMs`, the time spent in the queue and between retries. */
  readonly waitedMs: number;
  readonly outcome: 'ok' | 'aborted' | 'error' | 'truncated';
  readonly error?: Fault;
  readonly usage?: Usage;
  readonly reply: string;
  readonly reasoning?: string;
  /** Requests sent, retries included; 0 when the call ended in the queue. */
  readonly attempts: number;
  readonly chatId?: string;
  readonly turnId?: string;
}

/** A call that has not been sent yet. */
export interface WaitingCall {
  readonly id: string;
  readonly endpointId: string;
  readonly endpointName: string;
  readonly model: string;
  readonly purpose: Purpose;
  /** How much of what may run at once it takes. */
  readonly weight: number;
  /** Ms since the epoch. */
  readonly since: number;
  /** Calls that stand in line before it; null for one that waits until a time. */
  readonly ahead: number | null;
  /** When it is sent, ms since the epoch; null for one that stands in line. */
  readonly until: number | null;
  readonly chatId?: string;
  readonly turnId?: string;
}

/** A model at a provider. */
export interface StandIn {
  readonly endpoint: Endpoint;
  readonly model: string;
}

export interface StructuredOptions {
  /** Who is asked when the model cannot answer, in order (MO-3). */
  readonly fallbacks?: readonly StandIn[];
  /** Longest silence of a model in ms, the first token included; by default the gateway's limit for the purpose. */
  readonly idleMs?: number;
  /** Longest that one model may take for all its answers, in ms; waiting in a queue does not count. */
  readonly totalMs?: number;
  /** Longest pause in ms that a provider may ask for before it has failed; by default any, unless another model stands ready (MO-4). */
  readonly patienceMs?: number;
}

/** A structured answer that could not be used (MO-3). */
export interface UnusableAnswer {
  readonly purpose: Purpose;
  readonly model: string;
  /** As it came, up to the length at which replies are cut, without keys. */
  readonly raw: string;
  /** What was wrong with it, in words. */
  readonly problem: string;
  /** Answers that this model had given by then. */
  readonly attempts: number;
  readonly chatId?: string;
  readonly turnId?: string;
}

export interface EmbedRequest {
  readonly model: string;
  readonly texts: readonly string[];
  /** For the record only. */
  readonly context?: NonNullable<ModelRequest['context']>;
}

export type TestResult =
  | { readonly ok: true; readonly models: string[]; readonly ms: number }
  | { readonly ok: false; readonly problem: string; readonly hint: string; readonly models?: string[] };

export interface Gateway {
  /**
   * Streams one reply. Throws ModelError only while not one word of text has arrived; after that a fault ends the stream with
   * `lost` and the record carries the error. An abort ends it with `aborted`.
   */
  stream(endpoint: Endpoint, request: ModelRequest, signal: AbortSignal): AsyncIterable<StreamPart>;
  /** The whole reply at once. Throws ModelError; when `signal` aborts, its reason. */
  complete(endpoint: Endpoint, request: ModelRequest, signal: AbortSignal): Promise<{ text: string; usage?: Usage }>;
  /**
   * A reply in the shape of `schema` (MO-3). `request.schema` carries the JSON schema that the model is shown. A model that fails is followed by
   * the next of `options.fallbacks`. Throws StructuredError when some of them answered and none usably: then the caller's default stands;
   * ModelError, that of the first, when none answered at all; or the signal's reason.
   */
  structured<T>(endpoint: Endpoint, request: ModelRequest, schema: ZodType<T>, signal: AbortSignal, options?: StructuredOptions): Promise<T>;
  /**
   * The vector of each text, in their order and all of one length. Texts are cut to what embedding models read and sent a few at a time, after
   * all else that waits. Throws ModelError, or the signal's reason.
   */
  embed(endpoint: Endpoint, request: EmbedRequest, signal: AbortSignal): Promise<Float32Array[]>;
  /** Names of the models on offer, sorted. Throws ModelError. */
  listModels(endpoint: Endpoint, signal: AbortSignal): Promise<string[]>;
  /** Tries an endpoint as it is configured and says in plain words what is wrong with it. Never throws for a fault of the endpoint. */
  test(endpoint: Endpoint, model: string | undefined, signal: AbortSignal): Promise<TestResult>;
  /** Calls that wait for a slot or a retry, oldest first. */
  waiting(): readonly WaitingCall[];
  /** Takes a waiting call out of the line: its reply ends with `aborted`, or it throws ModelError `cancelled`. False when it waits no longer. */
  cancel(id: string): boolean;
  /** Loads the client library ahead of the first call, which is otherwise late by its load time. */
  warm(): Promise<void>;
  /** Ends every call, waiting ones too. */
  close(): Promise<void>;
}
