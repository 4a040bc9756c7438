export type ModelErrorCode =
  | 'refused_connection'
  | 'unauthorized'
  | 'forbidden'
  | 'model_missing'
  | 'bad_request'
  | 'rate_limited'
  | 'server_error'
  | 'stalled'
  | 'broken_stream'
  | 'empty'
  | 'not_an_api'
  | 'unreachable'
  | 'timeout'
  /** A person took the call out of the line before it was sent. */
  | 'cancelled';

interface ModelErrorDetail {
  readonly retryable: boolean;
  readonly status?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  /** The provider's own words, scrubbed and short; for code that must read them, not for people. */
  readonly said?: string | undefined;
}

/** A model call that failed. `message` is plain text for a person: what happened and what to do. It never holds a key. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly code: ModelErrorCode;
  /** True when trying the same call again later may work. */
  readonly retryable: boolean;
  declare readonly status?: number;
  declare readonly retryAfterMs?: number;
  declare readonly said?: string;

  constructor(code: ModelErrorCode, message: string, detail: ModelErrorDetail) {
    super(message);
    this.code = code;
    this.retryable = detail.retryable;
    if (detail.status !== undefined) this.status = detail.status;
    if (detail.retryAfterMs !== undefined) this.retryAfterMs = detail.retryAfterMs;
    if (detail.said !== undefined) this.said = detail.said;
  }
}

/** The model answered, but not in the shape that was asked for, also not on the stricter second try. */
export class StructuredError extends Error {
  override readonly name = 'StructuredError';
  readonly schemaName: string;
  readonly model: string;
  /** The last answer as it came. */
  readonly raw: string;
  /** Answers asked for. */
  readonly attempts: number;
  /** True when the model declined rather than failed. */
  readonly refusal: boolean;
  /** What was wrong with the last answer. */
  readonly problem: string;

  constructor(detail: { schemaName: string; model: string; raw: string; attempts: number; refusal: boolean; problem: string }) {
    super(
      detail.refusal
        ? `${detail.model} declined to answer. Try again, or choose another model for bookkeeping.`
        : `${detail.model} did not answer in the form that was asked for (${detail.problem}). Try again, or choose another model for bookkeeping.`,
    );
    this.schemaName = detail.schemaName;
    this.model = detail.model;
    this.raw = detail.raw;
    this.attempts = detail.attempts;
    this.refusal = detail.refusal;
    this.problem = detail.problem;
  }
}
