import type { Block, PromptContext } from '../block.ts';
import { nameOf } from '../block.ts';
import { fromTemplate } from '../templates.ts';
import { shortened } from '../shorten.ts';
import { doingInWords, timeInWords } from '../words.ts';

/** Characters of a place's description. */
const DESCRIBED = 1_000;

/** Where and when the turn is played, who is there and what each is doing, and whose turn it is. */
export const scene: Block = {
  name: 'scene',
  tier: 'must',
  position: 'late',
  label: () => 'The scene',
  render: (context) => {
    const { place, stage, speaker } = context;
    const lines = [
      place && `Place: ${[place.name, place.type].filter((part) => part !== '').join(', ')}`,
      place && place.description.trim() !== '' && `About the place: ${shortened(place.description, DESCRIBED)}`,
      stage?.clock != null && `Time: ${timeInWords(stage.clock)}${stage.anchor === null ? '' : ` (${stage.anchor})`}`,
      stage !== undefined && stage.weather.trim() !== '' && `Weather: ${stage.weather}`,
      `Present: ${context.present.map((entityId) => nameOf(context, entityId)).join(', ')}`,
      ...context.activities.map((activity) => {
        const doing = doingInWords(activity);
        return doing !== '' && `${nameOf(context, activity.entityId)}: ${doing}`;
      }),
    ].filter((line) => typeof line === 'string');
    const addressee = context.addresseeId === null ? 'those present' : nameOf(context, context.addresseeId);
    const asks = context.interjecting === true && context.addresseeId !== null ? 'interject' : 'turn';
    return `# Scene\n${lines.join('\n')}\n\n${fromTemplate(asks, { char: speaker.name, addressee })}${othersIn(context)}`;
  },
};

/** Where several others are there it is said by name whose lines are not to be written (GU-2). */
function othersIn(context: PromptContext): string {
  const others = context.present.filter((entityId) => entityId !== context.speaker.botId).map((entityId) => nameOf(context, entityId));
  const last = others.at(-1);
  return last === undefined || others.length < 2 ? '' : ` ${others.slice(0, -1).join(', ')} and ${last} speak for themselves.`;
}
