/** Counts tokens as cl100k does (PR-2); until that is loaded it estimates, on the high side. */
export interface TokenCounter {
  count(text: string): number;
  /** Loads the encoding. It takes a while and memory, so it is called once the server listens. */
  load(): Promise<void>;
}

/** Characters of one token where nothing better is known: less than in most languages, so that the estimate is high. */
const CHARS_PER_TOKEN = 3;
/** The encoder's time grows with the square of a run without spaces: 1,000 letters take half a second. */
const LONG_RUN = /\S{25}|\s{25}/;
const SHORT_PIECES = /\s{1,12}\S{0,12}|\S{1,12}/g;
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
      const tokens = LONG_RUN.test(text) ? countPieces(text, encode) : encode(text);
      remember(text, tokens);
      return tokens;
    },
    load() {
      loading ??= (async () => {
        const [{ Tiktoken }, { default: ranks }] = await Promise.all([
          import('js-tiktoken/lite'),
          import('js-tiktoken/ranks/cl100k_base'),
        ]);
        const encoding = new Tiktoken(ranks);
        // No text is special: `<|endoftext|>` in a message is nine plain tokens.
        encode = (text) => encoding.encode(text, [], []).length;
      })();
      return loading;
    },
  };
}

function countPieces(text: string, encode: (text: string) => number): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(SHORT_PIECES)) {
    tokens += encode(piece);
    if (tokens > ENOUGH) break;
  }
  return tokens;
}
