import type { Core } from '../core.ts';
import type { Live } from '../live/hub.ts';
import { History } from '../prompt/history.ts';
import { createLoreShelf } from '../prompt/loreShelf.ts';
import { createTokenCounter } from '../prompt/tokens.ts';
import { createAhead } from './ahead.ts';
import { continueReply } from './continue.ts';
import type { ContinueInput } from './continue.ts';
import { createTellings } from './closing/telling.ts';
import { impersonate } from './impersonate.ts';
import type { DraftPiece } from './impersonate.ts';
import type { Edited } from './edits.ts';
import type { BeginInput, KickoffReading } from './kickoff.ts';
import { begin, readKickoff } from './kickoff.ts';
import type { Kit } from './kit.ts';
import { createOwedRunner } from './owed.ts';
import { createMeanwhileRunner } from './meanwhile/runner.ts';
import { beginAside, endAside, steerAside } from './meanwhile/acts.ts';
import type { BeginMeanwhileInput, SteerInput } from './meanwhile/acts.ts';
import { createMeanings } from './meanings.ts';
import type { Meanings } from './meanings.ts';
import { createPeople } from './people.ts';
import type { People } from './people.ts';
import { closeByHand } from './scenes.ts';
import type { CloseSceneInput } from './scenes.ts';
import { endInterrupted, endStranded } from './recover.ts';
import { again } from './again.ts';
import { makeWay } from './meanwhile/acts.ts';
import { say } from './say.ts';
import type { Said, SaidInput } from './slash/action.ts';
import { answerSkip, cancelSkip, skip } from './skip/skip.ts';
import type { SkipInput } from './skip/skip.ts';
import type { RegenerateInput } from './turn.ts';
import { createWriter } from './writer.ts';
import type { Writer } from './writer.ts';

/** The story side of the server: everything that makes a story go on. */
export interface Story {
  readonly people: People;
  readonly writer: Writer;
  readonly meanings: Meanings;
  /** Ends replies that a crash left open, and takes up what is owed. Call it before requests are let in. */
  start(): Promise<void>;
  /** Loads what the first turn would else wait for. Call it once the server listens. */
  warm(): Promise<void>;
  readKickoff(who: { botId: string; personaId: string }, signal: AbortSignal): Promise<KickoffReading>;
  begin(input: BeginInput): Promise<{ chatId: string }>;
  /** Takes what the person has written: a turn, or a command (TN-2). */
  send(input: SaidInput): Promise<Said>;
  /** SC-4, SC-5: skips ahead; a leap in time first asks what is worth telling of it. */
  skip(input: SkipInput): Promise<Said>;
  answerSkip(input: { commandId: string; chatId: string; head: string; notable: string }): Promise<Said>;
  cancelSkip(input: { commandId: string; chatId: string }): Promise<{ words: string }>;
  /** False when no reply was being written. Resolves when the reply's end is kept. */
  stop(chatId: string): Promise<boolean>;
  regenerate(input: RegenerateInput): Promise<{ userTurnId: string | null; replyTurnId: string }>;
  continueReply(input: ContinueInput): Promise<{ replyTurnId: string }>;
  /** Drafts the person's next message; the draft is nobody's turn. */
  impersonate(chatId: string, signal: AbortSignal): AsyncGenerator<DraftPiece, void>;
  /** SC-2 by hand. `closed` is false where there was nothing to close. */
  closeScene(input: CloseSceneInput): Promise<{ closed: boolean }>;
  /** Is done with telling the scene that has closed: what has been told by then is kept, and nothing stays owed. False where none is being told. */
  stopTelling(chatId: string): boolean;
  /** Somebody looks at a chat, and may write in it: what the next prompt needs is made ready. */
  expect(chatId: string): void;
  /** MW-1: host and guest by themselves. */
  readonly meanwhile: {
    begin(input: BeginMeanwhileInput): Promise<{ sceneId: string }>;
    steer(input: SteerInput): Promise<Edited>;
    /** `ended` is false where nobody was by themselves. */
    end(input: { commandId: string; chatId: string }): Promise<{ ended: boolean }>;
  };
  /** Takes up what the disk refused, now that it is well again (OP-4): ends of replies first, then what is owed. */
  goOn(): Promise<void>;
  /** Resolves when no reply is being written and nothing is owed. */
  idle(): Promise<void>;
  /** Ends replies keeping their words; what is owed then is taken up at the next start. */
  close(): Promise<void>;
}

/** Puts the story together over a store, a model gateway and those who listen. Starts nothing. */
export function createStory(core: Core, live: Live): Story {
  const counter = createTokenCounter();
  const people = createPeople(core.store);
  const writer = createWriter({ ...core, live });
  const lore = createLoreShelf(core.store);
  const meanings = createMeanings(core);
  const kit: Kit = { ...core, live, people, meanings, counter, history: new History(counter), lore, writer, tellings: createTellings(live) };
  const owed = createOwedRunner(kit);
  const ahead = createAhead(kit);
  const asides = createMeanwhileRunner(kit);
  return {
    people,
    writer,
    meanings,
    async start() {
      await endInterrupted(kit);
      await owed.start();
      await asides.start();
      meanings.start();
    },
    async warm() {
      await Promise.all([counter.load(), core.gateway.warm()]);
    },
    readKickoff: (who, signal) => readKickoff(kit, who, signal),
    begin: (input) => begin(kit, input),
    send: (input) => say(kit, input),
    skip: async (input) => skip(kit, { ...input, head: await makeWay(kit, input) }),
    answerSkip: (input) => answerSkip(kit, input),
    cancelSkip: (input) => cancelSkip(kit, input),
    async stop(chatId) {
      if (await writer.stop(chatId)) return true;
      // A reply that has just begun is handed to the writer within this turn of the loop.
      await new Promise((resolve) => setImmediate(resolve));
      return (await writer.stop(chatId)) || endStranded(kit, chatId);
    },
    regenerate: (input) => again(kit, input),
    continueReply: (input) => continueReply(kit, input),
    impersonate: (chatId, signal) => impersonate(kit, chatId, signal),
    closeScene: (input) => closeByHand(kit, input),
    stopTelling: (chatId) => kit.tellings.stop(chatId),
    expect: (chatId) => ahead.expect(chatId),
    meanwhile: {
      begin: (input) => beginAside(kit, input),
      steer: (input) => steerAside(kit, input),
      end: (input) => endAside(kit, input),
    },
    async goOn() {
      await writer.keepEnds();
      owed.again();
      asides.again();
    },
    async idle() {
      // One leads to the other: a turn to what is learned of it, that to the next turn of those who are by themselves, or to one who breaks in.
      for (let looks = -1; looks !== asides.looks || writer.busy() || owed.busy(); ) {
        looks = asides.looks;
        await writer.idle();
        await owed.idle();
        await asides.idle();
      }
    },
    async close() {
      // First, so that no turn begins only to be cut off.
      const rest = asides.close();
      const owedOver = owed.close();
      await writer.close();
      await owedOver;
      await ahead.close();
      await rest;
      await meanings.close();
      people.close();
      lore.close();
    },
  };
}
