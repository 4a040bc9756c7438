import { DomainError } from '@offstage/domain';
import { endReply } from '@offstage/domain/commands/reply';
import type { ReplyEnd } from '@offstage/domain/commands/reply';
import { ModelError } from '@offstage/model';
import type { Fault, FinishReason, Message, ModelRequest, Usage } from '@offstage/model';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChosenModel, Core } from '../core.ts';
import type { Live } from '../live/hub.ts';
import type { LiveStream } from '../live/streams.ts';
import type { PromptReport } from '../prompt/report.ts';
import { keepDraft } from './drafts.ts';
import { LineGuard } from './guard.ts';
import type { WordsGuard } from './guard.ts';

/** What is sent, and what it was made of where that is kept. */
export interface Asking {
  readonly messages: readonly Message[];
  readonly report?: PromptReport;
  /** Digests that it carries. */
  readonly digestIds?: readonly string[];
}

/** A reply to be written, or the words of a skip: its turn has started. */
export interface Reply {
  readonly chatId: string;
  readonly turnId: string;
  /** Nobody's id and name for a skip. */
  readonly speaker: { readonly botId: string; readonly name: string };
  /** Names of those whose lines the speaker must not write (GU-2). */
  readonly others: readonly string[];
  readonly chosen: ChosenModel;
  /** Words that stand already, and are gone on with (TN-6). */
  readonly begun?: string;
  /** Who watches the words come in; by default whoever keeps the speaker from writing another's lines. */
  readonly guard?: () => WordsGuard;
  /** Made ready before the turn started, or made now. */
  prompt(): Promise<Asking> | Asking;
}

/** Writes replies: one at a time in a chat, each chat by itself. */
export interface Writer {
  write(reply: Reply): void;
  /** Ends the reply of a chat where it stands; false when none is being written. Resolves when its end is kept. */
  stop(chatId: string): Promise<boolean>;
  /** Resolves when nothing is being written in a chat. */
  over(chatId: string): Promise<void>;
  /** True while something is being written. */
  busy(): boolean;
  /** Resolves when nothing is being written. */
  idle(): Promise<void>;
  /** Tries again to keep the ends of replies that the disk refused; those that it refuses again are kept for the next time. */
  keepEnds(): Promise<void>;
  /** Ends every reply, keeping its words. */
  close(): Promise<void>;
}

/** Pauses before the end of a reply is written again when the disk refused it, in ms. */
const END_PAUSES_MS = [250, 1_000, 4_000];

export const INTERRUPTED = 'Offstage was closed while this was being written. What had come is kept.';

type Tools = Pick<Core, 'store' | 'gateway' | 'log' | 'now'> & { readonly live: Live };

export function createWriter(tools: Tools): Writer {
  const { store, gateway, log, live } = tools;
  const running = new Map<string, { controller: AbortController; over: Promise<void> }>();
  /** Ends that the disk has refused, by turn: no other reply begins in their chats. */
  const unkept = new Map<string, { readonly end: ReplyEnd; readonly digestIds: ReadonlySet<string> }>();
  let closing = false;

  /** Listens to the model until the reply is over, and says how it ended. */
  async function listen(reply: Reply, stream: LiveStream, carried: Set<string>, signal: AbortSignal): Promise<ReplyEnd> {
    const { chosen, chatId, turnId } = reply;
    const prompt = await reply.prompt();
    for (const digestId of prompt.digestIds ?? []) carried.add(digestId);
    // The record of the call keeps what the prompt holds and what it had to leave out (PR-4).
    const context = { chatId, turnId, ...(prompt.report !== undefined && { prompt: prompt.report }) };
    const { model, sampler } = chosen;
    const request: ModelRequest = { purpose: 'narrative', model, messages: prompt.messages, sampler, context };
    const guarded = reply.guard ?? (() => new LineGuard(reply.speaker.name, reply.others));
    let guard = guarded();
    let usage: Usage | null = null;
    const begun = reply.begun ?? '';
    stream.say(begun);
    // What comes first is joined to what stands.
    const joined = (words: string): string => (words === '' || begun === '' || stream.text !== begun ? words : `${jointAfter(begun)}${words}`);
    for await (const part of gateway.stream(chosen.endpoint, request, signal)) {
      switch (part.kind) {
        case 'text':
          stream.say(joined(guard.push(part.text)));
          break;
        case 'waiting':
          stream.wait({ message: part.message, retryAt: part.retryAt ?? null });
          break;
        case 'reasoning':
          break;
        case 'end':
          usage = part.usage ?? null;
          if (part.reply !== undefined) {
            guard = guarded();
            stream.retell(begun);
            stream.say(joined(guard.push(part.reply)));
          }
          stream.say(joined(guard.end()));
          return endingOf(part.finishReason, stream.text, usage, part.fault);
      }
      // The rest would be somebody else's lines; leaving the loop ends the call.
      if (guard.cut) break;
    }
    return endingOf('stop', stream.text, usage);
  }

  function endingOf(finishReason: FinishReason, text: string, usage: Usage | null, fault?: Fault): ReplyEnd {
    const end = { text, usage, truncated: finishReason !== 'stop', problem: null };
    switch (finishReason) {
      case 'stop':
        if (text.trim() !== '') return { ...end, finishReason };
        return { ...end, finishReason: 'lost', truncated: true, problem: 'The model wrote somebody else\'s lines instead of its own. Try again.' };
      case 'length':
      case 'cap':
        return { ...end, finishReason };
      case 'aborted':
        return closing ? { ...end, finishReason: 'crash', problem: INTERRUPTED } : { ...end, finishReason };
      case 'lost':
        return { ...end, finishReason, problem: brokeOff(text, fault) };
    }
  }

  /** The end of a reply that failed before the model's own end. */
  function failed(error: unknown, text: string): ReplyEnd {
    const end = { text, usage: null, truncated: true };
    if (error instanceof ModelError || error instanceof DomainError) return { ...end, finishReason: 'lost', problem: error.message.slice(0, 1_000) };
    if (closing) return { ...end, finishReason: 'crash', problem: INTERRUPTED };
    log.error({ err: error }, 'a reply failed');
    return { ...end, finishReason: 'lost', problem: 'Something went wrong inside Offstage while this was being written. Try again.' };
  }

  /** Keeps the end of a reply; a disk that refuses is asked again, for the words are worth it. */
  async function keepEnd(turnId: string, end: ReplyEnd, digestIds: ReadonlySet<string>): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await store.execute({ id: `${turnId}:end`, actor: 'model', at: tools.now() }, async (read) => ({
          events: endReply(await read.row('turns', turnId), end, [...digestIds]),
          answer: null,
        }));
        return;
      } catch (error) {
        if (error instanceof DomainError) return;
        const pause = closing ? undefined : END_PAUSES_MS[attempt];
        if (pause === undefined) throw error;
        await sleep(pause);
      }
    }
  }

  async function play(reply: Reply, signal: AbortSignal): Promise<void> {
    const stream = live.open({ chatId: reply.chatId, turnId: reply.turnId, speakerId: reply.speaker.botId });
    const draft = keepDraft(store, stream, log);
    /** Digests that the prompt told of (MW-4). */
    const carried = new Set<string>();
    let end: ReplyEnd | undefined;
    try {
      end = await listen(reply, stream, carried, signal).catch((error: unknown) => failed(error, stream.text));
      await stream.flush();
      await keepEnd(reply.turnId, end, carried);
      await draft.drop();
    } catch (error) {
      // The draft stays: where the disk takes nothing until then, the next start ends the turn with it.
      if (end !== undefined) unkept.set(reply.turnId, { end, digestIds: carried });
      log.error({ err: error, turnId: reply.turnId }, 'the end of a reply could not be kept');
    } finally {
      await draft.stop();
      live.done(stream);
    }
  }

  const allOver = async (): Promise<void> => {
    while (running.size > 0) await Promise.all([...running.values()].map(({ over }) => over));
  };

  return {
    write(reply) {
      const controller = new AbortController();
      if (closing) controller.abort();
      const place = { controller, over: Promise.resolve() };
      place.over = play(reply, controller.signal).finally(() => {
        if (running.get(reply.chatId) === place) running.delete(reply.chatId);
      });
      running.set(reply.chatId, place);
    },
    async stop(chatId) {
      const place = running.get(chatId);
      if (place === undefined) return false;
      place.controller.abort(new Error('The reply was stopped.'));
      await place.over;
      return true;
    },
    async over(chatId) {
      for (let place = running.get(chatId); place !== undefined; place = running.get(chatId)) await place.over;
    },
    busy: () => running.size > 0,
    idle: allOver,
    async keepEnds() {
      for (const [turnId, { end, digestIds }] of unkept) {
        unkept.delete(turnId);
        try {
          await keepEnd(turnId, end, digestIds);
          await store.dropDraft(turnId);
        } catch (error) {
          unkept.set(turnId, { end, digestIds });
          log.error({ err: error, turnId }, 'the end of a reply could still not be kept');
          return;
        }
      }
    },
    async close() {
      closing = true;
      for (const { controller } of running.values()) controller.abort(new Error('Offstage is closing.'));
      await allOver();
    },
  };
}

/** What stands between words and those that go on from them: a paragraph's end after a whole sentence, else a space. */
function jointAfter(begun: string): string {
  if (/\s$/.test(begun)) return '';
  return /[.!?\u2026]["'\u201D\u2019*_)]*$|["\u201D*]$/.test(begun) ? '\n\n' : ' ';
}

/** Faults that say no more than that the words stopped coming. */
const CUT: ReadonlySet<Fault['code']> = new Set(['broken_stream', 'unreachable', 'refused_connection']);

/** What happened and what was kept: "The model stopped answering after 41 words. They are kept." */
function brokeOff(text: string, fault: Fault | undefined): string {
  const words = text.trim().split(/\s+/).filter((word) => word !== '').length;
  if (words === 0) return 'The model stopped answering before the first word. Try again.';
  const count = words === 1 ? 'one word' : `${words.toLocaleString('en')} words`;
  const kept = words === 1 ? 'It is kept.' : 'They are kept.';
  if (fault === undefined || CUT.has(fault.code)) return `The model stopped answering after ${count}. ${kept}`;
  // There is something to go on from: what to do next is no longer to begin anew.
  const happened = fault.message.replace(/(?<=[.!?”]) (?:Try again|Wait)[^.]*\.$/, '').slice(0, 800);
  return words === 1 ? `${happened} The one word before that is kept.` : `${happened} The ${count} before that are kept.`;
}
