import { z } from 'zod';
import { DomainError } from './errors.ts';
import { text } from './text.ts';
import { cleanText } from './words.ts';

const named = z.string().max(200);
const gain = z.object({ who: named, thing: text(300), note: text(2_000).default('') });
const lesson = z.object({ who: named, about: named, fact: text(1_000) });
const feeling = z.object({ who: named, about: named, words: text(4_000) });

/** What comes of a plan that is carried through, as its props say (EV-3). People are ids. */
export interface Outcome {
  readonly gains: readonly z.output<typeof gain>[];
  readonly learns: readonly z.output<typeof lesson>[];
  readonly feels: readonly z.output<typeof feeling>[];
}

/** Of each kind, at most. */
const EACH_MOST = 12;
/** Characters that props may have as JSON, and how deep they may be nested. */
const PROPS_MOST = 20_000;
const DEPTH_MOST = 8;
/** Characters of a text in them, and of a name. */
const TEXT_MOST = 4_000;
const NAME_MOST = 60;

/** How each part has to look, in words for whoever writes it by hand. */
const PARTS = {
  gains: { item: gain, like: '{"who": "Mara", "thing": "a brass key"}' },
  learns: { item: lesson, like: '{"who": "Mara", "about": "Ava", "fact": "Ava can swim."}' },
  feels: { item: feeling, like: '{"who": "Mara", "about": "Ava", "words": "A friend."}' },
} as const;

/** What the props promise; what is not as it should be is left out, for old logs hold anything. */
export function outcomeIn(props: Readonly<Record<string, unknown>>): Outcome {
  return { gains: read(props['gains'], gain), learns: read(props['learns'], lesson), feels: read(props['feels'], feeling) };
}

function read<T extends { readonly who: string }>(list: unknown, item: z.ZodType<T>): T[] {
  if (!Array.isArray(list)) return [];
  return list.slice(0, EACH_MOST).flatMap((one) => {
    const parsed = item.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
}

/**
 * Props as they are kept: people named in what is to come of the plan become ids, so that they are found again under
 * any name. Throws DomainError `invalid` or `too_long`, field `props`, with what to mend.
 */
export function checkedProps(props: Readonly<Record<string, unknown>>, who: (name: string) => string | undefined): Record<string, unknown> {
  if (depthOf(props) > DEPTH_MOST) throw invalid(`These details are nested more than ${DEPTH_MOST} deep. Lay them out flatter.`);
  if (JSON.stringify(props).length > PROPS_MOST) {
    throw new DomainError('too_long', `These details may be at most ${PROPS_MOST.toLocaleString('en')} characters long in all.`, ['props']);
  }
  const kept: Record<string, unknown> = {};
  for (const [raw, value] of Object.entries(props)) {
    const name = cleanText(raw).trim();
    if (name === '' || name.length > NAME_MOST) throw invalid(`Each detail needs a name of at most ${NAME_MOST} characters.`);
    if (typeof value === 'string' && value.length > TEXT_MOST) throw invalid(`\u201C${name}\u201D may be at most ${TEXT_MOST.toLocaleString('en')} characters long.`);
    const part = Object.hasOwn(PARTS, name) ? PARTS[name as keyof typeof PARTS] : undefined;
    kept[name] = part === undefined ? (typeof value === 'string' ? cleanText(value).trim() : value) : promised(name, value, part, who);
  }
  return kept;
}

function promised(name: string, value: unknown, { item, like }: (typeof PARTS)[keyof typeof PARTS], who: (name: string) => string | undefined): unknown[] {
  if (!Array.isArray(value) || value.length > EACH_MOST) throw invalid(`\u201C${name}\u201D has to be a list of at most ${EACH_MOST}, each like ${like}.`);
  return value.map((one) => {
    const parsed = item.safeParse(one);
    if (!parsed.success) throw invalid(`Each of \u201C${name}\u201D has to be like ${like}.`);
    const found: Record<string, string> = { ...parsed.data };
    for (const [field, text] of Object.entries(found)) {
      if (field !== 'note' && text.trim() === '') throw invalid(`Something is left empty in \u201C${name}\u201D: each has to be like ${like}.`);
      if (field !== 'who' && field !== 'about') continue;
      const id = who(text);
      if (id === undefined) throw invalid(`Nobody called \u201C${text}\u201D is in this story.`);
      found[field] = id;
    }
    if (found['about'] !== undefined && found['about'] === found['who']) throw invalid(`In \u201C${name}\u201D somebody is named twice: one learns or feels about another.`);
    return found;
  });
}

function invalid(message: string): DomainError {
  return new DomainError('invalid', message, ['props']);
}

/** How deep a value is nested, as far as it matters; without recursion, since it comes from outside. */
function depthOf(value: unknown): number {
  let level: unknown[] = [value];
  let depth = 0;
  while (level.length > 0 && depth <= DEPTH_MOST) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? (Object.values(one) as unknown[]) : []));
    depth++;
  }
  return depth;
}
