import type { OpenAI } from 'openai/client';
import { ModelError } from './errors.ts';
import { hostOf, notAnAddress } from './faults.ts';
import type { Endpoint } from './types.ts';

/** More endpoints than anyone keeps; the oldest client goes first. */
const MAX_CLIENTS = 32;

let library: Promise<typeof import('openai/client')> | undefined;

/** Loads the client library once; it costs a few hundred ms, so nothing loads it before it is needed. */
export function loadLibrary(): Promise<typeof import('openai/client')> {
  library ??= import('openai/client');
  return library;
}

/** One client per address and key. Nothing is taken from the environment, so that no key goes where it was not meant to. */
export class Clients {
  readonly #clients = new Map<string, OpenAI>();

  /** Throws ModelError when address or key cannot be used. */
  async for(endpoint: Endpoint): Promise<OpenAI> {
    const key = connectionKey(endpoint);
    const known = this.#clients.get(key);
    if (known) return known;
    const apiKey = endpoint.apiKey?.trim() ?? '';
    if (!/^[\x21-\x7e]*$/.test(apiKey))
      throw new ModelError('unauthorized', `The API key of ${endpoint.name} holds characters that no key has. Copy it again.`, { retryable: false });
    if (hostOf(endpoint.baseUrl) === undefined) throw notAnAddress(endpoint);
    const { OpenAI } = await loadLibrary();
    const client = new OpenAI({
      baseURL: endpoint.baseUrl.replace(/\/+$/, ''),
      apiKey: apiKey || 'none',
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      // Without a key no header is sent: some servers refuse one that they do not know.
      ...(!apiKey && { defaultHeaders: { Authorization: null } }),
      // Retries are scheduled by the gateway: the library gives up on a Retry-After above a minute.
      maxRetries: 0,
      logLevel: 'off',
    });
    this.#clients.set(key, client);
    const oldest = this.#clients.keys().next().value;
    if (this.#clients.size > MAX_CLIENTS && oldest !== undefined) this.#clients.delete(oldest);
    return client;
  }
}

/** What two endpoints must share to count as one for a provider. */
export function connectionKey(endpoint: Endpoint): string {
  return `${endpoint.baseUrl}\n${endpoint.apiKey ?? ''}`;
}
