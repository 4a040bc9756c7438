import { DomainError } from '@offstage/domain';
import { findLocalServers } from '@offstage/model';
import type { Endpoint, Gateway, LocalServer, Sampler, TestResult } from '@offstage/model';
import { ZodError } from 'zod';
import type { ModelChoice, Role } from '../core.ts';
import type { ConfigFile } from './configFile.ts';
import type { Config, Provider } from './configShape.ts';
import { provider as providerShape } from './configShape.ts';
import { REHEARSAL_ID, endpointOf, samplerOf } from './models.ts';

/** A provider as a page may see it: of its key only whether there is one. */
export interface ProviderSeen {
  readonly id: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly hasKey: boolean;
  readonly maxConcurrent: number;
  /** What it offered when it was last asked; empty until then. */
  readonly models: readonly string[];
}

/** A provider as a form gives it. A key left out is kept, null forgets it. */
export interface ProviderInput {
  readonly id?: string | undefined;
  readonly name: string;
  readonly baseUrl: string;
  readonly apiKey?: string | null | undefined;
  readonly maxConcurrent: number;
}

/** What one model can be chosen for. */
const CHOSEN_FOR = ['narrative', 'classifier', 'embedding'] as const;
type ChosenFor = (typeof CHOSEN_FOR)[number];

/** A change of choices: left out stays, null takes the choice back. */
export type ChoicesInput = { readonly [C in ChosenFor]?: ModelChoice | null | undefined } & {
  /** Who keeps the books when that model cannot, in order; a list takes the place of the one before. */
  readonly fallbacks?: readonly ModelChoice[] | undefined;
  readonly sampler?: SamplerInput | undefined;
};

/** Sampler settings as a form gives them; those left out are left to the model. */
type SamplerInput = { readonly [K in 'temperature' | 'topP' | 'maxTokens' | 'presencePenalty' | 'frequencyPenalty']?: number | undefined };

/** Works on the providers of the settings file, and remembers what each has on offer. */
export interface Providers {
  list(): ProviderSeen[];
  choice(what: ChosenFor): ModelChoice | null;
  fallbacks(): ModelChoice[];
  sampler(): Sampler;
  /** Throws DomainError `not_found` for an unknown id, `invalid` naming the field. */
  save(input: ProviderInput, models: { readonly [R in Role]?: string | undefined }): Promise<{ id: string }>;
  /** Forgets a provider and the choices that name it. Throws DomainError `not_found`. */
  remove(id: string): Promise<void>;
  /** Throws DomainError `invalid` for a provider that is not configured. */
  choose(input: ChoicesInput): Promise<void>;
  /** Tries a provider as a form gives it; the key kept under its id is used where the form names none. */
  test(
    input: Pick<ProviderInput, 'id' | 'baseUrl' | 'apiKey'>,
    model: string | undefined,
    signal: AbortSignal,
  ): Promise<TestResult>;
  findLocal(signal: AbortSignal): Promise<LocalServer[]>;
}

export function createProviders(config: ConfigFile, gateway: Pick<Gateway, 'test'>): Providers {
  const offers = new Map<string, readonly string[]>();
  const find = (id: string): Provider | undefined => config.current.providers.find((candidate) => candidate.id === id);

  return {
    list: () =>
      config.current.providers.map(({ id, name, base_url, api_key, max_concurrent }) => ({
        id,
        name,
        baseUrl: base_url,
        hasKey: api_key !== undefined && api_key !== '',
        maxConcurrent: max_concurrent,
        models: offers.get(base_url) ?? [],
      })),

    choice(what) {
      const choice = config.current.models[what];
      return choice === undefined ? null : seen(choice);
    },

    fallbacks: () => (config.current.models.fallbacks ?? []).map(seen),

    sampler: () => samplerOf(config.current),

    async save(input, models) {
      let id = input.id ?? '';
      await config.update((before) => {
        const old = before.providers.find((candidate) => candidate.id === input.id);
        if (input.id !== undefined && old === undefined) throw unknownProvider();
        id = old?.id ?? freshId(input.name, before);
        const saved = checked(input, id, old);
        const providers = old === undefined ? [...before.providers, saved] : before.providers.map((each) => (each === old ? saved : each));
        return withModels({ ...before, providers }, Object.fromEntries(
          (['narrative', 'classifier'] as const).flatMap((role) => {
            const model = models[role];
            return model === undefined ? [] : [[role, { endpointId: id, model }]];
          }),
        ));
      });
      return { id };
    },

    remove: (id) =>
      config.update((before) => {
        if (!before.providers.some((candidate) => candidate.id === id)) throw unknownProvider();
        const gone = CHOSEN_FOR.filter((what) => before.models[what]?.provider === id);
        return withModels(
          { ...before, providers: before.providers.filter((candidate) => candidate.id !== id) },
          {
            ...Object.fromEntries(gone.map((what) => [what, null])),
            fallbacks: before.models.fallbacks?.filter(({ provider }) => provider !== id).map(seen),
          },
        );
      }),

    choose: (input) =>
      config.update((before) => {
        const known = ({ endpointId }: ModelChoice): boolean => endpointId === REHEARSAL_ID || before.providers.some(({ id }) => id === endpointId);
        const wrong = CHOSEN_FOR.find((what) => input[what] != null && !known(input[what])) ?? (input.fallbacks?.every(known) === false ? 'fallbacks' : undefined);
        if (wrong !== undefined) throw new DomainError('invalid', 'This provider is no longer configured. Choose another.', [wrong]);
        const next = withModels(before, input);
        return input.sampler === undefined ? next : { ...next, sampler: samplerLines(input.sampler) };
      }),

    async test(input, model, signal) {
      const known = input.id === undefined ? undefined : find(input.id);
      const key = input.apiKey === undefined ? keptFor(known, input.baseUrl) : (input.apiKey ?? undefined);
      const endpoint: Endpoint = {
        ...(known === undefined ? { id: 'trial', name: nameOf(input.baseUrl), maxConcurrent: 1 } : endpointOf(known)),
        baseUrl: input.baseUrl,
      };
      const { apiKey: _kept, ...bare } = endpoint;
      const result = await gateway.test(key === undefined || key === '' ? bare : { ...bare, apiKey: key }, model, signal);
      if (result.models !== undefined) remember(input.baseUrl, result.models);
      return result;
    },

    async findLocal(signal) {
      const found = await findLocalServers(signal);
      for (const { baseUrl, models } of found) remember(baseUrl, models);
      return found;
    },
  };

  function remember(baseUrl: string, models: readonly string[]): void {
    // A person tries a handful of addresses; beyond that the oldest goes.
    if (offers.size >= 64) offers.delete(offers.keys().next().value ?? '');
    offers.set(baseUrl, models);
  }
}

function unknownProvider(): DomainError {
  return new DomainError('not_found', 'This provider is no longer configured.', ['id']);
}

function seen({ provider, model }: { readonly provider: string; readonly model: string }): ModelChoice {
  return { endpointId: provider, model };
}

function withModels(config: Config, choices: Omit<ChoicesInput, 'sampler'>): Config {
  const models = { ...config.models };
  const line = ({ endpointId, model }: ModelChoice): { provider: string; model: string } => ({ provider: endpointId, model });
  for (const what of CHOSEN_FOR) {
    const choice = choices[what];
    if (choice === null) delete models[what];
    else if (choice !== undefined) models[what] = line(choice);
  }
  if (choices.fallbacks?.length === 0) delete models.fallbacks;
  else if (choices.fallbacks !== undefined) models.fallbacks = choices.fallbacks.map(line);
  return { ...config, models };
}

function samplerLines({ temperature, topP, maxTokens, presencePenalty, frequencyPenalty }: SamplerInput): Config['sampler'] {
  return {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(maxTokens !== undefined && { max_tokens: maxTokens }),
    ...(presencePenalty !== undefined && { presence_penalty: presencePenalty }),
    ...(frequencyPenalty !== undefined && { frequency_penalty: frequencyPenalty }),
  };
}

const FIELDS: Readonly<Record<string, string>> = { base_url: 'baseUrl', api_key: 'apiKey', max_concurrent: 'maxConcurrent', name: 'name' };
const WORDS: Readonly<Record<string, string>> = { base_url: 'The address', api_key: 'The key', max_concurrent: 'Calls at once', name: 'The name' };

function checked(input: ProviderInput, id: string, old: Provider | undefined): Provider {
  const key = input.apiKey === undefined ? keptFor(old, input.baseUrl) : (input.apiKey?.trim() ?? '');
  try {
    return providerShape.parse({
      id,
      name: input.name,
      base_url: input.baseUrl.trim().replace(/\/+$/, ''),
      max_concurrent: input.maxConcurrent,
      ...(key !== undefined && key !== '' && { api_key: key }),
    });
  } catch (error) {
    const issue = error instanceof ZodError ? error.issues[0] : undefined;
    if (issue === undefined) throw error;
    const field = String(issue.path[0]);
    throw new DomainError('invalid', `${WORDS[field] ?? field} ${issue.message}.`, [`provider.${FIELDS[field] ?? field}`]);
  }
}

/** The kept key, for the host it was given for alone: at another address it has to be given again. */
function keptFor(provider: Provider | undefined, baseUrl: string): string | undefined {
  if (provider === undefined || !URL.canParse(baseUrl)) return undefined;
  return new URL(provider.base_url).origin === new URL(baseUrl).origin ? provider.api_key : undefined;
}

/** An id that reads well in the file: the name in small letters, numbered where it is taken. */
function freshId(name: string, config: Config): string {
  const base = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 40) || 'provider';
  const taken = new Set([REHEARSAL_ID, ...config.providers.map(({ id }) => id)]);
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(id)) return id;
  }
}

function nameOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : 'This provider';
}
