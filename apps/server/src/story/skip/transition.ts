import type { LogEvent, Row } from '@offstage/domain';
import { storyText } from '@offstage/domain/segments';
import { wordsOf } from '@offstage/domain/words';
import type { Message } from '@offstage/model';
import { fromTemplate } from '../../prompt/templates.ts';
import { doingInWords, timeInWords } from '../../prompt/words.ts';
import type { Kit } from '../kit.ts';

type Tools = Pick<Kit, 'store' | 'people' | 'config'>;

/** Turns before the skip that are shown, for their tone, and characters of each. */
const BEFORE = 8;
const SHOWN_OF_TURN = 1_200;

/**
 * What the narrator is asked for the words of a skip. It is told what all who are present witnessed and nothing else, for
 * all of them read what it writes (ME-2).
 */
export async function transitionMessages({ store: { read }, people, config }: Tools, skip: Row<'turns'>, started: LogEvent<'skip_started'>['payload']): Promise<readonly Message[]> {
  const { chatId, witnesses } = skip;
  const names = await people.names(witnesses);
  const [stage, activities] = await Promise.all([read.row('stages', chatId), read.rows('activities', { chatId })]);
  const scene = stage?.sceneId == null ? undefined : await read.row('scenes', stage.sceneId);
  const place = scene?.containerId == null ? undefined : await read.row('containers', scene.containerId);
  const markers = { ooc: config.current.chat.ooc };
  const reader = witnesses.find((id) => id !== null) ?? '';
  const common = (await read.witnessed(chatId, reader, BEFORE * 2))
    .filter((turn) => turn.turnId !== skip.turnId && turn.kind !== 'kickoff' && witnesses.every((id) => turn.witnesses.includes(id)))
    .slice(-BEFORE);
  const before = common.flatMap((turn) => {
    const words = storyText(wordsOf(turn), markers).slice(0, SHOWN_OF_TURN).toWellFormed();
    return words === '' ? [] : [turn.speakerId === null ? words : `${names.get(turn.speakerId) ?? 'Someone'}: ${words}`];
  });
  const doing = witnesses.flatMap((id) => {
    const activity = activities.find(({ entityId }) => entityId === id);
    const words = activity === undefined ? '' : doingInWords(activity);
    return words === '' ? [] : [`${names.get(id) ?? 'Someone'}: ${words}`];
  });
  const told = [
    `# Present\n${[...names.values()].join(', ')}`,
    [
      '# The scene',
      place === undefined ? '' : `Place: ${place.name}. ${place.description}`.trim(),
      started.from === null ? '' : `It was: ${timeInWords(started.from)}`,
      started.to === null ? '' : `It is now: ${timeInWords(started.to)}`,
      stage === undefined || stage.weather === '' ? '' : `Weather before: ${stage.weather}`,
      ...doing,
    ].filter((line) => line !== '').join('\n'),
    before.length === 0 ? '' : `# Before\n${before.join('\n')}`,
    started.notable === '' ? '' : `# In between\n${started.notable}`,
    `# What to skip\n${storyText(started.asked, markers)}`,
    started.nudge === undefined || started.nudge === '' ? '' : `# How it should go\n${started.nudge}`,
  ].filter((part) => part !== '').join('\n\n');
  return [
    { role: 'system', content: fromTemplate(started.mode === 'jump' ? 'skip-jump' : 'skip-elision', {}) },
    { role: 'user', content: told },
  ];
}
