import { expect, test } from 'vitest';
import { samplerFor } from '../../src/prompt/sampler.ts';

test('PR-7 what a chat sets for itself comes before the settings, the rest stays', () => {
  expect(samplerFor({ temperature: 0.8, topP: 0.9, stop: ['x'] }, { temperature: 1.2, maxTokens: 300 })).toEqual({ temperature: 1.2, topP: 0.9, maxTokens: 300, stop: ['x'] });
  expect(samplerFor({ temperature: 0.8 }, null)).toEqual({ temperature: 0.8 });
});
