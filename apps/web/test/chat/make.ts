import type { Row } from '@offstage/domain';

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
