import type { NewEvent, Row } from '@offstage/domain';
import { DomainError, keyOf } from '@offstage/domain';
import { sceneMemoryId, settleAccount, settleScene } from '@offstage/domain/commands/scenes';
import type { SceneAccount } from '@offstage/domain/commands/scenes';
import { edgeKey } from '@offstage/domain/projections/edges';
import { wordsOf } from '@offstage/domain/words';
import { storyText } from '@offstage/domain/segments';
import type { Reads } from '@offstage/store';
import { z } from 'zod';
import { CLASSIFIER_BUDGET } from '../prompt/budget.ts';
import { fromTemplate } from '../prompt/templates.ts';
import { timeInWords } from '../prompt/words.ts';
import { askBooks, bookkeeper } from './books.ts';
import { digestOf, plainDigest } from './closing/digest.ts';
import type { Aside } from './closing/digest.ts';
import { askGroup, groupEvents } from './closing/group.ts';
import { unlessStopped } from './closing/telling.ts';
import type { Telling } from './closing/telling.ts';
import { findThreads, threadEvents } from './closing/threads.ts';
import { isGone } from './gone.ts';
import type { Kit } from './kit.ts';
import { personCalled } from './passes/context.ts';
import type { Person } from './passes/pass.ts';

type Tools = Pick<Kit, 'store' | 'gateway' | 'models' | 'config' | 'people' | 'counter' | 'log' | 'now' | 'newId' | 'tellings'>;

/** Turns of a scene that its accounts are made from, the last ones. */
const TURNS_MOST = 400;

const answer = z.object({
  summary: z.string().trim().min(1),
  quotes: z.array(z.string()),
  feelings: z.array(z.object({ to: z.string(), summary: z.string() })),
});

/** What one bot has to tell its scene from. */
interface Witness {
  readonly person: Person;
  readonly others: readonly Person[];
  readonly scene: Row<'scenes'>;
  readonly place: Row<'containers'> | undefined;
  /** What the bot itself witnessed of the scene, oldest first. */
  readonly lines: readonly { readonly speaker: string; readonly text: string }[];
  readonly edges: readonly Row<'edges'>[];
  readonly memories: readonly Row<'memories'>[];
  /** A hand has already changed what it remembers of the scene. */
  readonly byHand: boolean;
}

/** How the accounts of a closed scene fared: `waits` where a reply of it is still being written, `later` where the model failed. */
export type Accounted = 'done' | 'waits' | 'later';

/**
 * SC-2: writes what each bot that was there remembers of a closed scene, and what it now makes of the others. With the
 * model down, plain accounts stand in and the real ones stay owed (SC-9). A person may have it stopped: what has been told
 * by then is kept, and nothing stays owed (UI-10). Rejects when the signal aborts.
 */
export async function accountForScene(kit: Tools, sceneId: string, signal: AbortSignal): Promise<Accounted> {
  const key = keyOf('summaries', sceneId);
  const { read } = kit.store;
  const [owed, scene] = await Promise.all([read.row('owed', key), read.row('scenes', sceneId)]);
  const chat = owed === undefined ? undefined : await read.row('chats', owed.chatId);
  if (owed === undefined || scene === undefined || chat === undefined) return 'done';
  if ((await read.streaming()).some((turn) => turn.sceneId === sceneId)) return 'waits';

  const [head, end] = await Promise.all([read.head(chat.chatId), read.row('turns', owed.turnId)]);
  const since = Math.max(0, (head?.depth ?? 0) - (end?.depth ?? 0));
  const witnesses = await witnessesOf(kit, chat, scene, since);
  const questions = witnesses.length + (scene.meanwhile ? 1 : 0) + 2;
  return kit.tellings.run(chat.chatId, sceneId, questions, (telling) => tellScene(kit, { chat, scene, owed, since, witnesses }, telling, signal));
}

/** A closed scene that is to be told: what owes it, how many turns the story has gone on, and who was there. */
interface ToTell {
  readonly chat: Row<'chats'>;
  readonly scene: Row<'scenes'>;
  readonly owed: Row<'owed'>;
  readonly since: number;
  readonly witnesses: readonly Witness[];
}

async function tellScene(kit: Tools, { chat, scene, owed, since, witnesses }: ToTell, telling: Telling, signal: AbortSignal): Promise<Accounted> {
  const { sceneId } = scene;
  const asking = <T>(asked: (ending: AbortSignal) => Promise<T>): Promise<T | undefined> => unlessStopped(telling, signal, asked);
  const accounts: { witness: Witness; account: SceneAccount | undefined }[] = [];
  for (const witness of witnesses) accounts.push({ witness, account: await asking((ending) => ask(kit, chat, owed.turnId, witness, ending)) });
  const aside = scene.meanwhile ? asideOf(chat, owed.turnId, scene, witnesses) : undefined;
  const digest = aside && ((await asking((ending) => digestOf(kit, aside, ending))) ?? (await plainDigest(kit, aside)));
  const ended = { chat, scene, turnId: owed.turnId, sinceSeq: owed.sinceSeq, since };
  const told = accounts.every(({ account }) => account !== undefined) && digest?.standIn !== true;
  // A model that cannot tell the scene is not asked what it left open either.
  const group = told ? await asking((ending) => askGroup(kit, ended, ending)) : undefined;
  const threads = told ? await asking((ending) => findThreads(kit, ended, ending)) : undefined;
  const { stopped } = telling;
  // Of one who has not told it by then the small memories stay as they are.
  const written = accounts.flatMap(({ witness, account }) => (account === undefined && stopped.aborted ? [] : [{ witness, account: account ?? plainAccount(witness), standIn: account === undefined }]));
  const whole = threads !== undefined || stopped.aborted;
  const eventsOf = async (read: Reads, beside: boolean): Promise<NewEvent[]> => {
    const stage = await read.row('stages', chat.chatId);
    const all = await Promise.all(
      written.map(async ({ witness, account, standIn }) =>
        (await isGone(kit.people, chat, stage, witness.person.id)) ? [] : settleAccount({
          scene,
          turnId: owed.turnId,
          continuityId: chat.continuityId,
          account,
          memories: witness.memories,
          words: witness.lines.map(({ text }) => text),
          edges: witness.edges,
          // What they make of each other changes once, when nothing is owed any longer.
          standIn: standIn || !whole,
          byHand: witness.byHand || (await changedByHand(read, sceneMemoryId(sceneId, witness.person.id))),
        }),
      ),
    );
    const plot = threads === undefined ? [] : await threadEvents(kit, read, ended, threads, beside);
    return [...all.flat(), ...(digest?.events ?? []), ...plot, ...(await groupEvents(read, ended, group))];
  };
  // The same scene may close at another turn after a rewind: then it is another closing, to be accounted for anew.
  const id = `${sceneId}:${owed.sinceSeq}:${whole ? 'accounts' : 'stand-in'}`;
  try {
    await kit.store.execute({ id, actor: 'engine', at: kit.now() }, async (now) => {
      // Accounts that were begun land where their scene ended, though that has left the path meanwhile (TL-13).
      const beside = !(await kit.store.branches.isOnPath(owed.turnId)) && (await now.row('turns', owed.turnId)) !== undefined;
      if (!beside && (await now.row('owed', keyOf('summaries', sceneId)))?.sinceSeq !== owed.sinceSeq) throw new DomainError('already_done', 'Nothing is owed here.', ['sceneId']);
      const events = await eventsOf(now, beside);
      const memories = witnesses.flatMap((witness) => witness.memories);
      return { events: whole ? [...events, settleScene(scene, owed.turnId, memories)] : events, answer: null };
    });
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'already_done')) throw error;
  }
  return whole ? 'done' : 'later';
}

/** What was played aside, told by whoever heard most of it: both heard the same. */
function asideOf(chat: Row<'chats'>, turnId: string, scene: Row<'scenes'>, witnesses: readonly Witness[]): Aside {
  const most = witnesses.toSorted((a, b) => b.lines.length - a.lines.length)[0];
  return { chat, turnId, scene, place: most?.place?.name, lines: most?.lines ?? [] };
}

/** Whether a hand has reworded or deleted a memory: then it is as it should be (ME-9). */
async function changedByHand(read: Reads, memoryId: string): Promise<boolean> {
  const events = await read.history('memories', memoryId, LOOKED_AT);
  return events.some(({ actor, kind }) => actor === 'person' && (kind === 'memory_edited' || kind === 'memory_deleted'));
}

/** Events of an account that are looked at for a hand's. */
const LOOKED_AT = 50;

/**
 * The bots that were in a scene and heard something of it, each with what it witnessed itself (ME-2). `since` is how many
 * turns the story has gone on: it may be long until a model can tell the scene.
 */
async function witnessesOf(kit: Tools, chat: Row<'chats'>, scene: Row<'scenes'>, since: number): Promise<Witness[]> {
  const { read } = kit.store;
  const markers = { ooc: kit.config.current.chat.ooc };
  const names = await kit.people.names(scene.participants);
  const stage = await read.row('stages', chat.chatId);
  const gone = new Set<string>();
  const present = scene.participants.flatMap((id): Person[] => {
    const name = names.get(id);
    return name === undefined ? [] : [{ id, name, kind: id === chat.personaId ? 'you' : 'bot' }];
  });
  for (const { id, kind } of present) {
    if (kind === 'bot' && (await isGone(kit.people, chat, stage, id))) gone.add(id);
  }
  const place = scene.containerId === null ? undefined : await read.row('containers', scene.containerId);
  const witnesses = await Promise.all(
    present.filter(({ id, kind }) => kind === 'bot' && !gone.has(id)).map(async (person): Promise<Witness> => {
      const turns = (await read.witnessed(chat.chatId, person.id, TURNS_MOST + since)).filter(({ sceneId, kind }) => sceneId === scene.sceneId && kind !== 'kickoff');
      const speakers = await kit.people.names(turns.map(({ speakerId }) => speakerId));
      // Whoever came when this one had gone is nobody it knows of.
      const met = new Set(turns.flatMap(({ witnesses: all }) => all));
      const others = present.filter(({ id }) => id !== person.id && met.has(id));
      const keys = others.map(({ id }) => edgeKey({ continuityId: chat.continuityId, source: person.id, target: id }));
      const [edges, memories, byHand] = await Promise.all([
        Promise.all(keys.map((key) => read.row('edges', key))),
        read.memoriesOfScene(person.id, scene.sceneId),
        changedByHand(read, sceneMemoryId(scene.sceneId, person.id)),
      ]);
      return {
        person,
        others,
        scene,
        place,
        lines: turns
          .map((turn) => ({ speaker: turn.kind === 'skip' ? '' : (speakers.get(turn.speakerId ?? '') ?? 'Someone'), text: storyText(wordsOf(turn), markers) }))
          .filter(({ text }) => text !== ''),
        edges: edges.filter((edge) => edge !== undefined),
        memories,
        byHand,
      };
    }),
  );
  return witnesses.filter(({ lines }) => lines.length > 0);
}

/** The bot's account by the model; undefined where the model has none that can be used. */
async function ask(kit: Tools, chat: Row<'chats'>, turnId: string, witness: Witness, signal: AbortSignal): Promise<SceneAccount | undefined> {
  const { person, others } = witness;
  const chosen = await bookkeeper(kit, chat, await kit.people.bot(person.id));
  const read = await askBooks(
    kit,
    {
      purpose: 'scene',
      name: 'scene_summary',
      messages: [
        { role: 'system', content: fromTemplate('scene-summary', { char: person.name }) },
        { role: 'user', content: asked(kit, witness) },
      ],
      schema: answer,
      context: { chatId: chat.chatId, turnId },
      chosen,
    },
    signal,
  );
  if (read === undefined) return undefined;
  const feelings = read.feelings.flatMap(({ to, summary }) => {
    const target = personCalled(to, others);
    return target === undefined ? [] : { target: target.id, summary };
  });
  return { ownerId: person.id, summary: read.summary, quotes: read.quotes, feelings };
}

/** What the model is told of a scene; where it is too long its middle is left out, for beginnings and ends say most. */
function asked({ counter }: Tools, { person, others, scene, place, lines, edges }: Witness): string {
  const from = scene.startedAt === null ? '' : `From: ${timeInWords(scene.startedAt)}`;
  const to = scene.endedAt === null ? '' : `To: ${timeInWords(scene.endedAt)}`;
  const soFar = others.map(({ id, name }) => {
    const edge = edges.find(({ target }) => target === id);
    return `Towards ${name}: affinity ${Math.round(edge?.affinity ?? 50)}, trust ${Math.round(edge?.trust ?? 50)}. ${edge?.summary ?? ''}`.trim();
  });
  const put = (told: readonly string[]): string =>
    [
      `# Present\n${[person, ...others].map(({ name, kind }) => (kind === 'you' ? `${name} (the person)` : name)).join(', ')}`,
      ['# The scene', place === undefined ? '' : `Place: ${place.name}`, from, to].filter((part) => part !== '').join('\n'),
      `# So far\n${soFar.join('\n')}`,
      `# What happened\n${told.join('\n')}`,
    ].join('\n\n');
  const all = lines.map(({ speaker, text }) => (speaker === '' ? text : `${speaker}: ${text}`));
  let [head, tail] = [all.slice(0, Math.ceil(all.length / 2)), all.slice(Math.ceil(all.length / 2))];
  const told = (): string[] => (head.length + tail.length === all.length ? all : [...head, '[...]', ...tail]);
  while (head.length + tail.length > 2 && counter.count(put(told())) > CLASSIFIER_BUDGET.hard) {
    if (head.length > tail.length) head = head.slice(0, -1);
    else tail = tail.slice(1);
  }
  const text = put(told());
  // Two lines that alone are too long: their beginnings will do.
  return counter.count(text) <= CLASSIFIER_BUDGET.hard ? text : put(told().map((line) => line.slice(0, LINE_MOST).toWellFormed()));
}

/** Characters of a line where even two of them are too long for the budget. */
const LINE_MOST = 4_000;

/** What stands in for an account while no model can write one: where, with whom, and how it began and ended. */
function plainAccount({ person, others, place, lines }: Witness): SceneAccount {
  const where = place === undefined ? '' : `At ${place.name}: `;
  const whom = others.map(({ name }) => name).join(' and ');
  const said = (line: Witness['lines'][number] | undefined): string =>
    line === undefined ? '' : `${line.speaker === person.name ? 'I' : line.speaker} said: ${line.text.slice(0, SAID_MOST).toWellFormed()}`;
  const spoken = lines.filter(({ speaker }) => speaker !== '');
  const first = spoken[0];
  const last = spoken.length > 1 ? spoken.at(-1) : undefined;
  const parts = [`${where}I was with ${whom === '' ? 'nobody' : whom}.`, said(first), last === undefined ? '' : `At the end ${said(last)}`];
  return { ownerId: person.id, summary: parts.filter((part) => part !== '').join(' '), quotes: [], feelings: [] };
}

const SAID_MOST = 300;

