import type { NewEvent, Row } from '@offstage/domain';
import { DomainError, inChat, inLibrary, inTurn } from '@offstage/domain';
import type { MemoryAt } from '@offstage/domain/commands/memoryEdits';
import { pinMemory, scoreMemory, unpinMemory } from '@offstage/domain/commands/memoryEdits';
import type { Standing } from '@offstage/domain/commands/send';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Reads, Store } from '../src/index.ts';
import { testLibrary } from './support/library.ts';

const AT = '2026-03-01T10:00:00.000Z';
const CHATS = ['a', 'b'] as const;
const MEMORIES = 12;

/** One thing that somebody does in one of two chats of a bot. */
interface Step {
  readonly what: 'turn' | 'remember' | 'pin' | 'score' | 'unpin' | 'move';
  readonly chat: (typeof CHATS)[number];
  readonly n: number;
}

const steps = fc.array(
  fc.record({
    what: fc.constantFrom<Step['what']>('turn', 'remember', 'remember', 'pin', 'pin', 'pin', 'score', 'unpin', 'move'),
    chat: fc.constantFrom(...CHATS),
    n: fc.nat(1_000),
  }),
  { minLength: 5, maxLength: 60 },
);

const start = (turnId: string, parentId: string | null, depth: number) => ({ parentId, depth, speakerId: null, addresseeId: null, sceneId: `scene-${turnId.charAt(0)}`, witnesses: ['p', 'mara'], clock: AT });

/** Two chats of Mara's with one memory between them, each at its first turn. */
function opening(): NewEvent[] {
  return [
    inLibrary('continuity_created', { continuityId: 'k', name: 'Shared', shared: true }),
    ...CHATS.flatMap((chat): NewEvent[] => [
      inChat(chat, 'chat_created', { kind: 'roleplay', title: chat, hostId: 'mara', personaId: 'p', continuityId: 'k' }),
      inTurn(chat, `${chat}0`, 'kickoff_confirmed', { ...start(`${chat}0`, null, 0), text: 'It begins.' }),
      inTurn(chat, `${chat}0`, 'clock_set', { clock: AT, anchor: null }),
    ]),
  ];
}

async function standing(read: Reads, chat: string): Promise<Standing> {
  const row = await read.row('chats', chat);
  return { chat: row, head: row?.head == null ? undefined : await read.row('turns', row.head), stage: await read.row('stages', chat), scene: undefined };
}

/** What a hand has before it of a memory. */
async function lookAt(read: Reads, memoryId: string): Promise<MemoryAt> {
  const born = (await read.history('memories', memoryId, 100)).findLast(({ kind }) => kind === 'memory_written');
  return {
    memory: await read.row('memories', memoryId),
    pins: await read.row('pins', 'k/mara'),
    home: born?.chatId == null || born.turnId === null ? undefined : { chatId: born.chatId, turnId: born.turnId },
  };
}

async function act(read: Reads, { what, chat, n }: Step, turns: string[]): Promise<NewEvent[]> {
  const state = await standing(read, chat);
  const head = state.head?.turnId ?? '';
  const memoryId = `m${n % MEMORIES}`;
  switch (what) {
    case 'turn': {
      const turnId = `${chat}${turns.length}`;
      turns.push(turnId);
      return [inTurn(chat, turnId, 'user_turn', { ...start(turnId, head, (state.head?.depth ?? 0) + 1), text: 'On.' })];
    }
    case 'remember':
      return (await read.row('memories', memoryId)) !== undefined || (await read.history('memories', memoryId, 1)).length > 0
        ? []
        : [inTurn(chat, head, 'memory_written', { memoryId, ownerId: 'mara', continuityId: 'k', kind: 'turn', text: memoryId, witnesses: ['p', 'mara'], clock: null, sceneId: null, aboutTurnId: null, source: 'direct', reliability: 1, significance: n % 3 === 0 ? 3 : 1, quotes: [] })];
    case 'pin':
      return pinMemory(state, await lookAt(read, memoryId)).events;
    case 'score':
      return scoreMemory(state, await lookAt(read, memoryId), n % 2 === 0 ? 3 : 0).events;
    case 'unpin':
      return unpinMemory(state, await lookAt(read, memoryId)).events;
    case 'move': {
      const ours = turns.filter((turnId) => turnId.startsWith(chat));
      const to = ours[n % ours.length];
      return to === undefined || to === head ? [] : [inChat(chat, 'head_moved', { to, from: head, reason: 'rewind' })];
    }
  }
}

/** The other chat pins what this one remembers, and this one is rewound past it. */
const GHOST: Step[] = [{ what: 'turn', chat: 'a', n: 0 }, { what: 'remember', chat: 'a', n: 1 }, { what: 'pin', chat: 'b', n: 1 }, { what: 'move', chat: 'a', n: 0 }];
const BY_SCORE: Step[] = GHOST.map((step) => (step.what === 'pin' ? { what: 'score', chat: 'b', n: 22 } : step.what === 'remember' ? { ...step, n: 22 } : step));

async function pinsIn(store: Store): Promise<Row<'pins'>['pins']> {
  return (await store.read.row('pins', 'k/mara'))?.pins ?? [];
}

test('ME-4 TL-4 whatever two chats of a bot pin and rewind: what is not remembered takes no place among the eight pins', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (played) => {
      await using library = await testLibrary();
      const { store } = library;
      await store.execute({ id: 'opening', actor: 'person', at: AT }, () => ({ events: opening(), answer: null }));
      const turns: string[] = CHATS.map((chat) => `${chat}0`);
      for (const [at, step] of played.entries()) {
        await store
          .execute({ id: `c${at}`, actor: 'person', at: AT }, async (read) => ({ events: await act(read, step, turns), answer: null }))
          .catch((problem: unknown) => {
            // Eight by hand already, or no such memory.
            if (!(problem instanceof DomainError)) throw problem;
          });
        const pins = await pinsIn(store);
        expect(pins.length).toBeLessThanOrEqual(8);
        for (const { memoryId } of pins) expect(await store.read.row('memories', memoryId), `step ${at}: ${memoryId} is pinned`).toBeDefined();
      }
      const before = await store.read.rows('pins', {});
      await store.rebuild();
      expect(await store.read.rows('pins', {})).toEqual(before);
    }),
    { numRuns: Number(process.env['OFFSTAGE_PLAYS'] ?? 12), examples: [[GHOST], [BY_SCORE]] },
  );
}, 120_000);
