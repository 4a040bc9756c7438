import { SPOILED, type Spoiling } from './books/spoil.ts';

/** How the rehearsal model behaves in one request. Everything but `steady` is for tests and comes from the model's name. */
export type Conduct =
  | { readonly kind: 'steady' | 'slow' | 'long' | 'think' | 'bad-json' | 'refuse' | 'no-done' | 'malformed' | 'error-in-stream' | 'endless' | 'empty' }
  /** Plays as ever and spoils what is asked in a schema. */
  | { readonly kind: 'spoil'; readonly how: Spoiling }
  | { readonly kind: 'stall' | 'cut'; readonly afterWords: number }
  | { readonly kind: 'status'; readonly status: number; readonly once: boolean; readonly retryAfterS?: number };

export const REHEARSAL = 'rehearsal';

/** Names of models that misbehave; the numbers in them may be others. */
export const MISBEHAVING: readonly string[] = [
  'stall-after-5', 'cut-after-5', '429-once-2s', '500-once', '401', 'bad-json', 'refuse', 'no-done', 'malformed', 'error-in-stream', 'endless',
  'empty', 'think', 'slow', 'long', ...SPOILED,
].map((name) => `${REHEARSAL}:${name}`);

const PLAIN = ['slow', 'long', 'think', 'bad-json', 'refuse', 'no-done', 'malformed', 'error-in-stream', 'endless', 'empty'] as const;

/** The conduct that a model's name asks for; undefined when there is no such model. */
export function conductOf(model: string, allowMisbehaviour: boolean): Conduct | undefined {
  if (model === REHEARSAL) return { kind: 'steady' };
  if (!allowMisbehaviour || !model.startsWith(`${REHEARSAL}:`)) return undefined;
  const name = model.slice(REHEARSAL.length + 1);
  const plain = PLAIN.find((known) => known === name);
  if (plain) return { kind: plain };
  const spoiled = SPOILED.find((known) => known === name);
  if (spoiled) return { kind: 'spoil', how: spoiled };
  const after = /^(stall|cut)-after-(\d{1,4})$/.exec(name);
  if (after) return { kind: after[1] === 'stall' ? 'stall' : 'cut', afterWords: Number(after[2]) };
  const status = /^([45]\d\d)(-once)?(?:-(\d{1,5})s)?$/.exec(name);
  if (!status) return undefined;
  return { kind: 'status', status: Number(status[1]), once: status[2] !== undefined, ...(status[3] !== undefined && { retryAfterS: Number(status[3]) }) };
}
