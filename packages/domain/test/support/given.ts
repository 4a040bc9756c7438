import { declarationOf } from '../../src/catalogue.ts';
import type { LogEvent, NewEvent } from '../../src/catalogue.ts';
import { foldLog } from '../../src/fold.ts';
import type { ProjectionName, Row } from '../../src/projections.ts';

/** Events as the log would hold them, numbered from 1, a second apart. */
export function logged(events: readonly NewEvent[]): LogEvent[] {
  return events.map(
    (event, index) =>
      ({
        ...event,
        seq: index + 1,
        id: `e${index + 1}`,
        version: declarationOf(event.kind).version,
        commandId: 'given',
        actor: 'person',
        at: new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString(),
      }) as LogEvent,
  );
}

/** The world after some events, to read rows from. */
export function given(events: readonly NewEvent[]) {
  const world = foldLog(logged(events));
  return {
    row<N extends ProjectionName>(projection: N, key: string): Row<N> | undefined {
      return world.get(projection)?.get(key) as Row<N> | undefined;
    },
    rows<N extends ProjectionName>(projection: N): Row<N>[] {
      return [...(world.get(projection)?.values() ?? [])] as Row<N>[];
    },
    home(memoryId: string): { chatId: string; turnId: string } | undefined {
      const born = events.findLast((event) => event.kind === 'memory_written' && event.payload.memoryId === memoryId);
      return born?.chatId == null || born.turnId === null ? undefined : { chatId: born.chatId, turnId: born.turnId };
    },
  };
}
