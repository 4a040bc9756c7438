import type { KickoffForm } from './form.ts';

/** What every part of the opening's form is given. */
export interface PartProps {
  readonly form: KickoffForm;
  /** What is wrong with a field, by its path in the draft. */
  readonly errorOf: (name: string) => string | undefined;
  readonly onChange: (part: Partial<KickoffForm>) => void;
}
