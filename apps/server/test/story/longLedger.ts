import type { Row } from '@offstage/domain';

/** What a mark stands for: one thing that can be known. */
const KINDS = ['card', 'kick', 'said', 'reply', 'tale', 'told', 'fact', 'account', 'feeling', 'matter', 'group', 'digest', 'plot', 'thing', 'lesson', 'view', 'note', 'synth'] as const;
export type MarkKind = (typeof KINDS)[number];

const MARKS = new RegExp(String.raw`\b(?:${KINDS.join('|')})-[a-z0-9]{3}\b`, 'g');

/** Every mark in a text, or in whatever is made into one. */
export function marksIn(value: unknown): readonly string[] {
  return [...new Set((typeof value === 'string' ? value : JSON.stringify(value)).match(MARKS))];
}

interface Mark {
  readonly kind: MarkKind;
  /** The chat in which it came into the world; null for cards. */
  readonly chat: string | null;
  /** How many marks there were before. */
  readonly nth: number;
  readonly knownTo: Set<string>;
}

/** A prompt that was sent: for whose eyes, and what stood in it. */
export interface SentPrompt {
  readonly reader: string;
  readonly what: string;
  readonly chat: string;
  readonly marks: ReadonlySet<string>;
  readonly text: string;
}

/**
 * The witness matrix (ME-2): who may know each thing, kept by itself from who was there as the script says, and not from
 * what the engine says. Every text that anybody writes carries a mark of its own.
 */
export class Ledger {
  readonly sent: SentPrompt[] = [];
  readonly #marks = new Map<string, Mark>();

  /** Makes a mark that some may know. */
  mint(kind: MarkKind, chat: string | null, knownTo: readonly string[]): string {
    const nth = this.#marks.size;
    const mark = `${kind}-${nth.toString(36).padStart(3, '0')}`;
    this.#marks.set(mark, { kind, chat, nth, knownTo: new Set(knownTo) });
    return mark;
  }

  /** How many marks there are: a moment of the story. */
  get now(): number {
    return this.#marks.size;
  }

  mayKnow(mark: string, name: string): boolean {
    return this.#marks.get(mark)?.knownTo.has(name) === true;
  }

  /** Who may know a thing, in the order of their names. */
  knowers(mark: string): readonly string[] {
    return [...(this.#marks.get(mark)?.knownTo ?? [])].toSorted();
  }

  /** Of some people, those who know everything in a text. */
  allKnow(text: unknown, people: readonly string[]): string[] {
    const marks = marksIn(text);
    return people.filter((name) => marks.every((mark) => this.mayKnow(mark, name)));
  }

  all(...kinds: readonly MarkKind[]): readonly string[] {
    return [...this.#marks].filter(([, { kind }]) => kinds.includes(kind)).map(([mark]) => mark);
  }

  /** What came into the world in a chat from a moment on. */
  since(moment: number, chat: string): ReadonlySet<string> {
    return new Set([...this.#marks].filter(([, mark]) => mark.nth >= moment && mark.chat === chat).map(([mark]) => mark));
  }

  /** What stood in prompts though its reader may not know it. */
  leaks(): string[] {
    return this.sent.flatMap(({ reader, what, marks }) => [...marks].filter((mark) => !this.mayKnow(mark, reader)).map((mark) => `${mark} in ${what} for ${reader}`));
  }

  /** Whether a prompt of somebody's ever carried a kind of thing. */
  carried(reader: string, kind: MarkKind): boolean {
    return this.sent.some((one) => one.reader === reader && one.what === 'narration' && [...one.marks].some((mark) => mark.startsWith(`${kind}-`)));
  }

  /** What stands in rows of which somebody is the owner, though that one may not know it. */
  strangers(owner: string, rows: readonly (Row<'memories'> | Row<'edges'> | Row<'inventory'>)[]): string[] {
    return marksIn(rows).filter((mark) => !this.mayKnow(mark, owner)).map((mark) => `${mark} with ${owner}`);
  }
}
