import { DomainError, keyOf } from '@offstage/domain';
import type { NewEvent, Row } from '@offstage/domain';
import { nextInMeanwhile, steerMeanwhile, takeMeanwhileTurn } from '@offstage/domain/commands/meanwhile';
import type { MeanwhileStanding } from '@offstage/domain/commands/meanwhile';
import { goesOn } from '@offstage/domain/meanwhileTurns';
import { wordsOf } from '@offstage/domain/words';
import type { Commit, Reads } from '@offstage/store';
import type { Kit } from '../kit.ts';
import { chooseModel } from '../choosing.ts';
import { endingOf } from './acts.ts';
import { asidePrompt } from './prompt.ts';
import { readMeanwhile } from './standing.ts';

/** Meanwhile scenes that are looked for at the start. */
const OPEN_MOST = 1_000;

/** Lets those who are by themselves go on: one turn after another, each when the one before it has been learned from. */
export interface MeanwhileRunner {
  /** Takes up what was going on when the server last stopped. */
  start(): Promise<void>;
  /** How often it has looked: tells whether anything happened between two moments. */
  readonly looks: number;
  /** Looks at all of them once more: the disk may have refused a step. */
  again(): void;
  /** Resolves when no step is being taken. */
  idle(): Promise<void>;
  /** From now on nobody goes on; resolves when nothing is written any more. */
  close(): Promise<void>;
}

/**
 * What is to be done is not remembered here: it follows from where the chat stands, so that a restart in the middle goes
 * on from there, and a turn is taken once, since it is decided on the head that it follows (TN-9).
 */
export function createMeanwhileRunner(kit: Kit): MeanwhileRunner {
  const { store, log } = kit;
  const open = new Set<string>();
  const steps = new Map<string, Promise<void>>();
  const again = new Set<string>();
  /** Chats whose two are paused. */
  const resting = new Set<string>();
  let closing = false;
  let looks = 0;

  function wake(chatId: string): void {
    if (closing) return;
    if (steps.has(chatId)) again.add(chatId);
    else steps.set(chatId, goOn(chatId));
  }

  async function goOn(chatId: string): Promise<void> {
    do {
      again.delete(chatId);
      looks++;
      // What the disk refused is tried again with the next thing that happens.
      await step(kit, chatId, () => closing).then(
        (rests) => (rests ? resting.add(chatId) : resting.delete(chatId)),
        (error: unknown) => log.error({ err: error, chatId }, 'a meanwhile scene could not go on'),
      );
    } while (again.has(chatId) && !closing);
    // Nothing is awaited from the last look to here, so nothing that happens finds a step that no longer looks.
    steps.delete(chatId);
  }

  const stopListening = store.onCommit(({ events, diff }: Commit) => {
    for (const row of Object.values(diff.meanwhiles?.added ?? {})) open.add(row.chatId);
    for (const row of Object.values(diff.meanwhiles?.removed ?? {})) open.delete(row.chatId);
    if (open.size === 0) return;
    for (const chatId of new Set(events.map((event) => event.chatId))) if (chatId !== null && open.has(chatId)) wake(chatId);
  });

  const stopStartingOver = store.onStartOver(() => {
    open.clear();
    void readOpen(new Set(resting));
  });

  /** `paused` are those that a move of the head had paused: the move may be purged, and they are not to run away. */
  async function readOpen(paused: ReadonlySet<string> = new Set()): Promise<void> {
    try {
      for (const { chatId } of await store.read.rows('meanwhiles', {}, OPEN_MOST)) {
        open.add(chatId);
        const head = paused.has(chatId) ? await store.read.head(chatId) : undefined;
        if (head !== undefined) await pauseAt(kit, chatId, head.turnId);
        wake(chatId);
      }
    } catch (error) {
      log.error({ err: error }, 'meanwhile scenes could not be read');
    }
  }

  return {
    start: () => readOpen(),
    get looks() {
      return looks;
    },
    again() {
      for (const chatId of open) wake(chatId);
    },
    async idle() {
      while (steps.size > 0) await Promise.all(steps.values());
    },
    async close() {
      closing = true;
      stopListening();
      stopStartingOver();
      await Promise.all(steps.values());
    },
  };
}

/** Does what is to be done next in a chat, if anything is. True where the two are paused. */
async function step(kit: Kit, chatId: string, closing: () => boolean): Promise<boolean> {
  await kit.writer.over(chatId);
  if (closing()) return false;
  const at = await readMeanwhile(kit.store.read, chatId);
  const { chat, head, meanwhile, aside } = at;
  if (chat === undefined || head === undefined || meanwhile === undefined || aside === undefined) return false;
  if (!goesOn(meanwhile, chat)) return true;
  if (head.status === 'streaming') return false;
  // What was learned from a turn may end the scene, or say who goes on.
  if ((await kit.store.read.row('owed', keyOf('passes', head.turnId))) !== undefined) return false;
  if (brokeOff(head, at)) return pauseAt(kit, chatId, head.turnId);

  const speakerId = speakerAfter(head, at);
  const speaker = speakerId === undefined ? undefined : await kit.people.bot(speakerId);
  const other = await kit.people.bot(aside.present.find((id) => id !== speakerId) ?? '');
  const bothThere = speaker !== undefined && !speaker.removed && other !== undefined && !other.removed;
  if (meanwhile.left === 0 || !bothThere) await decide(kit, chatId, head.turnId, (then, read) => endingOf(read, then));
  else await takeTurn(kit, at, head.turnId, speaker, other);
  return false;
}

/** Whether the last turn was stopped or failed, and nobody has said since that the two are to go on. */
function brokeOff(head: Row<'turns'>, { meanwhile, aside }: MeanwhileStanding): boolean {
  const stopped = head.finishReason === 'lost' || head.finishReason === 'aborted';
  return stopped && head.sceneId === aside?.sceneId && meanwhile?.resumedAt !== head.turnId;
}

function speakerAfter(head: Row<'turns'>, { meanwhile, aside }: MeanwhileStanding): string | undefined {
  if (meanwhile === undefined || aside === undefined) return undefined;
  // Who got no word out has the word still.
  const silent = head.sceneId === aside.sceneId && wordsOf(head).trim() === '';
  return silent && head.speakerId !== null && aside.present.includes(head.speakerId) ? head.speakerId : nextInMeanwhile(meanwhile, aside.present);
}

async function takeTurn(kit: Kit, { chat }: MeanwhileStanding, head: string, speaker: Row<'bots'>, other: Row<'bots'>): Promise<void> {
  const chatId = chat?.chatId ?? '';
  const turnId = kit.newId();
  const [chosen, names] = await Promise.all([chooseModel(kit, chat, speaker), kit.people.names([other.botId, chat?.personaId ?? null])]);
  let nudge: string | null = null;
  const taken = await decide(kit, chatId, head, (at) => {
    nudge = at.meanwhile?.nudge ?? null;
    return takeMeanwhileTurn(at, { head, turnId, speakerId: speaker.botId, model: chosen.model });
  });
  if (!taken) return;
  kit.writer.write({
    chatId,
    turnId,
    speaker,
    others: [...names.values()],
    chosen,
    // Made by the writer: what keeps it from being made ends the turn, and says why.
    prompt: async () => asidePrompt(kit, chatId, { speakerId: speaker.botId, addresseeId: other.botId, nudge: nudge ?? undefined }),
  });
}

function pauseAt(kit: Kit, chatId: string, head: string): Promise<boolean> {
  return decide(kit, chatId, head, (at) => steerMeanwhile(at, { running: false }));
}

type Decide = (at: MeanwhileStanding, read: Reads) => Promise<NewEvent[]> | NewEvent[];

/** Decides on the chat as it stands at `head`; false where somebody was quicker: then it is looked at anew. */
async function decide({ store, newId, now }: Kit, chatId: string, head: string, make: Decide): Promise<boolean> {
  try {
    await store.execute({ id: newId(), actor: 'engine', at: now() }, async (read) => {
      const at = await readMeanwhile(read, chatId);
      if (at.head?.turnId !== head || at.chat === undefined || at.meanwhile === undefined || !goesOn(at.meanwhile, at.chat)) {
        throw new DomainError('already_done', 'The chat stands elsewhere.', ['chatId']);
      }
      return { events: await make(at, read), answer: null };
    });
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
