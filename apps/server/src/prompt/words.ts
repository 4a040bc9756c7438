import type { Row } from '@offstage/domain';

const CLOCK = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** Story time as a person says it: "Tuesday 5 October 1889 at 06:40". */
export function timeInWords(clock: string): string {
  return CLOCK.format(new Date(clock));
}

/** What somebody does, in one line; empty where nothing is known. */
export function doingInWords(activity: Row<'activities'>): string {
  return [
    activity.posture,
    activity.slot,
    activity.action?.verb ?? '',
    activity.holding.length === 0 ? '' : `holding ${activity.holding.join(', ')}`,
    activity.attention === '' ? '' : `attention on ${activity.attention}`,
    ...Object.entries(activity.status).map(([what, how]) => `${what}: ${how}`),
  ].filter((part) => part.trim() !== '').join(', ');
}
