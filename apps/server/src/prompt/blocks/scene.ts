import type { Block } from '../block.ts';
import { nameOf } from '../block.ts';
import { fromTemplate } from '../templates.ts';
import { doingInWords, timeInWords } from '../words.ts';

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
