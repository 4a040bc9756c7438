import { parse } from 'smol-toml';
import { z } from 'zod';

const preset = z.strictObject({
  kind: z.string().trim().min(1).max(100),
  title: z.string().trim().min(1).max(300),
  days: z.number().int().min(0).max(36_500).optional(),
  at: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'has to look like "19:00"').default('12:00'),
  fields: z.record(z.string().min(1).max(60), z.string().max(4_000)).default({}),
  secret: z.boolean().default(false),
});

/** A kind of plan that is offered (EV-1). */
export type PlanPreset = z.output<typeof preset>;

const file = z.strictObject({ plan: z.array(preset).min(1, 'needs at least one [[plan]]').max(30) });

/** The kinds of plans that a text names. Throws Error with a sentence about what is wrong with it. */
export function presetsIn(text: string): readonly PlanPreset[] {
  const problem = presetsProblem(text);
  if (problem !== null) throw new Error(problem);
  return file.parse(parse(text)).plan;
}

/** What is wrong with a text of kinds of plans, in a sentence; null where nothing is. */
export function presetsProblem(text: string): string | null {
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (error) {
    const at = error instanceof Error && 'line' in error && typeof error.line === 'number' ? `Line ${error.line} of it` : 'It';
    return `${at} cannot be read as a list of plans. Names stand before a =, texts in double quotes.`;
  }
  const read = file.safeParse(raw);
  if (read.success) return null;
  const issue = read.error.issues[0];
  const [, nth, field] = issue?.path ?? [];
  const where = typeof nth === 'number' ? `Plan ${nth + 1}${field === undefined ? '' : `, ${String(field)}`}` : 'This text';
  return `${where}: ${issue?.message ?? 'cannot be used'}.`;
}
