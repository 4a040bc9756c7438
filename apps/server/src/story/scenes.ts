import { closeScene } from '@offstage/domain/commands/scenes';
import { DomainError } from '@offstage/domain';
import { presentIn } from '@offstage/domain/presence';
import { unlessDone } from './done.ts';
import type { Kit } from './kit.ts';
import { lastWithYou, significanceOf } from './meanwhile/standing.ts';
import { readStanding } from './standing.ts';

type Tools = Pick<Kit, 'store' | 'writer' | 'now' | 'newId'>;

export interface CloseSceneInput {
  readonly commandId: string;
  readonly chatId: string;
}

/**
 * Closes the scene of a chat by hand, and opens the next in the same place (SC-2). While a reply streams it waits for
 * the end of that (SC-9). `closed` is false where there was nothing to close: no scene is open, or nothing has happened
 * in it. Throws DomainError `not_found`.
 */
export function closeByHand(kit: Tools, input: CloseSceneInput): Promise<{ closed: boolean }> {
  return unlessDone(kit, input.commandId, () => closeNow(kit, input));
}

async function closeNow(kit: Tools, input: CloseSceneInput): Promise<{ closed: boolean }> {
  await kit.writer.over(input.chatId);
  const command = { id: input.commandId, actor: 'person' as const, at: kit.now() };
  const commit = await kit.store.execute(command, async (read) => {
    const { chat, head, stage, scene } = await readStanding(read, input.chatId);
    if (chat === undefined || head === undefined) throw new DomainError('not_found', 'This chat is no longer there.', ['chatId']);
    if (head.status === 'streaming') throw new DomainError('busy', 'A reply is still being written. Close the scene when it has ended.', ['chatId']);
    // What was played aside is no part of it.
    const last = await lastWithYou(read, head);
    const happened = scene !== undefined && last.kind !== 'kickoff' && last.sceneId === scene.sceneId;
    const cast = { personaId: chat.personaId, hostId: chat.hostId, guestId: stage?.guestId ?? null };
    const events = happened
      ? closeScene({
          chatId: chat.chatId,
          turnId: head.turnId,
          scene,
          cast,
          clock: stage?.clock ?? null,
          significance: await significanceOf(read, scene.sceneId, presentIn(scene, cast)),
          nextSceneId: kit.newId(),
          place: undefined,
        })
      : [];
    return { events, answer: { closed: events.length > 0 } };
  });
  return commit.answer;
}
