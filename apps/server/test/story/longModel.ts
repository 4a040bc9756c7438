import type { Ledger } from './longLedger.ts';
import { marksIn } from './longLedger.ts';
import { section } from './scripted.ts';
import type { Asked } from './scripted.ts';

/** Who is on stage where something is being played, as the script says. */
export interface Played {
  readonly chat: string;
  readonly host: string;
  readonly guest: string | null;
  /** True where the two are by themselves. */
  readonly aside: boolean;
}

/** What the script has the model say beside the plain. Each is asked anew at every call. */
export interface Cues {
  /** Parts of what is learned from a reply, by part. */
  learn(asked: Asked, spoke: string): Readonly<Record<string, unknown>>;
  threads(asked: Asked, mark: () => string): { opened?: unknown[]; updated?: unknown[]; closed?: unknown[] };
  /** Before a reply is given. */
  before(speaker: string): Promise<void>;
}

/** The bots on a stage. */
export const botsOn = ({ host, guest }: Pick<Played, 'host' | 'guest'>): string[] => (guest === null ? [host] : [host, guest]);

/** The model of the long story: whatever it writes carries a mark, and whatever it is told is put down with its reader. */
export class LongModel {
  readonly #ledger: Ledger;
  readonly #at: () => Played | undefined;
  readonly #cues: Cues;
  #spoke = '';

  constructor(ledger: Ledger, at: () => Played | undefined, cues: Cues) {
    this.#ledger = ledger;
    this.#at = at;
    this.#cues = cues;
  }

  async answer(asked: Asked): Promise<unknown> {
    const at = this.#at();
    if (asked.schema === 'kickoff' || at === undefined) return KICKOFF;
    const there = botsOn(at);
    const named = /^You are (\w+)[.,]/m.exec(asked.messages[0]?.content ?? '')?.[1];
    switch (asked.schema) {
      case null:
        return named === undefined ? this.#skip(asked, at, there) : this.#reply(asked, at, there, named);
      case 'passes':
        this.#put(asked, at, [this.#spoke]);
        return this.#learned(asked, at, there);
      case 'scene_summary':
        this.#put(asked, at, [named ?? '']);
        return this.#account(at, named ?? '');
      case 'scene_threads':
        return this.#left(asked, at, there);
      case 'group':
        this.#put(asked, at, there);
        return { summary: `They are together, ${this.#mint('group', at, there)}.`, mood: 'calm' };
      case 'digest':
        this.#put(asked, at, there);
        return { digest: `They spoke low, ${this.#mint('digest', at, there)}.` };
      case 'skip':
        this.#put(asked, at, there);
        return /next morning|fade out/i.test(section(asked, 'The message')) ? { kind: 'jump', minutes: 720, until: null, label: 'next morning' } : { kind: 'elision', minutes: 40, until: null, label: 'on arriving' };
      default:
        this.#put(asked, at, there);
        return { addressee: at.host, confidence: 'low', reason: 'Who knows.' };
    }
  }

  async #reply(asked: Asked, at: Played, there: readonly string[], speaker: string): Promise<string> {
    this.#put(asked, at, [speaker]);
    this.#spoke = speaker;
    await this.#cues.before(speaker);
    return `*${speaker} nods.* "So, ${this.#mint('reply', at, there)}."`;
  }

  /** All who are there read how a skip is told. */
  #skip(asked: Asked, at: Played, there: readonly string[]): string {
    this.#put(asked, at, there);
    this.#spoke = at.host;
    return `The light went, ${this.#mint('tale', at, there)}.`;
  }

  #learned(asked: Asked, at: Played, there: readonly string[]): object {
    const spoke = this.#spoke;
    const other = there.find((name) => name !== spoke);
    const plain = {
      memories: { told: other === undefined ? [] : [{ teller: spoke, hearer: other, fact: `The ferry sank, ${this.#mint('told', at, [other])}.` }] },
      significance: { score: this.#ledger.now % 3 },
      edges: { moves: at.aside ? [] : [{ from: spoke, to: 'Ava', affinity: 1, trust: 0, facts: [`Ava rows, ${this.#mint('fact', at, [spoke])}.`] }] },
      activity: { minutes: 1, weather: null, people: [] },
      scene: { ended: false, how: 'no', place: null },
      interjection: { speaks: false, to: null, reason: 'Nothing to add.' },
    };
    const wanted = asked.parts;
    return Object.fromEntries(Object.entries({ ...plain, ...this.#cues.learn(asked, spoke) }).filter(([part]) => wanted.includes(part)));
  }

  #account(at: Played, owner: string): object {
    return {
      summary: `I was there, ${this.#mint('account', at, [owner])}.`,
      quotes: [],
      feelings: at.aside ? [] : [{ to: 'Ava', summary: `A friend, ${this.#mint('feeling', at, [owner])}.` }],
    };
  }

  /** What a scene left open is known to those who know every line that it was found in. */
  #left(asked: Asked, at: Played, there: readonly string[]): object {
    const lines = section(asked, 'What happened');
    const knowing = this.#ledger.allKnow(lines, PEOPLE);
    this.#put(asked, at, knowing.length === 0 ? there : knowing);
    return { opened: [], updated: [], closed: [], ...this.#cues.threads(asked, () => this.#mint('matter', at, knowing)) };
  }

  #put(asked: Asked, { chat }: Played, readers: readonly string[]): void {
    const text = asked.messages.map(({ content }) => content).join('\n\n');
    const marks = new Set(marksIn(text));
    for (const reader of readers) this.#ledger.sent.push({ reader, what: asked.schema ?? 'narration', chat, marks, text });
  }

  #mint(kind: Parameters<Ledger['mint']>[0], { chat }: Played, knownTo: readonly string[]): string {
    return this.#ledger.mint(kind, chat, knownTo);
  }
}

/** The three bots of the story. */
export const PEOPLE = ['Mara', 'Jon', 'Pia'] as const;

const KICKOFF = {
  place: { name: 'The harbour', type: 'quay', description: '' }, time: { iso: '1889-10-01T18:00:00Z', label: 'evening' }, weather: 'Rain', anchor: null, title: 'By the water',
  you: { posture: 'standing', action: '', holding: [] }, bot: { posture: 'sitting', action: '', holding: [] }, edge: { affinity: 50, trust: 50, summary: '' },
};
