import type { Row } from '@offstage/domain';
import type { MeanwhileStanding } from '@offstage/domain/commands/meanwhile';
import { highestOf } from '@offstage/domain/commands/scenes';
import type { Reads } from '@offstage/store';
import { readStanding } from '../standing.ts';

/** Turns that are looked at in one go for the last of the open scene. */
const LOOKED_AT = 64;

/** Where a chat stands, with the meanwhile scene that is open in it. */
export async function readMeanwhile(read: Reads, chatId: string): Promise<MeanwhileStanding> {
  const standing = await readStanding(read, chatId);
  const sceneId = standing.stage?.meanwhileId ?? null;
  const [meanwhile, aside] = sceneId === null ? [undefined, undefined] : await Promise.all([read.row('meanwhiles', sceneId), read.row('scenes', sceneId)]);
  return { ...standing, meanwhile, aside };
}

/**
 * The last turn that was not played aside: what a message of yours follows in the story. `head` itself where no
 * meanwhile scene has been played since.
 */
export async function lastWithYou(read: Reads, head: Row<'turns'>): Promise<Row<'turns'>> {
  if (!(await isAside(read, head))) return head;
  for (let to = head.depth; to > 0; to -= LOOKED_AT) {
    const turns = await read.path(head.chatId, Math.max(0, to - LOOKED_AT), to);
    for (const turn of turns.toReversed()) if (!(await isAside(read, turn))) return turn;
  }
  return head;
}

/** Whether a turn was played aside, in a scene that you were not in. */
export async function isAside(read: Reads, { kind, sceneId }: Pick<Row<'turns'>, 'kind' | 'sceneId'>): Promise<boolean> {
  return kind === 'assistant' && sceneId !== null && (await read.row('scenes', sceneId))?.meanwhile === true;
}

/** The highest that anything in a scene was scored by those who were there. */
export async function significanceOf(read: Reads, sceneId: string, present: readonly string[]) {
  return highestOf((await Promise.all(present.map((id) => read.memoriesOfScene(id, sceneId)))).flat());
}
