import type { Frame } from '@offstage/domain';
import type { DrawerAnswer } from './scenery.ts';
import type { CastMember, ChatOpen, ChatState } from './state.ts';
import { namesStranger, stateAfter, stateOf, withCast, withDrawer, withPage } from './state.ts';
import type { Page, Stretch } from './transcript.ts';
import { wanted } from './transcript.ts';
import type { WordsStore } from './words.ts';

export type Commit = Extract<Frame, { type: 'commit' }>;

/** How the live connection stands. */
export type Connection = 'connecting' | 'live';

/** What a session asks of the server. */
export interface ChatApi {
  open(chatId: string, signal: AbortSignal): Promise<ChatOpen>;
  page(chatId: string, stretch: Stretch, signal: AbortSignal): Promise<Page>;
  drawer(chatId: string, signal: AbortSignal): Promise<DrawerAnswer>;
  cast(chatId: string, signal: AbortSignal): Promise<readonly CastMember[]>;
  /** True for a problem that is nobody's answer: then it is worth asking again. */
  silent(problem: unknown): boolean;
  /** Listens from `cursor` on; `heard` gets each frame with its cursor, if it has one. Returns what ends it. */
  live(chatId: string, cursor: string, heard: (frame: Frame, cursor: string | null) => void, stands: (now: Connection) => void): () => void;
}

/** What the page shows of a session. */
export interface SessionView {
  readonly state: ChatState | null;
  readonly connection: Connection;
  /** Why the chat could not be opened; null when it could. */
  readonly problem: unknown;
  /** When words were last typed in another tab (ms since 1970); null for never. */
  readonly typedElsewhereAt: number | null;
}

/** Pages of turns asked for at once. */
const ASKING_MAX = 2;

/** How long to wait before a chat that could not be read is asked for again, in ms. */
const OPEN_AGAIN = 3_000;

/** How long to wait before missing words are asked for again, in ms. */
const MEND_AGAIN = 1_000;

/**
 * One chat on this page: opens it, listens to it, and brings what is in view. State is replaced, never changed, so
 * React can compare it; the words of a reply that streams go their own, faster way through `words`.
 */
export class ChatSession {
  readonly chatId: string;
  readonly words: WordsStore;
  readonly #api: ChatApi;
  readonly #tabId: string;
  #abort = new AbortController();
  readonly #listeners = new Set<() => void>();
  readonly #commitListeners = new Set<(commit: Commit) => void>();
  readonly #asking = new Set<number>();
  #view: SessionView = { state: null, connection: 'connecting', problem: null, typedElsewhereAt: null };
  #cursor = '';
  #deafen: (() => void) | null = null;
  #inView: Stretch = { from: 0, to: -1 };
  #mendedAt = 0;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(chatId: string, api: ChatApi, tabId: string, words: WordsStore) {
    this.chatId = chatId;
    this.#api = api;
    this.#tabId = tabId;
    this.words = words;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): SessionView => this.#view;

  /** Hears every commit after it has been taken in. Returns what ends it. */
  readonly onCommit = (listener: (commit: Commit) => void): (() => void) => {
    this.#commitListeners.add(listener);
    return () => this.#commitListeners.delete(listener);
  };

  /** Opens the chat and listens until what is returned is called; then it can be begun again. */
  readonly begin = (): (() => void) => {
    this.#abort = new AbortController();
    void this.open();
    return () => this.#end();
  };

  /** Reads the chat, and listens on from there. A failure is told in `problem`. */
  async open(): Promise<void> {
    clearTimeout(this.#again);
    const { signal } = this.#abort;
    try {
      const open = await this.#api.open(this.chatId, signal);
      if (signal.aborted) return;
      this.#put({ state: stateOf(open, this.#view.state ?? undefined), problem: null });
      this.#cursor = open.cursor;
      if (open.streaming !== null) this.words.begin(open.streaming.turnId, open.streaming.speakerId, open.streaming.text);
      this.#followReply();
      this.#listen();
      this.#fill();
      await this.#readDrawer();
    } catch (problem) {
      if (signal.aborted) return;
      // What was refused stays refused, and a chat that was deleted is not shown on; what nobody answered is asked again.
      const silent = this.#api.silent(problem);
      this.#put(silent ? { problem } : { problem, state: null });
      if (silent) this.#again = setTimeout(() => void this.open(), OPEN_AGAIN);
    }
  }

  /** Says which turns are in view, so that they are brought. */
  show(inView: Stretch): void {
    this.#inView = inView;
    this.#fill();
  }

  #end(): void {
    clearTimeout(this.#again);
    this.#abort.abort();
    this.#deafen?.();
    this.#deafen = null;
    this.#asking.clear();
    this.words.reset();
  }

  #listen(): void {
    this.#deafen?.();
    this.#deafen = this.#api.live(
      this.chatId,
      this.#cursor,
      (frame, cursor) => {
        if (cursor !== null) this.#cursor = cursor;
        this.#hear(frame);
      },
      (connection) => this.#put({ connection }),
    );
  }

  #hear(frame: Frame): void {
    const { state } = this.#view;
    if (state === null) return;
    switch (frame.type) {
      case 'commit':
        this.#put({ state: stateAfter(state, frame) });
        this.#followReply();
        for (const listener of this.#commitListeners) listener(frame);
        this.#fill();
        if (namesStranger(state.open, frame)) void this.#meet();
        break;
      case 'reset':
        void this.open();
        break;
      case 'ready':
        // What goes on is told anew from here.
        this.#put({ connection: 'live', ...(state.telling !== null && { state: { ...state, telling: null } }) });
        break;
      case 'words':
        if (frame.chatId === this.chatId) this.#takeWords(frame);
        break;
      case 'waiting':
        if (frame.chatId === this.chatId) this.#put({ state: { ...state, waiting: frame } });
        break;
      case 'telling':
        if (frame.chatId === this.chatId) this.#put({ state: { ...state, telling: frame.done < frame.total ? frame : null } });
        break;
      case 'typing':
        if (frame.chatId === this.chatId && frame.tabId !== this.#tabId) this.#put({ typedElsewhereAt: Date.now() });
        break;
    }
  }

  #takeWords(frame: Extract<Frame, { type: 'words' }>): void {
    const taken = this.words.take(frame.turnId, frame.offset, frame.text);
    // Words are missing: a new subscription brings the reply from its first word. Not more often than now and then, so
    // that a server that cannot bring them is not asked without end.
    if (taken === 'gap' && Date.now() - this.#mendedAt > MEND_AGAIN) {
      this.#mendedAt = Date.now();
      this.#listen();
    }
    const { state } = this.#view;
    if (taken === 'taken' && state?.waiting != null) this.#put({ state: { ...state, waiting: null } });
  }

  /** Begins and ends the stream of words as the head's turn does. */
  #followReply(): void {
    const transcript = this.#view.state?.transcript;
    if (transcript === undefined) return;
    const head = transcript.turns.get(transcript.headDepth);
    if (head?.status === 'streaming') {
      this.words.begin(head.turnId, head.speakerId);
      return;
    }
    const streaming = this.words.turnId();
    if (streaming === null) return;
    // A reply that ended stands at the head; one that left the path is not shown any longer.
    if (head?.turnId === streaming) this.words.end(streaming, head.edited ?? head.text);
    else this.words.reset();
  }

  /** Asks for pages until nothing in view is missing. */
  #fill(): void {
    const { state } = this.#view;
    if (state === null) return;
    const stretch = wanted(state.transcript, this.#inView);
    if (stretch === undefined || this.#asking.size >= ASKING_MAX || this.#asking.has(stretch.from)) return;
    this.#asking.add(stretch.from);
    const asked = this.#api.page(this.chatId, stretch, this.#abort.signal).then(
      (page) => {
        const now = this.#view.state;
        if (now === null) return false;
        const next = withPage(now, page);
        if (next !== undefined) this.#put({ state: next });
        // A page of a path that this page does not know yet: its commit is on the way, and fills again.
        return page.seq <= now.transcript.seq || next !== undefined;
      },
      () => false,
    );
    void asked.then((again) => {
      this.#asking.delete(stretch.from);
      if (again && !this.#abort.signal.aborted) this.#fill();
    });
  }

  /** Reads who somebody is that has come into the chat, and how they stand to the others. */
  async #meet(): Promise<void> {
    try {
      const cast = await this.#api.cast(this.chatId, this.#abort.signal);
      const { state } = this.#view;
      if (state !== null) this.#put({ state: withCast(state, cast) });
      await this.#readDrawer();
    } catch {
      // Until the chat is opened anew they are "Someone"; nothing else depends on it.
    }
  }

  async #readDrawer(): Promise<void> {
    const since: Commit[] = [];
    const forget = this.onCommit((commit) => since.push(commit));
    try {
      const answer = await this.#api.drawer(this.chatId, this.#abort.signal);
      const { state } = this.#view;
      if (state !== null) this.#put({ state: withDrawer(state, answer, since) });
    } finally {
      forget();
    }
  }

  #put(part: Partial<SessionView>): void {
    const before = this.#view;
    this.#view = { ...before, ...part };
    const changed = Object.entries(part).some(([key, value]) => before[key as keyof SessionView] !== value);
    if (changed) for (const listener of this.#listeners) listener();
  }
}
