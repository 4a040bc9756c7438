import type { NewEvent, Row } from '@offstage/domain';
import type { ThreadsFound } from '@offstage/domain/commands/threads';
import { threadsOfScene } from '@offstage/domain/commands/threads';
import { storyText } from '@offstage/domain/segments';
import { wordsOf } from '@offstage/domain/words';
import type { Reads } from '@offstage/store';
import { z } from 'zod';
import { CLASSIFIER_BUDGET } from '../../prompt/budget.ts';
import { fromTemplate } from '../../prompt/templates.ts';
import { askBooks, bookkeeper } from '../books.ts';
import type { Kit } from '../kit.ts';

type Tools = Pick<Kit, 'store' | 'gateway' | 'models' | 'config' | 'people' | 'counter' | 'log' | 'newId'>;

/** A scene that has ended, at a turn, and how many turns the story has gone on since. */
export interface EndedScene {
  readonly chat: Row<'chats'>;
  readonly scene: Row<'scenes'>;
  readonly turnId: string;
  /** Place in the log of its end. */
  readonly sinceSeq: number;
  readonly since: number;
}

/** What was found in lines that the same ones heard, and who may know of it. */
export interface SceneThreads {
  readonly found: ThreadsFound;
  readonly knownTo: readonly string[];
  /** The threads that were asked about, as they stood then. */
  readonly open: readonly Row<'threads'>[];
}

/** Companies of a scene that are asked about. */
const HEARINGS_MOST = 3;
/** Turns of a scene that are read, the last ones. */
const TURNS_MOST = 400;
/** The last events of a thread among which a hand's is sought. */
const LOOKED_AT = 24;
/** Characters of a line where even two of them are too long for the budget. */
const LINE_MOST = 4_000;

const NOTHING: ThreadsFound = { opened: [], updated: [], closed: [] };

const matter = z.object({ thread: z.string(), summary: z.string() });
const answer = z.object({
  opened: z.array(z.object({ title: z.string(), summary: z.string() })),
  updated: z.array(matter),
  closed: z.array(matter),
});

/**
 * EV-5: asks what a scene left open, from its own lines alone. Of lines that several heard it is asked by themselves, and
 * what is found there is known to all of them; then of all that the fewer heard, who alone know of what is found there. So
 * nobody learns of it what they did not witness, whatever the model makes of it, and one who came late knows of what came
 * up since (ME-2). Undefined where no model could be asked: then it waits. Rejects when the signal aborts.
 */
export async function findThreads(kit: Tools, ended: EndedScene, signal: AbortSignal): Promise<readonly SceneThreads[] | undefined> {
  const found: SceneThreads[] = [];
  for (const heard of await hearings(kit, ended)) {
    const one = await askOf(kit, ended, heard, found, signal);
    if (one === undefined) return undefined;
    found.push(one);
  }
  return found;
}

/** Asks of one hearing; `before` is what was found in those before it. */
async function askOf(kit: Tools, { chat, scene, turnId }: EndedScene, heard: Hearing, before: readonly SceneThreads[], signal: AbortSignal): Promise<SceneThreads | undefined> {
  const knownTo = scene.participants.filter((entityId) => heard.turns.every(({ witnesses }) => witnesses.includes(entityId)));
  // A matter that one of them does not know of stays out: its words would come to them with what is found.
  const allKnow = (matter: { readonly knownTo: readonly string[] }): boolean => knownTo.every((entityId) => matter.knownTo.includes(entityId));
  const open = (await kit.store.read.known('threads', chat.chatId, heard.botId)).filter(allKnow);
  const noted = before.filter(allKnow).flatMap(({ found }) => found.opened);
  const labels = new Map(open.map((thread, n) => [`thread-${n + 1}`, thread]));
  const chosen = await bookkeeper(kit, chat, await kit.people.bot(heard.botId));
  let unusable = false;
  const read = await askBooks(
    kit,
    {
      purpose: 'scene',
      name: 'scene_threads',
      messages: [
        { role: 'system', content: fromTemplate('scene-threads', {}) },
        { role: 'user', content: await asked(kit, heard.turns, [...[...labels].map(([label, thread]) => ({ label, ...thread })), ...noted.map((one) => ({ label: 'noted already', ...one }))], scene) },
      ],
      schema: answer,
      context: { chatId: chat.chatId, turnId },
      chosen,
    },
    signal,
    () => {
      unusable = true;
    },
  );
  // A model that is there and has no answer to this leaves nothing open; the rest of the scene does not wait for it.
  if (read === undefined) return unusable ? { found: NOTHING, knownTo, open } : undefined;
  const meant = ({ thread, summary }: z.output<typeof matter>): { threadId: string; summary: string }[] => {
    const threadId = labels.get(thread.trim().toLowerCase())?.threadId;
    return threadId === undefined ? [] : [{ threadId, summary }];
  };
  return { found: { opened: read.opened, updated: read.updated.flatMap(meant), closed: read.closed.flatMap(meant) }, knownTo, open };
}

/** The events of what was found, as the threads stand now; `beside` the active path, as they stood when it was asked (TL-13). */
export async function threadEvents(kit: Pick<Tools, 'newId'>, read: Reads, { chat, scene, turnId, sinceSeq }: EndedScene, parts: readonly SceneThreads[], beside: boolean): Promise<NewEvent[]> {
  const seen = new Map(parts.flatMap(({ open }) => open.map((thread) => [thread.threadId, thread])));
  const open = beside ? [...seen.values()] : await read.rows('threads', { chatId: chat.chatId, open: true });
  const byHand = new Set<string>();
  for (const threadId of new Set(parts.flatMap(({ found }) => [...found.updated, ...found.closed].map((one) => one.threadId)))) {
    const last = await read.history('threads', threadId, LOOKED_AT);
    if (last.some(({ seq, actor }) => seq > sinceSeq && actor === 'person')) byHand.add(threadId);
  }
  return threadsOfScene({ chatId: chat.chatId, sceneId: scene.sceneId, turnId, parts, open, byHand, newId: kit.newId });
}

/** Lines of a scene that the same bots heard, as one of them witnessed them, oldest first. */
interface Hearing {
  readonly botId: string;
  /** All who heard every one of them. */
  readonly audience: readonly string[];
  readonly turns: readonly Row<'turns'>[];
}

/** What was heard of a scene, once for each company that a part of it was heard in; the largest company first. */
async function hearings({ store, people }: Tools, { chat, scene, since }: EndedScene): Promise<Hearing[]> {
  const heard = new Map<string, readonly Row<'turns'>[]>();
  for (const botId of scene.participants.toSorted((a, b) => Number(b === chat.hostId) - Number(a === chat.hostId))) {
    if (botId === chat.personaId || (await people.bot(botId)) === undefined) continue;
    const turns = (await store.read.witnessed(chat.chatId, botId, TURNS_MOST + since)).filter(({ sceneId, kind }) => sceneId === scene.sceneId && kind !== 'kickoff');
    heard.set(botId, turns);
  }
  const bots = [...heard.keys()];
  const found = new Map<string, Hearing>();
  for (const [botId, turns] of heard) {
    for (const turn of turns) {
      const audience = bots.filter((id) => turn.witnesses.includes(id));
      const key = audience.join(' ');
      // A greeting that only the host heard is no company of its own, where there is another.
      if (turn.finishReason === 'written' && turns.length > 1) continue;
      if (!found.has(key)) found.set(key, { botId, audience, turns: turns.filter(({ witnesses }) => audience.every((id) => witnesses.includes(id))) });
    }
  }
  // Where people come and go all the time, the longest of them say most.
  const longest = [...found.values()].toSorted((a, b) => b.turns.length - a.turns.length).slice(0, HEARINGS_MOST);
  return longest.toSorted((a, b) => b.audience.length - a.audience.length);
}

/** A matter that was open before, by what it is called in the question. */
interface Before {
  readonly label: string;
  readonly title: string;
  readonly summary: string;
}

/** What the model is told; where it is too long its beginning is left out, for what is open stands at the end. */
async function asked({ people, counter, config }: Tools, turns: readonly Row<'turns'>[], before: readonly Before[], scene: Row<'scenes'>): Promise<string> {
  const markers = { ooc: config.current.chat.ooc };
  const names = await people.names([...scene.participants, ...turns.map(({ speakerId }) => speakerId)]);
  const heardIn = new Set(turns.flatMap(({ witnesses }) => witnesses));
  const present = scene.participants.flatMap((entityId) => (heardIn.has(entityId) ? (names.get(entityId) ?? []) : [])).join(', ');
  const open = before.map(({ label, title, summary }) => `${label}: ${title}${summary === '' ? '' : `. ${summary}`}`.replaceAll(/\s+/g, ' '));
  let lines = turns
    .map((turn) => ({ speaker: names.get(turn.speakerId ?? '') ?? 'Someone', text: storyText(wordsOf(turn), markers) }))
    .filter(({ text }) => text !== '')
    .map(({ speaker, text }) => `${speaker}: ${text}`);
  const put = (): string => [`# Present\n${present}`, `# Left open before\n${open.length === 0 ? 'Nothing.' : open.join('\n')}`, `# What happened\n${lines.join('\n')}`].join('\n\n');
  while (lines.length > 2 && counter.count(put()) > CLASSIFIER_BUDGET.hard) lines = lines.slice(Math.max(1, Math.floor(lines.length / 16)));
  if (counter.count(put()) > CLASSIFIER_BUDGET.hard) lines = lines.map((line) => line.slice(-LINE_MOST).toWellFormed());
  return put();
}
