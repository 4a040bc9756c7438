import type { KickoffDraft } from '@offstage/domain/commands/kickoff';

/** Characters of a title. */
const TITLE_MOST = 200;

const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });
const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/**
 * A title by which a chat is told from the others of its bot, whose titles are `taken`: as it is where none has it, else with its place, its
 * day or its date behind it, else with a number.
 */
export function titleApart({ title, place, clock }: Pick<KickoffDraft, 'title' | 'place' | 'clock'>, taken: readonly string[]): string {
  const known = new Set(taken.map(plain));
  const day = new Date(clock);
  const said = (words: string): boolean => plain(title).includes(plain(words));
  const told = [place.name, WEEKDAY.format(day), DATE.format(day)].filter((words) => !said(words)).map((words) => `${title}, ${words}`);
  const free = [title, ...told].find((one) => one.length <= TITLE_MOST && !known.has(plain(one)));
  if (free !== undefined) return free;
  // A story may have a number already.
  const [, root = title] = /^(.*?)(?: \(\d+\))?$/s.exec(title) ?? [];
  for (let n = 2; ; n++) {
    const end = ` (${n})`;
    const numbered = `${root.slice(0, TITLE_MOST - end.length).toWellFormed()}${end}`;
    if (!known.has(plain(numbered))) return numbered;
  }
}

/** A title as eyes read it. */
function plain(title: string): string {
  return title.toLowerCase().replaceAll(/\s+/g, ' ').trim();
}
