import type { Answers } from '#lib/trpc.ts';
import type { CastMember } from '../model/state.ts';
import { asJson, readJson } from './words.ts';
import type { Props } from './words.ts';

export type Preset = Answers['plot']['presets'][number];

/** One thing that a plan brings when it comes to pass. */
export interface Brought {
  readonly kind: 'gains' | 'learns' | 'feels';
  readonly who: string;
  readonly about: string;
  readonly text: string;
}

/** A plan that is being written. */
export interface PlanDraft {
  readonly kind: string;
  readonly title: string;
  /** As a field for date and time writes it; empty for none. */
  readonly time: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly brings: readonly Brought[];
  readonly knownTo: readonly string[];
  /** The details as JSON, where they are written so; null where the form is filled in. */
  readonly json: string | null;
}

/** A draft as it begins with a preset: known to those who are there, but for one whom it is to surprise. */
export function draftFrom(preset: Preset | null, clock: string | null, present: readonly CastMember[]): PlanDraft {
  const secret = preset?.secret === true;
  // Whom it is to surprise is most often the host: then nothing of it is in their prompts.
  const surprised = secret ? present.find(({ kind }) => kind === 'bot') : undefined;
  const knowing = present.filter((one) => one !== surprised);
  return {
    kind: preset?.kind ?? '',
    title: preset?.title ?? '',
    time: preset?.days === undefined || clock === null ? '' : timeAfter(clock, preset.days, preset.at),
    fields: Object.entries(preset?.fields ?? {}),
    brings: [],
    knownTo: (knowing.length === 0 ? present : knowing).map(({ entityId }) => entityId),
    json: null,
  };
}

function timeAfter(clock: string, days: number, at: string): string {
  const day = new Date(Date.parse(`${clock.slice(0, 10)}T00:00:00.000Z`) + days * 86_400_000);
  const time = Number.isNaN(day.getTime()) ? '' : `${day.toISOString().slice(0, 10)}T${at}`;
  return time >= clock.slice(0, 16) ? time : '';
}

/** The details that a draft says, or what is wrong with them. */
export function propsOf(draft: PlanDraft): { readonly props: Props } | { readonly problem: string } {
  if (draft.json !== null) return readJson(draft.json);
  const told = draft.fields.filter(([name, value]) => name.trim() !== '' && value.trim() !== '');
  const props: Record<string, unknown> = Object.fromEntries(told);
  for (const kind of ['gains', 'learns', 'feels'] as const) {
    const list = draft.brings.filter((one) => one.kind === kind && one.text.trim() !== '').map((one) => asPromised(one));
    if (list.length > 0) props[kind] = list;
  }
  return { props };
}

function asPromised({ kind, who, about, text }: Brought): Record<string, string> {
  if (kind === 'gains') return { who, thing: text };
  return kind === 'learns' ? { who, about, fact: text } : { who, about, words: text };
}

/** The draft with its details written as JSON, as far as the form was filled in. */
export function inJson(draft: PlanDraft, cast: readonly CastMember[]): PlanDraft {
  const made = propsOf(draft);
  const empty = Object.fromEntries(draft.fields.filter(([, value]) => value.trim() === ''));
  return { ...draft, json: asJson({ ...empty, ...('props' in made ? made.props : {}) }, cast) };
}

/** A draft as it is held while it is written, and read back; null for what is none. */
export const holdDraft = (draft: PlanDraft): string => JSON.stringify(draft);
export function heldDraft(held: string | null): PlanDraft | null {
  // Nothing but this page writes what is held.
  return held === null ? null : (JSON.parse(held) as PlanDraft);
}
