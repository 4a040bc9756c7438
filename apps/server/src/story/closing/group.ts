import type { NewEvent, Row } from '@offstage/domain';
import { describeGroup } from '@offstage/domain/commands/group';
import type { GroupWords } from '@offstage/domain/commands/group';
import { GROUP_LEAST, groupKey } from '@offstage/domain/members';
import { storyText } from '@offstage/domain/segments';
import { wordsOf } from '@offstage/domain/words';
import type { Reads } from '@offstage/store';
import { z } from 'zod';
import { CLASSIFIER_BUDGET } from '../../prompt/budget.ts';
import { fromTemplate } from '../../prompt/templates.ts';
import { askBooks, bookkeeper } from '../books.ts';
import type { Kit } from '../kit.ts';
import type { EndedScene } from './threads.ts';

type Tools = Pick<Kit, 'store' | 'gateway' | 'models' | 'config' | 'people' | 'counter' | 'log'>;

const answer = z.object({ summary: z.string().trim().min(1), mood: z.string() });

/** Turns of the scene that are shown, the last ones, and characters of each. */
const TURNS_MOST = 120;
const LINE_MOST = 2_000;
/** Events of a row that are looked at for a hand's. */
const LOOKED_AT = 24;

/**
 * GU-3: how those who were together when a scene ended are together now, in one question. Undefined where fewer than three
 * were, and where no model has a usable answer: then it stays as it was. Rejects when the signal aborts.
 */
export async function askGroup(kit: Tools, { chat, scene, turnId, since }: EndedScene, signal: AbortSignal): Promise<GroupWords | undefined> {
  if (scene.present.length < GROUP_LEAST) return undefined;
  const { read } = kit.store;
  const [names, before, lines] = await Promise.all([
    kit.people.names(scene.present),
    read.row('groupNodes', groupKey(chat.chatId, scene.present)),
    sharedLines(kit, chat, scene, since),
  ]);
  if (names.size < GROUP_LEAST || lines.length === 0) return undefined;
  const present = scene.present.flatMap((id) => (id === chat.personaId ? `${names.get(id) ?? ''} (the person)` : (names.get(id) ?? [])));
  const soFar = [before?.summary ?? '', before === undefined || before.mood === '' ? '' : `Mood: ${before.mood}.`].filter((part) => part !== '').join(' ');
  const put = (told: readonly string[]): string =>
    [`# Present\n${present.join(', ')}`, soFar === '' ? '' : `# So far\n${soFar}`, `# What happened\n${told.join('\n')}`].filter((part) => part !== '').join('\n\n');
  let told = lines;
  while (told.length > 1 && kit.counter.count(put(told)) > CLASSIFIER_BUDGET.hard) told = told.slice(Math.ceil(told.length / 8));
  return askBooks(
    kit,
    {
      purpose: 'scene',
      name: 'group',
      messages: [
        { role: 'system', content: fromTemplate('group', {}) },
        { role: 'user', content: put(told) },
      ],
      schema: answer,
      context: { chatId: chat.chatId, turnId },
      chosen: await bookkeeper(kit, chat, chat.hostId === null ? undefined : await kit.people.bot(chat.hostId)),
    },
    signal,
  );
}

/** Writes what was answered, unless a hand has said since how they are together. */
export async function groupEvents(read: Reads, { chat, scene, turnId, sinceSeq }: EndedScene, words: GroupWords | undefined): Promise<NewEvent[]> {
  if (words === undefined) return [];
  const key = groupKey(chat.chatId, scene.present);
  const byHand = (await read.history('groupNodes', key, LOOKED_AT)).some(({ actor, seq }) => actor === 'person' && seq > sinceSeq);
  return byHand ? [] : describeGroup({ chatId: chat.chatId, turnId }, scene.present, words, await read.row('groupNodes', key));
}

/** What everyone of them witnessed of the scene: of what one of them missed, nothing is told to the three (ME-2). */
async function sharedLines(kit: Tools, chat: Row<'chats'>, scene: Row<'scenes'>, since: number): Promise<string[]> {
  const reader = scene.present.find((id) => id !== chat.personaId) ?? '';
  const markers = { ooc: kit.config.current.chat.ooc };
  const turns = (await kit.store.read.witnessed(chat.chatId, reader, TURNS_MOST + since)).filter(
    ({ sceneId, kind, witnesses }) => sceneId === scene.sceneId && kind !== 'kickoff' && scene.present.every((id) => witnesses.includes(id)),
  );
  const speakers = await kit.people.names(turns.map(({ speakerId }) => speakerId));
  return turns.flatMap((turn) => {
    const text = storyText(wordsOf(turn), markers).slice(0, LINE_MOST).toWellFormed();
    return text === '' ? [] : `${speakers.get(turn.speakerId ?? '') ?? 'Someone'}: ${text}`;
  });
}
