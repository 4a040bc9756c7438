import { expect, test } from 'vitest';
import { fieldOf, problemOf } from '../../src/lib/problem.ts';

test('OP-8 a refusal keeps its sentence and names its field', () => {
  const problem = problemOf({ data: { offstage: { code: 'invalid', message: 'Name: This may not be empty.', fields: ['identity.name'] } } });
  expect(problem).toEqual({ code: 'invalid', message: 'Name: This may not be empty.', fields: ['identity.name'] });
  expect(fieldOf(problem)).toBe('name');
});

test('OP-8 an item of a list is shown at its list', () => {
  expect(fieldOf({ code: 'invalid', message: '', fields: ['identity.traits.3'] })).toBe('traits');
  expect(fieldOf({ code: 'busy', message: '', fields: [] })).toBeUndefined();
});

test('LV-5 silence is said as silence', () => {
  expect(problemOf(new TypeError('Failed to fetch')).code).toBe('unreachable');
  expect(problemOf(undefined).code).toBe('unreachable');
});
