/** Why something did not work: a code to switch on, the sentence to show, the fields at fault. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly string[];
}

const SILENCE: Problem = {
  code: 'unreachable',
  message: 'Offstage does not answer. See that it still runs, then try again.',
  fields: [],
};

/** What the server said about an error; where it said nothing, that it could not be reached. */
export function problemOf(error: unknown): Problem {
  const offstage = property(property(error, 'data'), 'offstage');
  const message = property(offstage, 'message');
  if (typeof message !== 'string') return SILENCE;
  const code = property(offstage, 'code');
  const fields = property(offstage, 'fields');
  return {
    code: typeof code === 'string' ? code : 'unexpected',
    message,
    fields: Array.isArray(fields) ? fields.map(String) : [],
  };
}

/** The name of the one form field that a problem is about: the last step of its path that is no number. */
export function fieldOf(problem: Problem): string | undefined {
  return problem.fields[0]?.split('.').findLast((step) => !/^\d*$/.test(step));
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
