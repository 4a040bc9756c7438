import type { Tuning } from '@offstage/domain/shapes';
import type { Sampler } from '@offstage/model';

/** The sampler settings of a call: what the chat sets for itself comes before the settings (PR-7). */
export function samplerFor(settings: Sampler, tuned: Tuning['sampler']): Sampler {
  const merged: Sampler = { ...settings };
  const { temperature, topP, maxTokens, presencePenalty, frequencyPenalty } = tuned ?? {};
  if (temperature !== undefined) merged.temperature = temperature;
  if (topP !== undefined) merged.topP = topP;
  if (maxTokens !== undefined) merged.maxTokens = maxTokens;
  if (presencePenalty !== undefined) merged.presencePenalty = presencePenalty;
  if (frequencyPenalty !== undefined) merged.frequencyPenalty = frequencyPenalty;
  return merged;
}
