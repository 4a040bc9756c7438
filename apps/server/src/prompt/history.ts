import type { Row } from '@offstage/domain';
import { storyText } from '@offstage/domain/segments';
import type { SegmentMarkers } from '@offstage/domain/segments';
import { wordsOf } from '@offstage/domain/words';
import type { Message } from '@offstage/model';
import { MESSAGE_TOKENS } from './budget.ts';
import { Remembered } from './remembered.ts';
import { Settled } from './settled.ts';
import type { TokenCounter } from './tokens.ts';

/** Reads the last `limit` turns that the speaker witnessed, oldest first. */
export type ReadWitnessed = (limit: number) => Promise<readonly Row<'turns'>[]>;

/** One turn as a prompt carries it. */
export interface Line {
  readonly turnId: string;
  readonly depth: number;
  readonly speakerId: string | null;
  readonly kind: Row<'turns'>['kind'];
  readonly sceneId: string | null;
  readonly text: string;
  readonly tokens: number;
}

/** What a chat's transcript is read for. */
export interface HistoryQuery {
  readonly chatId: string;
  readonly readerId: string;
  /** How deep the story is: how many turns a known beginning is back. */
  readonly headDepth: number;
  readonly markers: SegmentMarkers;
  readonly read: ReadWitnessed;
  /** True where nobody will be given this transcript: where it begins is not remembered. */
  readonly rehearsed: boolean;
}

/** Turns that were read: from where the transcript began in the prompt before, or from further back. */
export interface Opened {
  readonly lines: readonly Line[];
  /** False where there is more before them. */
  readonly complete: boolean;
  /** Depth at which the transcript began in the prompt before; 0 where it was whole. */
  readonly from: number;
}

/** Tokens at which the transcript is trimmed, and to how many. */
export interface Room {
  readonly most: number;
  readonly trimTo: number;
  /** Tokens of the last turns, which stay in any case. */
  readonly keep: number;
}

/** The part of a transcript that a prompt holds. */
export interface Transcript {
  readonly lines: readonly Line[];
  readonly tokens: number;
  readonly trimmed: boolean;
  /** As in `Opened`, now. */
  readonly from: number;
}

const FIRST_READ = 96;
/** Even turns of one word fill a prompt before this many. */
const READ_MOST = 3_072;
const CHATS_REMEMBERED = 2_000;
const LINES_REMEMBERED = 20_000;

/**
 * The part of a transcript that fits. It starts at the same turn as in the prompt before, until it has grown too long;
 * then a block goes at once, back to where a scene begins if one does nearby (PR-3). So the model's server finds the beginning of the prompt unchanged.
 */
export class History {
  /** What stands still before it. */
  readonly settled = new Settled();
  /** What is remembered of its turns. */
  readonly remembered = new Remembered();
  readonly #counter: TokenCounter;
  /** Depth at which the transcript of a chat begins for a reader. */
  readonly #starts = new Map<string, number>();
  readonly #lines = new Map<string, { readonly words: string; readonly line: Line }>();
  /** What told remarks apart when these lines were made. */
  #ooc = '';

  constructor(counter: TokenCounter) {
    this.#counter = counter;
  }

  /** Reads what a prompt may need, oldest first: never much more than `most` tokens. */
  async open(query: HistoryQuery, most: number): Promise<Opened> {
    const ooc = query.markers.ooc.join(' ');
    // Other marks make remarks of other words, which are nobody's to read (TN-1).
    if (ooc !== this.#ooc) this.#lines.clear();
    this.#ooc = ooc;
    const from = this.#starts.get(placeOf(query)) ?? 0;
    return { from, ...(await this.#readBack(query, from, most)) };
  }

  /** The turns that fit. */
  async fit(query: HistoryQuery, opened: Opened, room: Room): Promise<Transcript> {
    const { from } = opened;
    const since = opened.lines.filter((line) => line.depth >= from);
    const whole = opened.complete && sum(since) <= room.most;
    // After a rewind the old beginning may leave the prompt half empty.
    if (whole && (from === 0 || sum(since) >= room.trimTo / 2)) return this.#kept(query, since, from);
    const { lines, complete } = from > 0 && sum(opened.lines) < room.trimTo ? await this.#readBack(query, 0, room.most) : { ...opened, complete: opened.complete && from === 0 };
    const kept = sum(lines) <= room.most && complete ? lines : lastBlocks(lines, room, query.readerId);
    return this.#kept(query, kept, complete && kept.length === lines.length ? 0 : (kept[0]?.depth ?? query.headDepth + 1));
  }

  #kept(query: HistoryQuery, lines: readonly Line[], from: number): Transcript {
    if (!query.rehearsed) this.#remember(placeOf(query), from);
    return { lines, tokens: sum(lines), trimmed: from > 0, from };
  }

  /** Reads backwards in growing steps until `from` or the beginning of the story is reached, or more than fits. */
  async #readBack(query: HistoryQuery, from: number, most: number): Promise<{ lines: readonly Line[]; complete: boolean }> {
    const known = from > 0 ? query.headDepth - from + 1 : FIRST_READ;
    for (let limit = Math.min(Math.max(known, 1), READ_MOST); ; limit *= 2) {
      const turns = await query.read(limit);
      const lines = turns.flatMap((turn) => this.#line(turn, query) ?? []);
      const complete = turns.length < limit || (turns[0]?.depth ?? 0) <= from;
      if (complete || limit >= READ_MOST || sum(lines) > most) return { lines, complete };
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
    const { turnId, depth, speakerId, kind, sceneId } = turn;
    const text = storyText(words, markers);
    return { turnId, depth, speakerId, kind, sceneId, text, tokens: this.#counter.count(text) + MESSAGE_TOKENS * 2 };
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

/** Where a reader of a chat stands: what is remembered of prompts is kept under it. */
export const placeOf = ({ chatId, readerId }: Pick<HistoryQuery, 'chatId' | 'readerId'>): string => `${chatId}/${readerId}`;

/** Tokens of some lines together. */
export function sum(lines: readonly Line[]): number {
  return lines.reduce((total, line) => total + line.tokens, 0);
}

/** The least that stays of what may: for the sake of a scene's beginning, or where turns are long. */
const FILLED = 0.6;
/** Turns of both sides for which there should be room before the transcript is trimmed again. */
const TURNS_APART = 10;

/**
 * The last lines that fit, and leave room for the next turns. They begin with a scene where that does not cost too much,
 * else not with the reader's own words, for models expect somebody else to begin.
 */
function lastBlocks(lines: readonly Line[], room: Room, readerId: string): readonly Line[] {
  const least = Math.max(room.trimTo * FILLED, room.keep);
  const exchange = (2 * sum(lines)) / Math.max(1, lines.length);
  const most = Math.max(Math.min(room.trimTo, room.most - TURNS_APART * exchange), least);
  let tokens = 0;
  let from = lines.length;
  let scene = from;
  for (let at = from - 1; at >= 0; at--) {
    const line = lines[at];
    if (line === undefined || tokens + line.tokens > most) break;
    tokens += line.tokens;
    from = at;
    if (tokens >= least && lines[at - 1]?.sceneId !== line.sceneId) scene = at;
  }
  if (scene < lines.length) return lines.slice(scene);
  const first = lines[from];
  return lines.slice(first?.speakerId === readerId && tokens - first.tokens >= least ? from + 1 : from);
}

/** A turn as a message: the speaker's own as the assistant's, everyone else's with their name in front. */
export function messageFor(line: Line, readerId: string, names: ReadonlyMap<string, string>): Message {
  if (line.speakerId === readerId) return { role: 'assistant', content: line.text };
  if (line.speakerId === null) return { role: 'user', content: line.text };
  return { role: 'user', content: `${names.get(line.speakerId) ?? 'Someone'}: ${line.text}` };
}
