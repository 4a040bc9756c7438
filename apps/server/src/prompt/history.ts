import type { Row } from '@offstage/domain';
import { storyText } from '@offstage/domain/segments';
import type { SegmentMarkers } from '@offstage/domain/segments';
import { wordsOf } from '@offstage/domain/projections/turns';
import type { Message } from '@offstage/model';
import { MESSAGE_TOKENS } from './budget.ts';
import type { TokenCounter } from './tokens.ts';

/** Reads the last `limit` turns that the speaker witnessed, oldest first. */
export type ReadWitnessed = (limit: number) => Promise<readonly Row<'turns'>[]>;

/** One turn as a prompt carries it. */
export interface Line {
  readonly turnId: string;
  readonly depth: number;
  readonly speakerId: string | null;
  readonly kind: Row<'turns'>['kind'];
  readonly text: string;
  readonly tokens: number;
}

/** What a chat's transcript is read for. */
export interface HistoryQuery {
  readonly chatId: string;
  readonly readerId: string;
  /** How deep the story is: how many turns a known beginning is back. */
  readonly headDepth: number;
  /** Tokens at which the transcript is trimmed, and to how many. */
  readonly most: number;
  readonly trimTo: number;
  readonly markers: SegmentMarkers;
  readonly read: ReadWitnessed;
}

const FIRST_READ = 96;
/** Even turns of one word fill a prompt before this many. */
const READ_MOST = 3_072;
const CHATS_REMEMBERED = 2_000;
const LINES_REMEMBERED = 20_000;

/**
 * The part of a transcript that fits. It starts at the same turn as in the prompt before, until it has grown too long;
 * then a block goes at once (PR-3). So the model's server finds the beginning of the prompt unchanged.
 */
export class History {
  readonly #counter: TokenCounter;
  /** Depth at which the transcript of a chat begins for a reader. */
  readonly #starts = new Map<string, number>();
  readonly #lines = new Map<string, { readonly words: string; readonly line: Line }>();

  constructor(counter: TokenCounter) {
    this.#counter = counter;
  }

  /** The turns that fit, oldest first, and how many tokens they have. Never reads much more than fits. */
  async read(query: HistoryQuery): Promise<{ lines: readonly Line[]; tokens: number; trimmed: boolean }> {
    const place = `${query.chatId}/${query.readerId}`;
    const from = this.#starts.get(place) ?? 0;
    let kept = await this.#since(query, from);
    let trimmed = from > 0;
    // After a rewind the old beginning may leave the prompt half empty.
    if (kept === undefined || (trimmed && sum(kept) < query.trimTo / 2)) ({ lines: kept, trimmed } = await this.#anew(query));
    this.#remember(place, trimmed ? (kept[0]?.depth ?? from) : 0);
    return { lines: kept, tokens: sum(kept), trimmed };
  }

  /** The turns from depth `from` on; undefined when they are too many to fit. */
  async #since(query: HistoryQuery, from: number): Promise<readonly Line[] | undefined> {
    const { lines, complete } = await this.#readBack(query, from);
    const wanted = lines.filter((line) => line.depth >= from);
    return complete && sum(wanted) <= query.most ? wanted : undefined;
  }

  /** The last turns that fit, however far back they reach. */
  async #anew(query: HistoryQuery): Promise<{ lines: readonly Line[]; trimmed: boolean }> {
    const { lines, complete } = await this.#readBack(query, 0);
    const kept = lastThatFit(lines, query.trimTo);
    return { lines: kept, trimmed: !complete || kept.length < lines.length };
  }

  /** Reads backwards in growing steps until `from` or the beginning of the story is reached, or more than fits. */
  async #readBack(query: HistoryQuery, from: number): Promise<{ lines: readonly Line[]; complete: boolean }> {
    const known = from > 0 ? query.headDepth - from + 1 : FIRST_READ;
    for (let limit = Math.min(Math.max(known, 1), READ_MOST); ; limit *= 2) {
      const turns = await query.read(limit);
      const lines = turns.flatMap((turn) => this.#line(turn, query) ?? []);
      const complete = turns.length < limit || (turns[0]?.depth ?? 0) <= from;
      if (complete || limit >= READ_MOST || sum(lines) > query.most) return { lines, complete };
    }
  }

  #line(turn: Row<'turns'>, { readerId, markers }: HistoryQuery): Line | undefined {
    if (turn.status === 'streaming') return undefined;
    const words = wordsOf(turn);
    const key = `${turn.turnId}/${readerId}`;
    const known = this.#lines.get(key);
    const line = known?.words === words ? known.line : this.#countLine(turn, words, markers);
    if (known?.line !== line) {
      this.#lines.delete(key);
      this.#lines.set(key, { words, line });
      for (const oldest of this.#lines.keys()) {
        if (this.#lines.size <= LINES_REMEMBERED) break;
        this.#lines.delete(oldest);
      }
    }
    return line.text === '' ? undefined : line;
  }

  #countLine(turn: Row<'turns'>, words: string, markers: SegmentMarkers): Line {
    const { turnId, depth, speakerId, kind } = turn;
    const text = storyText(words, markers);
    return { turnId, depth, speakerId, kind, text, tokens: this.#counter.count(text) + MESSAGE_TOKENS * 2 };
  }

  #remember(place: string, start: number): void {
    this.#starts.delete(place);
    this.#starts.set(place, start);
    for (const oldest of this.#starts.keys()) {
      if (this.#starts.size <= CHATS_REMEMBERED) break;
      this.#starts.delete(oldest);
    }
  }
}

function sum(lines: readonly Line[]): number {
  return lines.reduce((total, line) => total + line.tokens, 0);
}

function lastThatFit(lines: readonly Line[], most: number): readonly Line[] {
  let tokens = 0;
  let from = lines.length;
  for (const line of lines.toReversed()) {
    tokens += line.tokens;
    if (tokens > most) break;
    from--;
  }
  return lines.slice(from);
}

/** A turn as a message: the speaker's own as the assistant's, everyone else's with their name in front. */
export function messageFor(line: Line, readerId: string, names: ReadonlyMap<string, string>): Message {
  if (line.speakerId === readerId) return { role: 'assistant', content: line.text };
  if (line.speakerId === null) return { role: 'user', content: line.text };
  return { role: 'user', content: `${names.get(line.speakerId) ?? 'Someone'}: ${line.text}` };
}
