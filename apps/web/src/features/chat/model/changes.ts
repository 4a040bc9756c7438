import type { Answers } from '#lib/trpc.ts';
import type { ChatSession, Commit } from './session.ts';
import { stretch } from './times.ts';

type ExplainedTurns = Answers['explain']['turns'];
export type ExplainedTurn = ExplainedTurns['turns'][number];
export type TurnChange = ExplainedTurn['changes'][number];

/** What replies changed, as far as it is known here; everyone and every place meant in it, by id. */
export interface Changes {
  readonly turns: ReadonlyMap<string, ExplainedTurn>;
  readonly names: ReadonlyMap<string, string>;
  readonly places: ReadonlyMap<string, string>;
}

/** Asks the server what turns changed; without ids, the last replies of the chat. */
export type AskChanges = (chatId: string, turnIds: readonly string[] | undefined, signal: AbortSignal) => Promise<ExplainedTurns>;

type Session = Pick<ChatSession, 'chatId' | 'snapshot' | 'onCommit'>;

/** Turns asked for at once; the server takes no more. */
const ASKED_MOST = 80;

/** Rows that what follows a reply, or a hand, can change. */
const TELLING: ReadonlySet<string> = new Set(['memories', 'edges', 'stages', 'activities', 'scenes', 'pins', 'storyEvents', 'threads', 'inventory']);

/**
 * What the replies in view have changed: asked for together, kept, and asked for again when a commit may have changed
 * it. It is read from the log, so it is there after a reload as well.
 */
export class ChangeBook {
  readonly #session: Session;
  readonly #ask: AskChanges;
  readonly #listeners = new Set<() => void>();
  readonly #stale = new Set<string>();
  #changes: Changes = { turns: new Map(), names: new Map(), places: new Map() };
  #wanted: readonly string[] = [];
  #headDepth = -1;
  #abort = new AbortController();
  #asking = false;

  constructor(session: Session, ask: AskChanges) {
    this.#session = session;
    this.#ask = ask;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): Changes => this.#changes;

  /** Asks for the last replies at once, so that they are there when the story is, and follows the session. */
  readonly begin = (): (() => void) => {
    this.#abort = new AbortController();
    void this.#bring(undefined);
    const deafen = this.#session.onCommit(this.#hear);
    return () => {
      deafen();
      this.#abort.abort();
    };
  };

  /** Says which replies are in view. */
  want(turnIds: readonly string[]): void {
    this.#wanted = turnIds;
    this.#next();
  }

  readonly #hear = (commit: Commit): void => {
    const { chatId } = this.#session;
    const transcript = this.#session.snapshot().state?.transcript;
    const moved = commit.path.some((move) => move.chatId === chatId && move.meetDepth < this.#headDepth);
    this.#headDepth = transcript?.headDepth ?? -1;
    const telling = commit.rows.some(({ p }) => TELLING.has(p));
    for (const [turnId, { settled }] of this.#changes.turns) {
      // Where turns left the path anything may be another; else what is still to come, and what a hand does at the head.
      if (moved || (telling && (!settled || turnId === transcript?.head))) this.#stale.add(turnId);
    }
    for (const now of commit.rows) {
      if (now.p === 'memories' && now.row !== null) this.#stale.add(now.row.turnId);
    }
    this.#next();
  };

  #next(): void {
    const missing = this.#wanted.filter((turnId) => this.#stale.has(turnId) || !this.#changes.turns.has(turnId));
    if (missing.length > 0 && !this.#asking) void this.#bring(missing.slice(-ASKED_MOST));
  }

  async #bring(turnIds: readonly string[] | undefined): Promise<void> {
    const { signal } = this.#abort;
    this.#asking = true;
    for (const turnId of turnIds ?? []) this.#stale.delete(turnId);
    try {
      const answer = await this.#ask(this.#session.chatId, turnIds, signal);
      if (signal.aborted) return;
      const found = new Map(answer.turns.map((turn) => [turn.turnId, turn]));
      // A turn that the server does not know is known to have changed nothing.
      for (const turnId of turnIds ?? []) if (!found.has(turnId)) found.set(turnId, { turnId, settled: true, changes: [] });
      const { turns, names, places } = this.#changes;
      this.#changes = {
        turns: new Map([...turns, ...found]),
        names: new Map([...names, ...Object.entries(answer.names)]),
        places: new Map([...places, ...Object.entries(answer.places)]),
      };
      for (const listener of this.#listeners) listener();
    } catch {
      // Nobody waits for this line: what comes next asks again.
      return;
    } finally {
      if (!signal.aborted) this.#asking = false;
    }
    this.#next();
  }
}

/** A stretch of story time this long is told for itself, in minutes; a shorter one only beside something else. */
const LONG = 10;

/** What became of a plan. */
export const PLANS = { planned: 'is planned', active: 'has begun', completed: 'came to pass', cancelled: 'is called off', expired: 'did not come to pass', changed: 'was changed' } as const;

/** What became of what was unresolved. */
const MATTERS = [
  ['opened', 'left open'],
  ['closed', 'tied up'],
] as const;

/** `affinity +3`; nothing for what did not move. */
export function signed(name: string, by: number): string[] {
  return Math.round(by) === 0 ? [] : [`${name} ${by > 0 ? '+' : '\u2212'}${Math.abs(Math.round(by))}`];
}

/**
 * `Mara: affinity +3, trust +1 · will remember this · 6 minutes pass`: what a reply changed, in one line. Undefined
 * where it was a plain exchange. What a hand did is no doing of the reply.
 */
export function changeLine({ changes }: ExplainedTurn, { names, places }: Pick<Changes, 'names' | 'places'>, youId: string | null): string | undefined {
  const parts: string[] = [];
  const own = changes.filter(({ byHand }) => !byHand);
  const nameOf = (entityId: string): string => names.get(entityId) ?? 'Someone';
  let named: string | undefined;
  const about = (entityId: string, what: string): void => {
    parts.push(named === entityId ? what : `${nameOf(entityId)} ${what}`);
    named = entityId;
  };
  for (const { source, target, affinity, trust, facts } of feelings(own)) {
    const moved = [...signed('affinity', affinity), ...signed('trust', trust)].join(', ');
    if (moved !== '') {
      parts.push(`${nameOf(source)}${target === youId ? '' : ` towards ${nameOf(target)}`}: ${moved}`);
      named = source;
    }
    if (facts > 0) about(source, `learns something about ${target === youId ? 'you' : nameOf(target)}`);
  }
  for (const change of own) {
    if (change.what !== 'memory') continue;
    if (change.kind === 'told') about(change.ownerId, 'is told something');
    else if (change.kind === 'turn' && change.significance === 2) about(change.ownerId, 'will remember this');
    else if (change.kind === 'turn' && change.significance === 3) about(change.ownerId, 'will never forget this');
  }
  for (const change of own) {
    if (change.what === 'plan' && change.became !== 'changed' && change.became !== 'planned') parts.push(`\u201C${change.title}\u201D ${PLANS[change.became]}`);
    else if (change.what === 'thing' && change.became === 'gained' && change.entityId !== null) about(change.entityId, `now has ${change.name}`);
    else if (change.what === 'thing' && change.became === 'lost' && change.entityId !== null) about(change.entityId, `no longer has ${change.name}`);
  }
  for (const [became, said] of MATTERS) {
    const [first, ...others] = own.flatMap((change) => (change.what === 'thread' && change.became === became ? change.title : []));
    if (first !== undefined) parts.push(`${said}: ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`);
  }
  for (const change of own) if (change.what === 'weather') parts.push(`weather: ${change.weather}`);
  const minutes = own.reduce((total, change) => total + (change.what === 'minutes' ? change.minutes : 0), 0);
  if (own.some(({ what }) => what === 'sceneClosed')) {
    const opened = own.find((change) => change.what === 'sceneOpened');
    const place = opened?.containerId == null ? undefined : places.get(opened.containerId);
    parts.push(place === undefined ? 'the scene ends' : `the scene ends; next: ${place}`);
  }
  if (minutes >= LONG || (minutes >= 1 && parts.length > 0)) parts.push(`${stretch(minutes)} ${stretch(minutes).startsWith('1 ') ? 'passes' : 'pass'}`);
  return parts.length === 0 ? undefined : parts.join(' \u00B7 ');
}

interface Feeling {
  readonly source: string;
  readonly target: string;
  affinity: number;
  trust: number;
  facts: number;
}

/** What moved between each pair, all of it together. */
function feelings(changes: readonly TurnChange[]): Feeling[] {
  const pairs = new Map<string, Feeling>();
  for (const change of changes) {
    if (change.what !== 'feeling') continue;
    const { source, target } = change;
    const pair = pairs.get(`${source}>${target}`) ?? { source, target, affinity: 0, trust: 0, facts: 0 };
    pair.affinity += change.affinity;
    pair.trust += change.trust;
    pair.facts += change.facts.length;
    pairs.set(`${source}>${target}`, pair);
  }
  return [...pairs.values()];
}
