import type { LogEvent, NewEvent } from '@offstage/domain';
import { inChat, inLibrary, inTurn, timelineOf } from '@offstage/domain';
import { purgeBranches } from '@offstage/domain/commands/purge';
import type { ChatRow } from '@offstage/domain/projections/chats';
import type { Purged } from '@offstage/domain/purged';
import fc from 'fast-check';

/** One step of random play: what to do, and numbers with which to choose among what is there. */
export interface Step {
  readonly do: (typeof DOINGS)[number];
  readonly chat: number;
  readonly a: number;
  readonly b: number;
}

const DOINGS = [
  'play', 'play', 'play', 'play', 'burst', 'beside', 'late', 'late', 'move', 'move', 'move', 'reset', 'unreset', 'memory',
  'memory', 'memory', 'pin', 'stage', 'stage', 'interjection', 'interjection', 'plot', 'plot', 'plot', 'scene', 'meanwhile', 'edge', 'edge', 'object', 'library', 'retry', 'rebuild',
  'regenerate', 'undo', 'purge', 'relearn', 'relearn', 'skip',
] as const;

/** What can be done although the chat is gone. */
const CHATLESS: ReadonlySet<Step['do']> = new Set(['reset', 'unreset', 'library', 'retry', 'rebuild', 'purge']);

/** Random plays of 25 to `max` steps. */
export function plays(max: number): fc.Arbitrary<Step[]> {
  const step = fc.record({
    do: fc.constantFrom(...DOINGS),
    chat: fc.nat(2),
    a: fc.nat(9_999),
    b: fc.nat(9_999),
  });
  return fc.array(step, { minLength: 25, maxLength: max });
}

const AT = '2026-03-01T10:00:00.000Z';
const CLOCK = '1889-10-05T06:00:00.000Z';
const CHATS = ['c0', 'c1', 'c2'];
const BOTS = ['b0', 'b1'];

/** What may be found in a turn, and be found anew. */
const FOUND: ReadonlySet<string> = new Set([
  'memory_written', 'memory_scored', 'memory_edited', 'edge_update', 'edge_summarized', 'clock_advanced', 'weather_set', 'activity_set', 'scene_closed', 'scene_opened',
  'story_event_planned', 'story_event_moved', 'thread_opened', 'item_acquired', 'passes_settled', 'scene_settled', 'memory_pinned',
]);

/** Places in the log that no play reaches: a memory that was restored shares its place with no other. */
const NEVER_SEQ = 1_000_000;

/** The continuity that all three chats share, and with it edges, memories and pins. */
const K = 'k';

/** The library and three chats with their kickoffs: what every play starts from. */
export function opening(): NewEvent[] {
  return [
    inLibrary('continuity_created', { continuityId: K, name: 'Shared', shared: true }),
    inLibrary('persona_authored', { personaId: 'p', identity: { name: 'Ada' } }),
    ...BOTS.map((botId) => inLibrary('bot_authored', { botId, identity: { name: botId.toUpperCase() } })),
    ...CHATS.flatMap((chatId) => [
      inChat(chatId, 'chat_created', { kind: 'roleplay', title: chatId, hostId: 'b0', personaId: 'p', continuityId: K }),
      inTurn(chatId, `${chatId}-t0`, 'kickoff_confirmed', { ...turn(null, 0), text: 'It begins.' }),
      // Enough touches of one edge that what follows passes several checkpoints.
      ...Array.from({ length: 60 }, (_, i) =>
        inTurn(chatId, `${chatId}-t0`, 'edge_update', { ...pair('b0', 'p'), affinity: (i % 5) - 2, trust: (i % 3) - 1, facts: [], at: null }),
      ),
      inTurn(chatId, `${chatId}-t0`, 'edge_seeded', { ...pair('b0', 'p'), affinity: 60, trust: 40, summary: 'New.', knowledge: [] }),
    ]),
  ];
}

/** What a step decides, given all that has happened; an empty list where there is nothing to do. */
export function decide(step: Step, events: readonly LogEvent[], n: number): NewEvent[] {
  const chatId = CHATS[step.chat] ?? 'c0';
  const timeline = timelineOf(events);
  const head = timeline.heads.get(chatId) ?? `${chatId}-t0`;
  const nodes = [...timeline.nodes.values()].filter((node) => node.chatId === chatId);
  if (nodes.length === 0 && !CHATLESS.has(step.do)) return [];
  const any = nodes[step.a % nodes.length]?.turnId ?? head;
  const depth = timeline.nodes.get(head)?.depth ?? 0;
  const bot = BOTS[step.b % 2] ?? 'b0';
  const memoryId = `m${step.a % 14}`;
  const ref = { memoryId, ownerId: `b${(step.a % 14) % 2}`, continuityId: K };
  const score = (step.b % 4) as 0 | 1 | 2 | 3;
  const here = step.b % 3 === 0 ? any : head;

  switch (step.do) {
    case 'play': {
      const user = `${chatId}-u${n}`;
      const reply = `${chatId}-a${n}`;
      return [
        inTurn(chatId, user, 'user_turn', { ...turn(head, depth + 1), text: `Words ${n}` }),
        inTurn(chatId, reply, 'assistant_turn_started', { ...turn(user, depth + 2), model: 'm' }),
        ...(step.a % 5 === 0 ? [] : [inTurn(chatId, reply, 'assistant_turn', ended(`Reply ${n}`))]),
        inTurn(chatId, reply, 'memory_written', memory(`m${n}x`, bot, score)),
        inTurn(chatId, reply, 'edge_update', { ...pair(bot, 'p'), affinity: (step.a % 21) - 10, trust: (step.b % 21) - 10, facts: [`f${step.a % 6}`], at: CLOCK }),
        inTurn(chatId, reply, 'clock_advanced', { minutes: step.a % 60 }),
        ...(step.a % 3 === 0 ? [] : [inTurn(chatId, reply, 'passes_settled', {})]),
      ];
    }
    case 'burst':
      return Array.from({ length: 70 }, (_, i) =>
        inTurn(chatId, here, 'edge_update', { ...pair(bot, 'p'), affinity: ((i + step.a) % 21) - 10, trust: (i % 7) - 3, facts: [], at: null }),
      );
    case 'beside': {
      const parent = timeline.nodes.get(any);
      return parent === undefined
        ? []
        : [inTurn(chatId, `${chatId}-s${n}`, 'assistant_turn_started', { ...turn(any, parent.depth + 1), model: 'm' }),
           inTurn(chatId, `${chatId}-s${n}`, 'assistant_turn', ended(`Aside ${n}`)),
           inTurn(chatId, `${chatId}-s${n}`, 'memory_written', memory(`m${n}s`, bot, score))];
    }
    case 'late':
      return [
        [inTurn(chatId, any, 'memory_scored', { ...ref, significance: score, by: 'pass' })],
        [inTurn(chatId, any, 'edge_summarized', { ...pair(bot, 'p'), summary: `Sum ${n}`, prior: '' })],
        [inTurn(chatId, any, 'memory_written', memory(memoryId, ref.ownerId, score))],
        [inTurn(chatId, any, 'turn_edited', { text: `Edited ${n}`, prior: 'x' })],
        [inTurn(chatId, any, 'turn_hidden', { hidden: step.b % 2 === 0 })],
        [inTurn(chatId, any, 'assistant_turn', ended(`Later ${n}`)), inTurn(chatId, any, 'passes_settled', {})],
      ][step.b % 6] ?? [];
    case 'move':
      return any === head ? [] : [inChat(chatId, 'head_moved', { to: any, from: head, reason: 'rewind' })];
    case 'regenerate': {
      const node = timeline.nodes.get(head);
      if (node?.parentId == null) return [];
      const reply = `${chatId}-r${n}`;
      return [
        inChat(chatId, 'head_moved', { to: node.parentId, from: head, reason: 'regenerate' }),
        inTurn(chatId, reply, 'assistant_turn_started', { ...turn(node.parentId, node.depth), model: 'm' }),
        inTurn(chatId, reply, 'assistant_turn', ended(`Another ${n}`)),
        inTurn(chatId, reply, 'memory_written', memory(`m${n}r`, bot, score)),
        inTurn(chatId, reply, 'edge_update', { ...pair(bot, 'p'), affinity: (step.a % 21) - 10, trust: 0, facts: [], at: CLOCK }),
      ];
    }
    case 'undo': {
      const there = [...timeline.heads].filter(([at]) => at !== chatId);
      const moved = (at: string, from: string): NewEvent[] => (from === `${at}-t0` ? [] : [inChat(at, 'head_moved', { to: `${at}-t0`, from, reason: 'reset' })]);
      if (step.b % 2 === 0) return any === head ? [] : [inChat(chatId, 'head_moved', { to: any, from: head, reason: 'rewind' })];
      return [inLibrary('bot_reset', { botId: bot, upTo: events.at(-1)?.seq ?? 0 }), ...moved(chatId, head), ...there.flatMap(([at, from]) => moved(at, from))];
    }
    case 'reset': {
      const upTo = Math.max(0, (events.at(-1)?.seq ?? 0) - (step.a % 12));
      return [inLibrary('bot_reset', { botId: bot, upTo })];
    }
    case 'unreset': {
      const reset = timeline.retractions[step.a % Math.max(1, timeline.retractions.length)];
      return reset === undefined ? [] : [inLibrary('bot_reset_undone', { botId: reset.owner, upTo: reset.upTo })];
    }
    case 'memory':
      return [
        [inTurn(chatId, here, 'memory_written', memory(memoryId, ref.ownerId, score))],
        [inTurn(chatId, here, 'memory_edited', { ...ref, text: `Thought ${n}`, prior: '' })],
        [inTurn(chatId, here, 'memory_deleted', ref)],
        [inTurn(chatId, here, 'memory_covered', { ownerId: ref.ownerId, sceneMemoryId: `sm${n}`, memoryIds: [memoryId, `m${(step.a + 2) % 14}`, memoryId] })],
        [inTurn(chatId, here, 'memory_deleted', ref), inTurn(chatId, here, 'memory_written', { ...memory(memoryId, ref.ownerId, 3), ...(step.a % 2 === 0 && { restored: { chatId: 'c0', bornSeq: NEVER_SEQ + step.a } }) })],
      ][step.b % 5] ?? [];
    case 'pin': {
      if (step.b % 3 === 0) return [inTurn(chatId, here, 'memory_unpinned', ref)];
      // A memory of another chat is held there; now and then nobody has.
      const born = events.findLast((event) => event.kind === 'memory_written' && event.payload.memoryId === memoryId);
      const far = born !== undefined && born.chatId !== null && born.turnId !== null && born.chatId !== chatId;
      const hold = far && step.a % 5 > 0 ? [inTurn(born.chatId, born.turnId, 'memory_held', ref)] : [];
      return [...hold, inTurn(chatId, here, step.b % 3 === 1 ? 'memory_pinned' : 'memory_scored', { ...ref, significance: 3, by: 'hand', ...(far && { held: true as const }) })];
    }
    case 'stage':
      return [
        [inTurn(chatId, here, 'weather_set', { weather: `Rain ${n}` })],
        [inTurn(chatId, here, 'clock_set', { clock: step.a % 5 === 0 ? null : `1889-10-0${1 + (step.a % 8)}T06:00:00.000Z`, anchor: step.a % 2 === 0 ? `Day ${n}` : step.a % 3 === 0 ? '' : null })],
        [inTurn(chatId, here, 'guest_set', { guestId: step.a % 2 === 0 ? 'b1' : null, leaving: step.a % 3 === 0 ? null : (BOTS[step.a % 2] ?? 'b0') })],
        [inTurn(chatId, here, 'activity_set', { entityId: bot, changes: step.a % 2 === 0 ? { posture: `Sits ${n}` } : { holding: ['a cup'] } })],
        [inTurn(chatId, here, 'container_created', { containerId: `${chatId}-p${step.a % 3}`, place: { name: `Pier ${n}`, type: '', description: '', moving: false, public: true, audibleRange: '', parentId: null } })],
        [inTurn(chatId, here, 'container_changed', { containerId: `${chatId}-p${step.a % 3}`, changes: { name: `Quay ${n}` } })],
        [inTurn(chatId, here, 'group_described', { summary: `Three ${n}`, mood: 'wary', knownTo: step.a % 2 === 0 ? BOTS : ['p', ...BOTS.toReversed()] })],
      ][step.b % 7] ?? [];
    case 'interjection':
      return [
        [inTurn(chatId, here, 'interjection_decided', { botId: bot, speaks: step.a % 3 !== 0, addresseeId: null, reason: '' })],
        [inTurn(chatId, here, 'interjection_settled', { botId: bot, interjectionId: step.a % 2 === 0 ? null : any })],
      ][step.b % 2] ?? [];
    case 'scene': {
      const sceneId = `${chatId}-sc${step.a % 3}`;
      if (step.b % 4 === 3) return [inTurn(chatId, here, 'scene_present_changed', { sceneId, present: ['p', BOTS[step.a % 2] ?? 'b0'], presentSet: 'cast' })];
      return step.b % 4 === 0
        ? [inTurn(chatId, here, 'scene_settled', { sceneId, ...(step.a % 2 === 0 && { significance: score }) })]
        : step.b % 4 === 1
          ? [inTurn(chatId, here, 'scene_closed', { sceneId, endedAt: CLOCK, significance: score })]
          : [inTurn(chatId, here, 'scene_opened', { sceneId, containerId: null, startedAt: CLOCK, participants: ['p', ...BOTS], presentSet: 'you_host', parentSceneId: null })];
    }
    case 'meanwhile': {
      const sceneId = `${chatId}-sc${step.a % 3}`;
      const node = timeline.nodes.get(head);
      const steered = (changes: object): NewEvent[] => [inTurn(chatId, here, 'meanwhile_steered', { sceneId, ...changes })];
      return [
        [inTurn(chatId, here, 'scene_opened', { sceneId, containerId: null, startedAt: CLOCK, participants: BOTS, presentSet: 'host_guest', parentSceneId: null, meanwhile: true }),
         inTurn(chatId, here, 'meanwhile_begun', { sceneId, mode: step.a % 2 === 0 ? 'alternate' : 'initiative', turns: 1 + (step.a % 3), nudge: step.a % 4 === 0 ? `Nudge ${n}` : null })],
        [inTurn(chatId, `${chatId}-w${n}`, 'assistant_turn_started', { ...turn(head, (node?.depth ?? 0) + 1), speakerId: bot, sceneId, model: 'm', meanwhile: true }),
         inTurn(chatId, `${chatId}-w${n}`, 'assistant_turn', ended(`Between us ${n}`))],
        steered(step.a % 2 === 0 ? { running: false } : { running: true, turns: 1 + (step.a % 30) }),
        steered(step.a % 3 === 0 ? { nudge: `Then ${n}` } : step.a % 3 === 1 ? { nudge: null } : { nextId: bot, mode: 'alternate' }),
      ][step.b % 4] ?? [];
    }
    case 'edge':
      return step.b % 2 === 0
        ? [inTurn(chatId, here, 'edge_edited', { ...pair(bot, 'p'), changes: step.a % 2 === 0 ? { affinity: step.a % 101 } : { knowledge: [`k${n}`] }, prior: {} })]
        : [inTurn(chatId, here, 'edge_seeded', { ...pair(bot, BOTS[step.a % 2] ?? 'b0'), affinity: 70, trust: 30, summary: 'Old.', knowledge: [] })];
    case 'plot': {
      // What belongs to a chat is never another chat's: its ids are its own.
      const planId = `${chatId}-e${step.a % 4}`;
      const threadId = `${chatId}-th${step.a % 4}`;
      const itemId = `${chatId}-i${step.a % 4}`;
      const digestId = `${chatId}-d${step.a % 4}`;
      const status = (['active', 'completed', 'cancelled', 'expired'] as const)[step.a % 4] ?? 'active';
      return [
        [inTurn(chatId, here, 'story_event_planned', { storyEventId: planId, kind: 'meeting', title: `Plan ${n}`, props: { n }, plannedFor: null, knownTo: [] })],
        [inTurn(chatId, here, 'story_event_moved', { storyEventId: `${chatId}-e${(step.a + step.b) % 4}`, status })],
        [inTurn(chatId, here, 'thread_opened', { threadId, title: `Thread ${n}`, summary: '', sceneId: null, knownTo: [] })],
        [inTurn(chatId, here, 'thread_updated', { threadId, summary: `More ${n}`, sceneId: step.a % 3 === 0 ? null : 's', knownTo: step.a % 2 === 0 ? null : [bot] })],
        [inTurn(chatId, here, 'thread_closed', { threadId })],
        [inTurn(chatId, here, 'item_acquired', { itemId, entityId: bot, name: `Key ${n}`, note: '' })],
        [inTurn(chatId, here, 'item_lost', { itemId, note: `Gone ${n}` })],
        [inTurn(chatId, here, 'digest_written', { digestId, sceneId: 's', text: `Meanwhile ${n}`, knownTo: [] })],
        [inTurn(chatId, here, 'digest_consumed', { digestId })],
        [inTurn(chatId, here, 'story_event_edited', { storyEventId: planId, changes: step.a % 3 === 0 ? { title: `Other ${n}` } : { props: { n }, knownTo: [bot] }, prior: {} })],
        [inTurn(chatId, here, 'story_event_put_back', { storyEventId: planId, status: ([null, 'planned', 'active'] as const)[n % 3] ?? null })],
        [inTurn(chatId, here, 'thread_edited', { threadId, changes: step.a % 3 === 0 ? { title: `Named ${n}` } : { summary: `Said ${n}` }, prior: {} })],
        [inTurn(chatId, here, 'thread_put_back', { threadId })],
        [inTurn(chatId, here, 'item_edited', { itemId, changes: step.a % 3 === 0 ? { entityId: bot } : { name: `Knife ${n}`, note: 'Sharp' }, prior: {} })],
        [inTurn(chatId, here, 'item_put_back', { itemId, there: n % 3 > 0 })],
      ][step.b % 15] ?? [];
    }
    case 'skip': {
      const skip = `${chatId}-k${n}`;
      const plan = { asked: `Skip ${n}`, from: CLOCK, to: step.a % 2 === 0 ? null : CLOCK, closes: step.a % 3 === 0 };
      return [
        [inTurn(chatId, here, 'skip_asked', { ...plan, words: `Then ${n}` })],
        [inTurn(chatId, here, 'skip_answered', {})],
        [
          inTurn(chatId, skip, 'skip_started', { ...turn(head, depth + 1), ...plan, mode: 'jump', notable: '', model: 'm' }),
          inTurn(chatId, skip, 'clock_set', { clock: CLOCK }),
          ...(step.a % 4 === 0 ? [] : [inTurn(chatId, skip, 'skip_ended', ended(`Later ${n}`))]),
        ],
        [inTurn(chatId, skip, 'dice_rolled', { ...turn(head, depth + 1), dice: [1 + (step.a % 6)], sides: 6, plus: 0, text: `Rolls ${n}` })],
      ][step.b % 4] ?? [];
    }
    case 'object':
      return [
        [inChat(chatId, 'chat_titled', { title: `Title ${n}` })],
        [inChat(chatId, 'chat_persona_chosen', { personaId: `p${step.a % 2}` })],
        [inChat(chatId, 'chat_model_chosen', { model: step.a % 2 === 0 ? null : { endpointId: 'e', model: `m${n}` } })],
        [inChat(chatId, 'chat_tuned', step.a % 2 === 0 ? { note: { text: `Note ${n}`, depth: step.a % 5 } } : { passesOff: ['edges'] })],
        [inChat(chatId, 'branch_named', { tipId: any, name: step.a % 3 === 0 ? null : `Branch ${n}` })],
      ][step.b % 5] ?? [];
    case 'library':
      return [
        [inLibrary('bot_authored', { botId: bot, identity: { name: `Bot ${n}` } })],
        [inLibrary('bot_removed', { botId: bot })],
        [inLibrary('persona_authored', { personaId: 'p', identity: { name: `Me ${n}` } })],
        [inLibrary('persona_removed', { personaId: 'p' })],
        [inLibrary('lore_written', { loreId: `l${step.a % 2}`, botId: null, chatId: null, name: `Lore ${n}`, keys: ['k'], secondaryKeys: [], content: '', enabled: true, constant: false, order: n })],
        [inLibrary('lore_removed', { loreId: `l${step.a % 2}` })],
      ][step.b % 6] ?? [];
    case 'relearn': {
      // Of the turn where most is learned, or of any; some of what was found there, withdrawn before or not.
      const turnId = step.b % 2 === 0 ? here : any;
      const found = events.filter((e) => e.turnId === turnId && FOUND.has(e.kind) && (e.seq + step.a) % 3 > 0);
      const places = found.slice(-40).map(({ seq }) => seq);
      const again: NewEvent[] = step.a % 2 === 0 ? [] : [inTurn(chatId, turnId, 'edge_update', { ...pair(bot, 'p'), affinity: (step.a % 21) - 10, trust: 1, facts: [], at: CLOCK }), inTurn(chatId, turnId, 'passes_settled', {})];
      return [inTurn(chatId, turnId, 'turn_relearned', { places, endedSeq: step.a }), ...again];
    }
    case 'retry':
    case 'rebuild':
    case 'purge':
      return [];
    default:
      return step.do satisfies never;
  }
}

/** What takes back what a step moved or reset. */
export function undoing(events: readonly LogEvent[]): NewEvent[] {
  return events.flatMap((event): NewEvent[] => {
    if (event.kind === 'bot_reset') return [inLibrary('bot_reset_undone', event.payload)];
    if (event.kind !== 'head_moved' || event.chatId === null) return [];
    return [inChat(event.chatId, 'head_moved', { to: event.payload.from, from: event.payload.to, reason: 'undo' })];
  });
}

/** What a step deletes for good: a chat, a bot, both, or branches; nothing where there is nothing. */
export function purging(step: Step, events: readonly LogEvent[]): { goes: Purged; stays: NewEvent[] } | undefined {
  const none = new Set<string>();
  const nothing: Purged = { chats: none, turns: none, bots: none, named: none };
  const chatId = CHATS[step.chat] ?? 'c0';
  const timeline = timelineOf(events);
  const tree = [...timeline.nodes.values()].filter((node) => node.chatId === chatId).map((node) => ({ ...node, onPath: timeline.onPath.has(node.turnId) }));
  if (tree.length === 0) return undefined;
  const bots = new Set([BOTS[step.a % 2] ?? 'b0']);
  const name = [...bots].map((botId) => inLibrary('bot_authored', { botId, identity: { name: botId } }));
  switch (step.b % 7) {
    case 0:
      return { goes: { ...nothing, chats: new Set([chatId]) }, stays: [] };
    case 1:
      return { goes: { ...nothing, bots, named: bots }, stays: name };
    case 2:
      return { goes: { ...nothing, bots, chats: new Set([chatId]) }, stays: [] };
    default: {
      const beside = tree.filter(({ onPath }) => !onPath);
      const tipId = step.b % 2 === 0 ? null : beside[step.a % Math.max(1, beside.length)]?.turnId;
      if (beside.length === 0 || tipId === undefined) return undefined;
      const chat = { chatId, title: 'T' } as ChatRow;
      return { ...purgeBranches({ chat, tree, tipId, name: null, typed: 't', streaming: false }), stays: [] };
    }
  }
}

/** The command under which step `n` is written. */
export function commandOf(n: number) {
  return { id: `step-${n}`, actor: 'engine' as const, at: new Date(Date.parse(AT) + n * 1_000).toISOString() };
}

const turn = (parentId: string | null, depth: number) => ({
  parentId, depth, speakerId: 'b0', addresseeId: 'p', sceneId: null, witnesses: ['p', 'b0'], clock: CLOCK,
});
const pair = (source: string, target: string) => ({ continuityId: K, source, target });
const ended = (text: string) => ({ text, truncated: false, finishReason: 'stop' as const, usage: null, problem: null });
const memory = (memoryId: string, ownerId: string, significance: 0 | 1 | 2 | 3) => ({
  memoryId, ownerId, continuityId: K, kind: 'turn' as const, text: `Memory ${memoryId}`, witnesses: ['p', ownerId], clock: CLOCK,
  sceneId: null, aboutTurnId: null, source: 'direct', reliability: 1, significance,
});
