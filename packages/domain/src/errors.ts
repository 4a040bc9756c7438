/** What a command refuses, in words a program can switch on. Transport codes are chosen where requests are answered. */
export type DomainErrorCode =
  | 'not_found'
  | 'invalid'
  | 'already_done'
  | 'stale_head'
  | 'busy'
  | 'too_long'
  | 'limit_reached';

/** A refusal by a rule of the story: `message` is one plain sentence for the person, `fields` names what is at fault. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: DomainErrorCode;
  readonly fields: readonly string[];

  constructor(code: DomainErrorCode, message: string, fields: readonly string[] = []) {
    super(message);
    this.code = code;
    this.fields = fields;
  }
}
