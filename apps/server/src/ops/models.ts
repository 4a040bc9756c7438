import { startRehearsal } from '@offstage/model';
import type { Endpoint, Limits, Rehearsal, RehearsalOptions, Sampler } from '@offstage/model';
import type { ChosenModel, ModelChoice, Models, Role, Settings } from '../core.ts';
import type { Config, Provider } from './configShape.ts';

/** The id by which the built-in model can be chosen like any other. */
export const REHEARSAL_ID = 'rehearsal';
const REHEARSAL_MODEL = 'rehearsal';
/** The stand-in answers many at once: it never is the bottleneck. */
const REHEARSAL_SLOTS = 256;

export type RehearsalPace = Pick<RehearsalOptions, 'wordsPerSecond' | 'allowMisbehaviour'>;

type Found = { readonly provider: Provider; readonly model: string } | { readonly provider: null; readonly model: string };

/** Finds models by the settings as they now stand; the rehearsal model starts with the first call that needs it. */
export function createModels(settings: Settings, pace: RehearsalPace): Models {
  let rehearsal: Promise<Rehearsal> | undefined;
  /** Where the rehearsal model answers, once it does. */
  let rehearsing: Endpoint | undefined;

  async function rehearsalEndpoint(): Promise<Endpoint> {
    rehearsal ??= startRehearsal(pace).catch((problem: unknown) => {
      rehearsal = undefined;
      throw problem;
    });
    const { url } = await rehearsal;
    rehearsing = { id: REHEARSAL_ID, name: 'Rehearsal', baseUrl: url, maxConcurrent: REHEARSAL_SLOTS };
    return rehearsing;
  }

  async function ready({ provider, model }: Found, sampler: Sampler): Promise<ChosenModel> {
    const endpoint = provider === null ? await rehearsalEndpoint() : endpointOf(provider);
    return { endpoint, model, sampler, scripted: provider === null };
  }

  return {
    // The sampler settings are for prose: a short limit cuts the books off, and penalties on repetition break their form.
    choose: (role, ...overrides) => ready(find(settings.current, role, overrides), role === 'narrative' ? samplerOf(settings.current) : {}),
    name(role, ...overrides) {
      const { provider, model } = find(settings.current, role, overrides);
      return { endpointId: provider?.id ?? REHEARSAL_ID, model, scripted: provider === null };
    },
    fallbacks: () =>
      (settings.current.models.fallbacks ?? []).flatMap((choice) => {
        const found = lookUp(settings.current, choice.provider, choice.model);
        const endpoint = found?.provider === null ? rehearsing : found && endpointOf(found.provider);
        return endpoint === undefined ? [] : [{ endpoint, model: choice.model }];
      }),
    async embedding() {
      const choice = settings.current.models.embedding;
      const found = choice && lookUp(settings.current, choice.provider, choice.model);
      return found && ready(found, {});
    },
    async close() {
      const started = rehearsal;
      rehearsal = undefined;
      rehearsing = undefined;
      await started?.then((server) => server.close());
    },
  };
}

function find(config: Config, role: Role, overrides: readonly (ModelChoice | null | undefined)[]): Found {
  const { narrative, classifier } = config.models;
  // Bookkeeping without a model of its own is done by whoever narrates.
  const fromFile = role === 'narrative' ? [narrative] : [classifier, ...overrides, narrative];
  const own = role === 'narrative' ? overrides : [];
  const choices = [...own, ...fromFile].filter((choice) => choice != null);
  for (const choice of choices) {
    const [id, model] = 'provider' in choice ? [choice.provider, choice.model] : [choice.endpointId, choice.model];
    const found = lookUp(config, id, model);
    if (found !== undefined) return found;
  }
  return { provider: null, model: REHEARSAL_MODEL };
}

/** A model by the id of its provider; undefined where that is no longer configured. */
function lookUp(config: Config, id: string, model: string): Found | undefined {
  if (id === REHEARSAL_ID) return { provider: null, model };
  const provider = config.providers.find((candidate) => candidate.id === id);
  return provider && { provider, model };
}

/** A provider as the model gateway wants it. */
export function endpointOf(provider: Provider): Endpoint {
  return {
    id: provider.id,
    name: provider.name,
    baseUrl: provider.base_url,
    maxConcurrent: provider.max_concurrent,
    ...(provider.api_key !== undefined && provider.api_key !== '' && { apiKey: provider.api_key }),
  };
}

/** The sampler settings as the model gateway wants them. */
export function samplerOf(config: Config): Sampler {
  const { temperature, top_p, max_tokens, presence_penalty, frequency_penalty } = config.sampler;
  return {
    ...(temperature !== undefined && { temperature }),
    ...(top_p !== undefined && { topP: top_p }),
    ...(max_tokens !== undefined && { maxTokens: max_tokens }),
    ...(presence_penalty !== undefined && { presencePenalty: presence_penalty }),
    ...(frequency_penalty !== undefined && { frequencyPenalty: frequency_penalty }),
  };
}

/** The limits of model calls: those of bookkeeping (MO-3) as the settings say when each call is made, others where they are given. */
export function limitsOf(settings: Settings, others: Partial<Limits> = {}): Partial<Limits> {
  return {
    ...others,
    get classifierIdleMs() {
      return settings.current.passes.idle_seconds * 1_000;
    },
    get classifierTotalMs() {
      return settings.current.passes.total_seconds * 1_000;
    },
  };
}
