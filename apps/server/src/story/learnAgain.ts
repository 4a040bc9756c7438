import type { LogEvent, Row } from '@offstage/domain';
import { buildsOn, learnAgain, madeBy } from '@offstage/domain/commands/learnAgain';
import { pinKey } from '@offstage/domain/projections/pins';
import { storyText } from '@offstage/domain/segments';
import { wordsOf } from '@offstage/domain/words';
import type { Reads } from '@offstage/store';
import type { Kit } from './kit.ts';

/** The last events of a row that are looked at for one that builds on it. */
const LOOKED_AT = 200;

/**
 * TL-8: has a turn's reply learned from anew, in place of what was found there; a message counts with the reply that
 * answers it. What is looked for is owed from then on, so that a crash loses nothing. Throws DomainError as `learnAgain`.
 */
export async function learnTurnAgain({ store, config, now }: Pick<Kit, 'store' | 'config' | 'now'>, input: { commandId: string; turnId: string }): Promise<void> {
  await store.execute({ id: input.commandId, actor: 'person', at: now() }, async (read) => {
    const turn = await read.row('turns', input.turnId);
    const reply = turn?.kind === 'user' ? (await read.path(turn.chatId, turn.depth + 1, turn.depth + 2)).find(({ parentId }) => parentId === turn.turnId) : turn;
    const events = reply === undefined ? [] : await read.ofTurn(reply.turnId);
    const decided = learnAgain({
      reply,
      events,
      isHead: reply !== undefined && (await read.head(reply.chatId))?.turnId === reply.turnId,
      hasWords: reply !== undefined && storyText(wordsOf(reply), { ooc: config.current.chat.ooc }) !== '',
      builtOn: await builtOn(read, events),
    });
    return { events: decided, answer: null };
  });
}

async function builtOn(read: Reads, events: readonly LogEvent[]): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const event of events) {
    const made = madeBy(event);
    if (made === undefined || event.turnId === null) continue;
    const { turnId } = event;
    const history = await read.history(made.projection, made.key, LOOKED_AT);
    if (history.some((later) => buildsOn(later, turnId)) || (event.kind === 'memory_written' && isPinnedByHand(await read.row('pins', pinKey(event.payload)), made.key))) keys.add(made.key);
  }
  return keys;
}

function isPinnedByHand(row: Row<'pins'> | undefined, memoryId: string): boolean {
  return row?.pins.some((pin) => pin.memoryId === memoryId && !pin.auto) ?? false;
}
