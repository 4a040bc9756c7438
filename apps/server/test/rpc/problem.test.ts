import { expect, test } from 'vitest';
import { z } from 'zod';
import { problemOf } from '../../src/rpc/problem.ts';

test.each([
  [z.iso.datetime(), 'tomorrow', 'Field: This is no date and time.'],
  [z.string().max(80), 'x'.repeat(81), 'Field: This may be at most 80 characters long.'],
  [z.array(z.string()).max(2), ['a', 'b', 'c'], 'Field: This may be at most 2 in number.'],
  [z.number().min(1), 0, 'Field: This should be at least 1.'],
  [z.int().max(64), 0.5, 'Field: This should be a whole number.'],
  [z.number(), 'x', 'Field: This should be a number.'],
  [z.string(), null, 'Field: This is missing, or is not what belongs here.'],
  [z.enum(['shared', 'own']), 'x', 'Field: This cannot be used as it is.'],
  [z.string().min(1, 'Invalidate nothing: words of our own stay.'), '', 'Field: Invalidate nothing: words of our own stay.'],
])('OP-8 a refusal speaks plainly where a shape has no words of its own: %#', (shape, value, message) => {
  const { error } = z.object({ field: shape }).safeParse({ field: value });
  expect(problemOf(error)).toEqual({ code: 'invalid', message, fields: ['field'] });
});
