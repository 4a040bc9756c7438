import type { Report } from '../lib/report.ts';
import { quantile } from '../lib/stats.ts';
import type { House } from './house.ts';

const KINDS = ['one bot', 'with a guest', 'interjection', 'meanwhile', 'skip, elision', 'skip, leap', 'scene close'] as const;
export type TurnKind = (typeof KINDS)[number];

/** Calls of a chat that are read at once; a step makes far fewer. */
const READ_MOST = 2_000;

/** What one call cost: whole messages, whatever of them a model server has at hand. */
interface Spent {
  readonly kind: TurnKind;
  /** What it belongs to: the turn, or the scene's end at one. */
  readonly of: string;
  readonly tokens: number;
}

/** Puts every model call down to the kind of turn that it was made for. */
export class Spending {
  readonly #house: House;
  readonly #count: (text: string) => number;
  readonly #seen = new Set<string>();
  readonly #spent: Spent[] = [];

  constructor(house: House, count: (text: string) => number) {
    this.#house = house;
    this.#count = count;
  }

  /** Does something, and puts the calls made meanwhile down to its kind: but for turns that break in, and ends of scenes. */
  async during(kind: TurnKind, act: () => Promise<void>): Promise<void> {
    const { store } = this.#house.app.services;
    const known = new Set(this.#seen);
    await act();
    const calls = (await store.calls(this.#house.chatId, READ_MOST)).filter(({ id }) => !known.has(id)).toSorted((a, b) => a.startedAt.localeCompare(b.startedAt));
    // Questions that come before a turn name none: they belong to the step's first turn.
    const first = calls.flatMap(({ turnId }) => turnId ?? [])[0] ?? `${this.#spent.length}`;
    for (const { id, turnId, purpose, record } of calls) {
      this.#seen.add(id);
      const own = purpose === 'scene' ? 'scene close' : turnId !== null && (await this.#breaksIn(turnId)) ? 'interjection' : kind;
      this.#spent.push({ kind: own, of: turnId ?? first, tokens: this.#tokensOf(record) });
    }
  }

  async tell(report: Report): Promise<void> {
    for (const kind of KINDS) {
      const units = Object.values(Object.groupBy(this.#spent.filter((one) => one.kind === kind), ({ of }) => of)).map((spent) => spent ?? []);
      const tokens = units.map((spent) => spent.reduce((sum, one) => sum + one.tokens, 0));
      const times = `${kind} (${units.length} of them)`;
      report.add({ id: 'PF-10', what: `calls, ${times}, mean`, value: mean(units.map((spent) => spent.length)), unit: '', ...(kind === 'one bot' && { bar: 2 }) });
      report.add({ id: 'PR-2', what: `tokens, ${times}, mean`, value: mean(tokens), unit: 'tokens' });
      report.add({ id: 'PR-2', what: `tokens, ${times}, the highest tenth`, value: quantile(tokens, 0.9), unit: 'tokens' });
    }
  }

  async #breaksIn(turnId: string): Promise<boolean> {
    const { read } = this.#house.app.services.store;
    const above = (await read.row('turns', turnId))?.parentId;
    return above != null && (await read.ofTurn(above)).some(({ kind, payload }) => kind === 'interjection_settled' && payload.interjectionId === turnId);
  }

  #tokensOf(record: Record<string, unknown>): number {
    const messages = Array.isArray(record['messages']) ? record['messages'] : [];
    const words = messages.flatMap((message: unknown) => (typeof message === 'object' && message !== null && 'content' in message && typeof message.content === 'string' ? message.content : []));
    const reply = typeof record['reply'] === 'string' ? record['reply'] : '';
    return [...words, reply].reduce((sum, text) => sum + this.#count(text), 0);
  }
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
