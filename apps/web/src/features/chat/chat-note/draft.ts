import type { Row } from '@offstage/domain';

export type Tuning = Row<'chats'>['tuning'];
type Sampler = NonNullable<Tuning['sampler']>;
export type SamplerName = keyof Sampler;
export type PassName = NonNullable<Tuning['passesOff']>[number];

/** What is noticed after a reply, in words, in order of effect. */
export const PASSES: readonly { readonly name: PassName; readonly words: string }[] = [
  { name: 'memories', words: 'What is remembered, and who was told what' },
  { name: 'significance', words: 'How much it mattered' },
  { name: 'edges', words: 'Whose feelings moved' },
  { name: 'activity', words: 'What people do, and how much time went by' },
  { name: 'plans', words: 'Whether a plan began, came to pass or was called off' },
  { name: 'scene', words: 'Whether the scene ended' },
  { name: 'interjection', words: 'With a guest there: whether the other breaks in' },
  { name: 'meanwhile', words: 'Who goes on, where two are by themselves' },
];

/** The settings of a sampler, with the bounds of each. */
export const SAMPLERS: readonly { readonly name: SamplerName; readonly label: string; readonly hint: string; readonly min: number; readonly max: number; readonly step: number }[] = [
  { name: 'temperature', label: 'Temperature', hint: 'Higher surprises more.', min: 0, max: 5, step: 0.05 },
  { name: 'topP', label: 'Top P', hint: 'Lower keeps to likely words.', min: 0, max: 1, step: 0.01 },
  { name: 'maxTokens', label: 'Longest reply', hint: 'In tokens; a word has one or two.', min: 1, max: 32_000, step: 1 },
  { name: 'presencePenalty', label: 'Presence penalty', hint: 'Higher moves on to new things.', min: -2, max: 2, step: 0.1 },
  { name: 'frequencyPenalty', label: 'Frequency penalty', hint: 'Higher repeats less.', min: -2, max: 2, step: 0.1 },
];

/** What stands in the form: numbers as they are typed. */
export interface TuningDraft {
  readonly note: string;
  readonly depth: string;
  readonly sampler: Readonly<Record<SamplerName, string>>;
  /** Null follows the settings. */
  readonly passesOff: readonly PassName[] | null;
}

/** A chat's own settings as the form shows them. */
export function draftOf({ note, sampler, passesOff }: Tuning): TuningDraft {
  const text = (name: SamplerName): string => String(sampler?.[name] ?? '');
  return {
    note: note?.text ?? '',
    depth: String(note?.depth ?? 0),
    sampler: {
      temperature: text('temperature'),
      topP: text('topP'),
      maxTokens: text('maxTokens'),
      presencePenalty: text('presencePenalty'),
      frequencyPenalty: text('frequencyPenalty'),
    },
    passesOff,
  };
}

/** What the form says, as the server takes it; or which field cannot be taken, and why. */
export type DraftRead = { readonly tuning: Tuning } | { readonly field: string; readonly problem: string };

/** Reads the form. */
export function readDraft(draft: TuningDraft): DraftRead {
  const depth = Number(draft.depth.trim() === '' ? '0' : draft.depth);
  if (!Number.isInteger(depth) || depth < 0 || depth > 100) return { field: 'depth', problem: 'A whole number from 0 to 100.' };
  const sampler: Partial<Record<SamplerName, number>> = {};
  for (const { name, min, max } of SAMPLERS) {
    const typed = draft.sampler[name].trim();
    if (typed === '') continue;
    const value = Number(typed);
    const whole = name !== 'maxTokens' || Number.isInteger(value);
    if (!Number.isFinite(value) || !whole || value < min || value > max) {
      return { field: name, problem: `A ${name === 'maxTokens' ? 'whole ' : ''}number from ${min} to ${max.toLocaleString('en')}, or nothing.` };
    }
    sampler[name] = value;
  }
  const note = draft.note.trim() === '' ? null : { text: draft.note, depth };
  return { tuning: { note, sampler: Object.keys(sampler).length === 0 ? null : sampler, passesOff: draft.passesOff === null ? null : [...draft.passesOff] } };
}
