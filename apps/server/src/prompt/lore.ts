import type { Row } from '@offstage/domain';

/** An entry that belongs in a prompt, and the key by which it was found; null for one that always stands. */
export interface LoreFound {
  readonly entry: Row<'lore'>;
  readonly key: string | null;
}

interface Needle {
  readonly loreId: string;
  readonly key: string;
  readonly words: readonly string[];
  readonly secondary: boolean;
}

const WORDS = /[\p{L}\p{N}]+/gu;
/** Scripts that put no spaces between words, so that a key is sought as it stands. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Lore by its keys (WD-13). What is said is read once, however many entries there are. */
export class LoreIndex {
  readonly #entries: ReadonlyMap<string, Row<'lore'>>;
  /** By their first word. */
  readonly #needles = new Map<string, Needle[]>();
  readonly #unspaced: Needle[] = [];

  constructor(entries: readonly Row<'lore'>[]) {
    const enabled = entries.filter((entry) => entry.enabled && entry.content.trim() !== '');
    this.#entries = new Map(enabled.map((entry) => [entry.loreId, entry]));
    for (const { loreId, keys, secondaryKeys } of enabled) {
      for (const key of keys) this.#add(loreId, key, false);
      for (const key of secondaryKeys) this.#add(loreId, key, true);
    }
  }

  #add(loreId: string, key: string, secondary: boolean): void {
    const words = wordsOf(key);
    const first = words[0];
    const needle = { loreId, key: key.trim(), words, secondary };
    if (first === undefined || UNSPACED.test(key)) {
      if (needle.key !== '') this.#unspaced.push(needle);
      return;
    }
    const known = this.#needles.get(first);
    if (known === undefined) this.#needles.set(first, [needle]);
    else known.push(needle);
  }

  /**
   * The entries of a bot, a chat and the whole library that belong to what was said: those that always stand, and those
   * of which a key is one of its words or a run of them, and, where there are secondary keys, one of these too. In their
   * order.
   */
  find(text: string, whose: { readonly botId: string; readonly chatId: string }): LoreFound[] {
    const [primary, secondary] = this.#keysIn(text);
    const found: LoreFound[] = [];
    for (const entry of this.#entries.values()) {
      if (entry.botId !== null && entry.botId !== whose.botId) continue;
      if (entry.chatId !== null && entry.chatId !== whose.chatId) continue;
      if (entry.constant) found.push({ entry, key: null });
      else {
        const key = primary.get(entry.loreId);
        if (key !== undefined && (entry.secondaryKeys.length === 0 || secondary.has(entry.loreId))) found.push({ entry, key });
      }
    }
    return found.toSorted((a, b) => a.entry.order - b.entry.order || (a.entry.loreId < b.entry.loreId ? -1 : 1));
  }

  /** The first key of each entry that stands in a text, primary and secondary ones apart. */
  #keysIn(text: string): [primary: Map<string, string>, secondary: Map<string, string>] {
    const found: [Map<string, string>, Map<string, string>] = [new Map(), new Map()];
    const note = ({ loreId, key, secondary }: Needle): void => {
      const into = found[secondary ? 1 : 0];
      if (!into.has(loreId)) into.set(loreId, key);
    };
    const words = wordsOf(text);
    for (const [at, word] of words.entries()) {
      for (const needle of this.#needles.get(word) ?? []) {
        if (needle.words.every((one, n) => words[at + n] === one)) note(needle);
      }
    }
    if (this.#unspaced.length > 0) {
      const low = text.toLowerCase();
      for (const needle of this.#unspaced) if (low.includes(needle.key.toLowerCase())) note(needle);
    }
    return found;
  }
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORDS) ?? [];
}
