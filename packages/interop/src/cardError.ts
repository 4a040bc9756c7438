/**
 * Why a file was refused: `too_large` a size, count or length over its limit; `not_a_card` it is something else;
 * `damaged` it is a card, or a picture, that cannot be read; `no_name` a card whose character has no name.
 */
export type CardErrorCode = 'too_large' | 'not_a_card' | 'damaged' | 'no_name';

/** A file that cannot be imported. The message is one plain sentence for the person: what was found, what to do. */
export class CardError extends Error {
  readonly code: CardErrorCode;

  constructor(code: CardErrorCode, message: string) {
    super(message);
    this.name = 'CardError';
    this.code = code;
  }
}
