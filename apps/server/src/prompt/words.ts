import type { Row } from '@offstage/domain';

export { timeInWords } from '@offstage/domain/storyTime';

/** Things in somebody's hands that are told, and characters of what they do in all: whoever notes more must not fill a prompt. */
const HELD_MOST = 8;
const DOING_MOST = 400;

/** What somebody does, in one line of at most 400 characters; empty where nothing is known. */
export function doingInWords(activity: Row<'activities'>): string {
  const line = [
    activity.posture,
    activity.slot,
    activity.action?.verb ?? '',
    activity.holding.length === 0 ? '' : `holding ${activity.holding.slice(0, HELD_MOST).join(', ')}`,
    activity.attention === '' ? '' : `attention on ${activity.attention}`,
    ...Object.entries(activity.status).map(([what, how]) => `${what}: ${how}`),
  ].filter((part) => part.trim() !== '').join(', ');
  return line.length <= DOING_MOST ? line : `${line.slice(0, DOING_MOST).toWellFormed()}…`;
}
