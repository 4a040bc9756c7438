import type { KickoffDraft } from '@offstage/domain/commands/kickoff';

interface Doing {
  readonly posture: string;
  readonly action: string;
  /** Parted by commas. */
  readonly holding: string;
}

/** An opening as its form holds it: the time as the clock control wants it, lists as text. */
export interface KickoffForm extends Omit<KickoffDraft, 'clock' | 'you' | 'bot' | 'greeting' | 'anchor'> {
  /** `2026-03-05T18:30`, the fiction's own time. */
  readonly when: string;
  readonly anchor: string;
  readonly you: Doing;
  readonly bot: Doing;
  readonly greeting: string;
}

export function formOf({ clock, anchor, you, bot, greeting, ...rest }: KickoffDraft): KickoffForm {
  return { ...rest, when: clock.slice(0, 16), anchor: anchor ?? '', you: doingOf(you), bot: doingOf(bot), greeting: greeting ?? '' };
}

/** The opening that the form describes. An empty time is left as it was read. */
export function draftFrom({ when, anchor, you, bot, greeting, ...rest }: KickoffForm, read: KickoffDraft): KickoffDraft {
  return {
    ...rest,
    clock: instantOf(when) ?? read.clock,
    anchor: anchor.trim() === '' ? null : anchor,
    you: { ...you, holding: byCommas(you.holding) },
    bot: { ...bot, holding: byCommas(bot.holding) },
    greeting: greeting.trim() === '' ? null : greeting,
  };
}

function instantOf(when: string): string | undefined {
  const time = Date.parse(`${when}Z`);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function doingOf({ posture, action, holding }: KickoffDraft['you']): Doing {
  return { posture, action, holding: holding.join(', ') };
}

function byCommas(text: string): string[] {
  return text.split(',').map((part) => part.trim()).filter((part) => part !== '');
}

/** Place, time and weather in one line, as a scene is announced. */
export function sceneLine({ place, when, weather }: KickoffForm): string {
  const time = Date.parse(`${when}Z`);
  const moment = Number.isNaN(time)
    ? ''
    : new Date(time).toLocaleString('en-GB', { weekday: 'long', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).replace(' at ', ', ').replace(/ (?=\d)/, ', ').replace(',,', ',');
  return [place.name, moment, weather].filter((part) => part.trim() !== '').join(' · ');
}
