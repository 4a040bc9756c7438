import type { Row } from '@offstage/domain';
import type { ChatOpen } from '../../src/features/chat/model/state.ts';

/** A turn of chat `c`, with what a test wants to say of it. */
export function turnOf(told: Partial<Row<'turns'>> & Pick<Row<'turns'>, 'turnId' | 'depth'>): Row<'turns'> {
  return {
    chatId: 'c',
    parentId: null,
    kind: 'assistant',
    speakerId: 'mara',
    addresseeId: 'you',
    sceneId: 's1',
    witnesses: ['you', 'mara'],
    clock: '2026-03-03T18:40:00Z',
    text: '',
    edited: null,
    hidden: false,
    status: 'whole',
    truncated: false,
    finishReason: 'stop',
    problem: null,
    usage: null,
    model: 'm',
    startedAt: '2026-11-21T05:00:00Z',
    ...told,
  };
}

/** A chat as it opens, with what a test wants to say of it. */
export function openOf(told: Partial<ChatOpen> = {}): ChatOpen {
  return {
    cursor: 'e.10',
    chat: {
      chatId: 'c',
      kind: 'roleplay',
      title: 'The last ferry',
      hostId: 'mara',
      personaId: 'you',
      continuityId: 'k',
      model: null,
      tuning: { note: null, sampler: null, passesOff: null },
      head: null,
      movedSeq: 0,
      createdAt: '2026-11-21T05:00:00Z',
      touchedAt: '2026-11-21T05:00:00Z',
    },
    bot: { botId: 'mara', name: 'Mara', avatar: null, hue: 1 },
    persona: { personaId: 'you', name: 'Ann' },
    cast: [
      { entityId: 'you', name: 'Ann', hue: 7, avatar: null, kind: 'you' },
      { entityId: 'mara', name: 'Mara', hue: 1, avatar: null, kind: 'bot' },
    ],
    head: 't0',
    headDepth: 0,
    branch: null,
    streaming: null,
    modelName: 'rehearsal',
    scripted: true,
    question: null,
    others: [],
    turns: [],
    ...told,
  };
}

/** A memory of Mara's, with what a test wants to say of it. */
export function memoryOf(told: Partial<Row<'memories'>> & Pick<Row<'memories'>, 'memoryId' | 'bornSeq'>): Row<'memories'> {
  return {
    ownerId: 'mara',
    continuityId: 'k',
    chatId: 'c',
    turnId: 't1',
    kind: 'turn',
    text: 'Ann to me: hello',
    witnesses: ['you', 'mara'],
    clock: null,
    sceneId: null,
    source: 'direct',
    reliability: 1,
    significance: 0,
    quotes: [],
    coveredBy: null,
    ...told,
  };
}
