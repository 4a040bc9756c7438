import type { Row } from '@offstage/domain';
import type { Block } from '../block.ts';
import { nameOf } from '../block.ts';
import { fromTemplate } from '../templates.ts';

/** Where and when the turn is played, who is there and what each is doing, and whose turn it is. */
export const scene: Block = {
  name: 'scene',
  tier: 'must',
  position: 'late',
  render: (context) => {
    const { place, stage, speaker } = context;
    const lines = [
      place && `Place: ${[place.name, place.type].filter((part) => part !== '').join(', ')}`,
      place && place.description.trim() !== '' && `About the place: ${place.description.trim()}`,
      stage?.clock != null && `Time: ${timeInWords(stage.clock)}${stage.anchor === null ? '' : ` (${stage.anchor})`}`,
      stage !== undefined && stage.weather.trim() !== '' && `Weather: ${stage.weather}`,
      `Present: ${context.present.map((entityId) => nameOf(context, entityId)).join(', ')}`,
      ...context.activities.map((activity) => {
        const doing = doingInWords(activity);
        return doing !== '' && `${nameOf(context, activity.entityId)}: ${doing}`;
      }),
    ].filter((line) => typeof line === 'string');
    const addressee = context.addresseeId === null ? 'those present' : nameOf(context, context.addresseeId);
    return `# Scene\n${lines.join('\n')}\n\n${fromTemplate('turn', { char: speaker.name, addressee })}`;
  },
};

const CLOCK = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

function timeInWords(clock: string): string {
  return CLOCK.format(new Date(clock));
}

function doingInWords(activity: Row<'activities'>): string {
  return [
    activity.posture,
    activity.slot,
    activity.action?.verb ?? '',
    activity.holding.length === 0 ? '' : `holding ${activity.holding.join(', ')}`,
    activity.attention === '' ? '' : `attention on ${activity.attention}`,
    ...Object.entries(activity.status).map(([what, how]) => `${what}: ${how}`),
  ].filter((part) => part.trim() !== '').join(', ');
}
