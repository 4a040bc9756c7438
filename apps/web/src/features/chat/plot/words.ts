import type { Row } from '@offstage/domain';
import type { CastMember, ChatOpen } from '../model/state.ts';
import { nameIn } from '../model/state.ts';

export type Plan = Row<'storyEvents'>;
export type Props = Plan['props'];

/** How a plan that is over ended. */
export const ENDED = { completed: 'came to pass', cancelled: 'called off', expired: 'its time went by' } as const;

/** `Ada and Halina`; "nobody" for none. */
export function namesOf(open: ChatOpen, ids: readonly string[]): string {
  const names = ids.map((id) => nameIn(open, id));
  const last = names.pop();
  if (last === undefined) return 'nobody';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

/** What a completed plan brings, by the name under which its details hold it. */
const BRINGS = ['gains', 'learns', 'feels'] as const;

type Promised = Readonly<Record<string, string>>;

/** The entries of one kind that are as they should be. */
function promisedIn(props: Props, kind: (typeof BRINGS)[number]): readonly Promised[] {
  const list = props[kind];
  return Array.isArray(list) ? list.filter((one): one is Promised => typeof one === 'object' && one !== null) : [];
}

/** `Mara will have a brass key`: each thing that a plan brings, in a sentence. */
export function broughtInWords(props: Props, open: ChatOpen): readonly string[] {
  const name = (id: string | undefined): string => nameIn(open, id ?? null);
  return [
    ...promisedIn(props, 'gains').map(({ who, thing }) => `${name(who)} will have ${thing ?? 'something'}`),
    ...promisedIn(props, 'learns').map(({ who, about, fact }) => `${name(who)} learns of ${name(about)}: ${fact ?? ''}`),
    ...promisedIn(props, 'feels').map(({ who, about, words }) => `${name(who)} will think of ${name(about)}: ${words ?? ''}`),
  ];
}

/** Details that are plain texts: they are told to the bots who know of the plan. */
export function textsIn(props: Props): readonly (readonly [name: string, value: string])[] {
  return Object.entries(props).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
}

/** Details as JSON, people by their names. */
export function asJson(props: Props, cast: readonly CastMember[]): string {
  const named = (value: unknown, key: string): unknown =>
    key === 'who' || key === 'about' ? (cast.find(({ entityId }) => entityId === value)?.name ?? value) : value;
  const shown = Object.fromEntries(
    Object.entries(props).map(([name, value]) => [
      name,
      BRINGS.some((kind) => kind === name) && Array.isArray(value)
        ? value.map((one: unknown) => (typeof one === 'object' && one !== null ? Object.fromEntries(Object.entries(one).flatMap(([key, inner]: [string, unknown]) => (key === 'note' && inner === '' ? [] : [[key, named(inner, key)]]))) : one))
        : value,
    ]),
  );
  return JSON.stringify(shown, null, 2);
}

/** What is written as JSON: the details, or what is wrong with it in a sentence. */
export function readJson(text: string): { readonly props: Props } | { readonly problem: string } {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { problem: 'The details have to stand between { and }, each as "name": "value".' };
    return { props: value as Props };
  } catch (error) {
    return { problem: `This cannot be read yet${lineOf(text, error)}. Names and texts stand in double quotes, with commas between.` };
  }
}

/** `: something is wrong in line 3`, as far as the reader of JSON says where. */
function lineOf(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const position = /position (\d+)/.exec(message)?.[1];
  const line = /line (\d+)/.exec(message)?.[1] ?? (position === undefined ? undefined : String(text.slice(0, Number(position)).split('\n').length));
  if (line !== undefined) return `: something is wrong in line ${line}`;
  return message.includes('end of JSON') || message.includes('end of data') ? ': it ends too early' : '';
}
