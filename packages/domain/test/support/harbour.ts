import type { NewEvent } from '../../src/catalogue.ts';
import { inLibrary } from '../../src/catalogue.ts';
import { beginChat } from '../../src/commands/kickoff.ts';
import type { BeginChat, KickoffDraft } from '../../src/commands/kickoff.ts';
import type { Standing } from '../../src/commands/send.ts';
import { given } from './given.ts';

/** A small story to test with: Ava meets Mara at the harbour. */
export const people: readonly NewEvent[] = [
  inLibrary('persona_authored', { personaId: 'ava', identity: { name: 'Ava' } }),
  inLibrary('bot_authored', { botId: 'mara', identity: { name: 'Mara', persona: 'Keeps the light.' } }),
];

export const draft: KickoffDraft = {
  title: 'The harbour',
  place: { name: 'The harbour', type: 'quay', description: 'Wet stone.' },
  clock: '2031-05-06T18:00:00.000Z',
  anchor: 'Day 1 = Tuesday',
  weather: 'Rain',
  you: { posture: 'standing', action: 'waiting', holding: ['an umbrella'] },
  bot: { posture: 'sitting', action: '', holding: [] },
  edge: { affinity: 60, trust: 40, summary: 'A stranger.' },
  greeting: 'You are late.',
  prose: 'Mara waits at the harbour.',
};

export function opening(changes: Partial<BeginChat> = {}): NewEvent[] {
  return beginChat({
    chatId: 'c1',
    botId: 'mara',
    personaId: 'ava',
    continuityId: 'shared',
    newContinuity: { name: 'Shared story', shared: true },
    draft,
    kickoffTurnId: 't0',
    greetingTurnId: 't1',
    containerId: 'harbour',
    sceneId: 's1',
    ...changes,
  });
}

/** What a command on the chat is given after these events. */
export function standing(events: readonly NewEvent[]): Standing {
  const world = given(events);
  const chat = world.row('chats', 'c1');
  const stage = world.row('stages', 'c1');
  return {
    chat,
    head: world.row('turns', chat?.head ?? ''),
    stage,
    scene: world.row('scenes', stage?.sceneId ?? ''),
  };
}
