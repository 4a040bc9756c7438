import { asObject, looksLikeReply, parseJson } from './chunks.ts';
import type { Clients } from './clients.ts';
import { ModelError } from './errors.ts';
import { explain, explainInStream, hostOf, isLocal, notAnApi } from './faults.ts';
import { wholeText } from './reader.ts';
import type { Endpoint, TestResult } from './types.ts';
import { asError } from './waits.ts';

/** A list of models should come at once; a first word may need the model to be loaded. */
const LIST_MS = 10_000;
const WORD_MS = 30_000;
/** OpenRouter's list, the longest known, is below 1 MB. */
const MAX_LIST_CHARS = 8_000_000;

/** Names of the models that an endpoint offers, sorted. Throws ModelError, or the signal's reason. */
export async function listModels(clients: Clients, endpoint: Endpoint, signal: AbortSignal, withinMs = LIST_MS): Promise<string[]> {
  const text = await ask(clients, endpoint, { path: '/models', withinMs }, signal);
  const body = parseJson(text);
  const list = Array.isArray(body) ? body : (asObject(body)?.['data'] ?? asObject(body)?.['models']);
  if (!Array.isArray(list)) {
    const error = asObject(body)?.['error'];
    throw error === undefined ? notAnApi(endpoint) : explainInStream(error, endpoint, 'models', Date.now());
  }
  const names = list.map((model) => asObject(model)?.['id'] ?? asObject(model)?.['name']).filter((name) => typeof name === 'string');
  return [...new Set(names)].toSorted();
}

/** Tries an endpoint the way it will be used: its list of models, then, where a key must be proved, one word of a reply. */
export async function tryEndpoint(clients: Clients, endpoint: Endpoint, model: string | undefined, signal: AbortSignal): Promise<TestResult> {
  const started = performance.now();
  let models: string[] = [];
  let listed = true;
  try {
    models = await listModels(clients, endpoint, signal);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    // Some APIs keep no list: then only a reply can tell.
    listed = false;
    if (!(error.code === 'not_an_api' && error.status === 404 && model)) return failure(error, await hintFor(clients, endpoint, error, signal));
    const fault = await sayWord(clients, endpoint, model, signal);
    if (fault) return failure(fault, await hintFor(clients, endpoint, fault, signal));
  }
  if (listed && model !== undefined && !models.includes(model)) {
    const problem = `${endpoint.name} has no model called ${model}.`;
    return { ok: false, problem, hint: nearest(model, models), models };
  }
  // Several providers show their list to anyone: there only a reply proves the key.
  if (listed && model !== undefined && endpoint.apiKey && !isLocal(endpoint)) {
    const fault = await sayWord(clients, endpoint, model, signal);
    if (fault) return { ...failure(fault, await hintFor(clients, endpoint, fault, signal)), models };
  }
  return { ok: true, models, ms: Math.round(performance.now() - started) };
}

/** Asks for one word; the fault, or undefined when all is well. */
async function sayWord(clients: Clients, endpoint: Endpoint, model: string, signal: AbortSignal): Promise<ModelError | undefined> {
  const body = { model, messages: [{ role: 'user', content: 'Say "yes".' }] };
  try {
    const text = await ask(clients, endpoint, { path: '/chat/completions', body, withinMs: WORD_MS }, signal);
    return looksLikeReply(text) ? undefined : explainInStream(asObject(parseJson(text))?.['error'] ?? '', endpoint, model, Date.now());
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
}

/** One request, its whole answer as text. Throws ModelError, or the signal's reason. */
async function ask(
  clients: Clients,
  endpoint: Endpoint,
  request: { readonly path: string; readonly body?: { readonly model: string }; readonly withinMs: number },
  signal: AbortSignal,
): Promise<string> {
  const limit = AbortSignal.timeout(request.withinMs);
  const either = AbortSignal.any([signal, limit]);
  try {
    const client = await clients.for(endpoint);
    const sent = request.body
      ? client.post(request.path, { body: request.body, signal: either })
      : client.get(request.path, { signal: either });
    const response = await sent.asResponse();
    if (/text\/html/i.test(response.headers.get('content-type') ?? '')) throw notAnApi(endpoint);
    const text = await wholeText(response, MAX_LIST_CHARS);
    if (text === undefined) throw notAnApi(endpoint);
    return text;
  } catch (error) {
    if (signal.aborted) throw asError(signal.reason);
    if (limit.aborted)
      throw new ModelError('timeout', `${hostOf(endpoint.baseUrl) ?? endpoint.name} did not answer within ${request.withinMs / 1000} seconds.`, { retryable: true });
    throw explain(error, endpoint, request.body?.model ?? 'this model', Date.now());
  }
}

function failure(error: ModelError, hint: string): { ok: false; problem: string; hint: string } {
  // The hint says what to do, so that the first sentence is enough of the message.
  const [problem = error.message] = error.message.split(/(?<=[.”])\s(?=[A-Z])/);
  return { ok: false, problem, hint };
}

async function hintFor(clients: Clients, endpoint: Endpoint, error: ModelError, signal: AbortSignal): Promise<string> {
  switch (error.code) {
    case 'refused_connection':
      return isLocal(endpoint)
        ? `Start ${endpoint.name} and its server, and check that it uses this port.`
        : 'Check the address, and that the server is running.';
    case 'not_an_api':
      return addressHint(clients, endpoint, signal);
    case 'unauthorized':
      return endpoint.apiKey ? 'Copy the key again, whole and without spaces, or make a new one.' : 'Enter an API key.';
    case 'forbidden':
      return 'Check your plan and credit there, and whether the model asks you to accept a licence.';
    case 'rate_limited':
      return 'The address and the key work. Wait a little, then try again.';
    case 'model_missing':
      return 'Choose another model.';
    case 'timeout':
      return 'It may be loading a model, or be busy. Try again in a moment.';
    case 'unreachable':
      if (hostOf(endpoint.baseUrl) === undefined) return 'Enter an address such as http://127.0.0.1:1234/v1.';
      return isLocal(endpoint) ? 'Check the address and its port, and that the server is running there.' : 'Check the address, and that this machine is online.';
    default:
      return 'Try again in a moment; if it stays so, look at the server’s own log.';
  }
}

/** Looks whether the API stands a step further on: leaving out /v1 is the commonest slip. */
async function addressHint(clients: Clients, endpoint: Endpoint, signal: AbortSignal): Promise<string> {
  const base = endpoint.baseUrl.replace(/\/+$/, '');
  const cut = base.replace(/\/(?:chat\/completions|completions|models)$/, '');
  const guesses = [...(cut === base ? [] : [cut]), ...(/\/v\d+$/.test(cut) ? [] : [`${cut}/v1`, `${cut}/api/v1`])];
  for (const baseUrl of guesses) {
    const found = await listModels(clients, { ...endpoint, baseUrl }, signal).then(
      () => true,
      (error: unknown) => error instanceof ModelError && error.code === 'unauthorized',
    );
    signal.throwIfAborted();
    if (found) return `Use ${baseUrl} as the address.`;
  }
  return 'The address should end in /v1, as in http://127.0.0.1:1234/v1.';
}

function nearest(model: string, models: readonly string[]): string {
  if (models.length === 0) return 'Its list is empty: load a model there first.';
  const parts = model.toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);
  const score = (name: string): number => parts.filter((part) => name.toLowerCase().includes(part)).length;
  const close = models.filter((name) => score(name) > 0).toSorted((a, b) => score(b) - score(a));
  return `It has ${(close.length > 0 ? close : models).slice(0, 3).join(', ')}${models.length > 3 ? ' and more' : ''}. Choose one of its list.`;
}
