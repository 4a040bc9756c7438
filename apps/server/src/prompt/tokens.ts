import { countByRanks } from './bytePairs.ts';

/** Counts tokens as cl100k does (PR-2); until that is loaded it estimates, on the high side. */
export interface TokenCounter {
  count(text: string): number;
  /** Loads the encoding. It takes a while and memory, so it is called once the server listens. */
  load(): Promise<void>;
}

/** Characters of one token where nothing better is known: less than in most languages, so that the estimate is high. */
const CHARS_PER_TOKEN = 3;
/** The time to count grows with the square of a run without spaces. */
const LONG_PIECE = 40;
const SHORT_PIECE = 12;
const SHORT_PIECES = /[\s\S]{1,12}/gu;
/** Pieces whose counts are remembered: a language has about as many words in common use. */
const PIECES_REMEMBERED = 60_000;
/** Nothing that is longer than this fits into any budget, so nobody needs to know how much longer. */
const ENOUGH = 40_000;
/** Characters of text whose counts are remembered. */
const REMEMBERED_CHARS = 8_000_000;

/** A counter that remembers what it has counted: a turn is counted once. */
export function createTokenCounter(): TokenCounter {
  const counts = new Map<string, number>();
  let remembered = 0;
  let encode: ((text: string) => number) | undefined;
  let loading: Promise<void> | undefined;

  const remember = (text: string, tokens: number): void => {
    counts.set(text, tokens);
    remembered += text.length;
    for (const oldest of counts.keys()) {
      if (remembered <= REMEMBERED_CHARS) break;
      counts.delete(oldest);
      remembered -= oldest.length;
    }
  };

  return {
    count(text) {
      if (encode === undefined) return Math.ceil(text.length / CHARS_PER_TOKEN);
      const known = counts.get(text);
      if (known !== undefined) return known;
      const tokens = encode(text);
      remember(text, tokens);
      return tokens;
    },
    load() {
      loading ??= (async () => {
        const { default: ranks } = await import('js-tiktoken/ranks/cl100k_base');
        // No text is special: `<|endoftext|>` in a message is nine plain tokens.
        encode = countByPieces(ranks.pat_str, countByRanks(ranks));
      })();
      return loading;
    },
  };
}

/**
 * Counts a text piece by piece, as the encoder itself parts it, remembering each piece: most words of a story have been
 * in it before, and joining bytes takes longer than a look into a map.
 */
function countByPieces(pattern: string, encode: (piece: string) => number): (text: string) => number {
  const parting = new RegExp(pattern, 'gu');
  const known = new Map<string, number>();
  const countPiece = (piece: string): number => {
    let tokens = known.get(piece);
    if (tokens === undefined) {
      tokens = piece.length <= LONG_PIECE ? encode(piece) : (piece.match(SHORT_PIECES) ?? []).reduce((sum, part) => sum + countPiece(part), 0);
      if (known.size >= PIECES_REMEMBERED) known.clear();
      // A longer piece would keep the whole text alive that it is a part of.
      if (piece.length <= SHORT_PIECE) known.set(piece, tokens);
    }
    return tokens;
  };
  return (text) => {
    let tokens = 0;
    for (const [piece] of text.matchAll(parting)) {
      tokens += countPiece(piece);
      if (tokens > ENOUGH) break;
    }
    return tokens;
  };
}
