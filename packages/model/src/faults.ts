import { asArray, asObject } from './chunks.ts';
import { ModelError } from './errors.ts';
import { quotable } from './scrub.ts';
import type { Endpoint } from './types.ts';
import { inWords, retryAfterMs } from './waits.ts';

interface Answer {
  readonly status: number;
  readonly said: string;
  readonly headers: Headers | undefined;
  readonly html: boolean;
}

/** Turns the fault that a call threw into a ModelError that a person can act on (MO-4). What is no fault of the endpoint is thrown on. */
export function explain(thrown: unknown, endpoint: Endpoint, model: string, now: number): ModelError {
  if (thrown instanceof ModelError) return thrown;
  const status = asObject(thrown)?.['status'] ?? statusInside(thrown);
  if (typeof status !== 'number') {
    if (!isConnectionFault(thrown)) throw thrown;
    return explainConnection(thrown, endpoint);
  }
  const headers = asObject(thrown)?.['headers'];
  const text = messageOf(thrown);
  return explainStatus(
    {
      status,
      said: text.includes('<') && /<!doctype|<html/i.test(text) ? '' : quotable(text.replace(/^\d{3} /, ''), endpoint),
      headers: headers instanceof Headers ? headers : undefined,
      html: /<!doctype|<html/i.test(text),
    },
    endpoint,
    model,
    now,
  );
}

/** The error of a stream that broke under HTTP 200: by the status that it names, else by its words. */
export function explainInStream(error: unknown, endpoint: Endpoint, model: string, now: number): ModelError {
  const said = quotable(typeof error === 'string' ? error : messageOf(error), endpoint);
  // LM Studio answers 200 with this where there is no such path.
  if (/unexpected endpoint/i.test(said)) return notAnApi(endpoint, said);
  const status = statusInside(error);
  if (status !== undefined && status >= 400) return explainStatus({ status, said, headers: undefined, html: false }, endpoint, model, now);
  return new ModelError('server_error', `${endpoint.name} broke off with an error${quote(said)}. Try again.`, { retryable: true, said });
}

/** The address answers, but not as an API does. */
export function notAnApi(endpoint: Endpoint, said = '', status?: number): ModelError {
  const missing = /\/v\d+\/?$/.test(endpoint.baseUrl) ? '' : ' It may need /v1 at its end.';
  return new ModelError('not_an_api', `${shownAddress(endpoint)} answers, but not as a model API.${missing} Check the address in Settings.`, {
    retryable: false,
    said,
    status,
  });
}

/** What is configured as address is none. */
export function notAnAddress(endpoint: Endpoint): ModelError {
  return new ModelError('unreachable', `“${shownAddress(endpoint)}” is not a web address. It should look like http://127.0.0.1:1234/v1.`, { retryable: false });
}

function explainStatus(answer: Answer, endpoint: Endpoint, model: string, now: number): ModelError {
  const { status, said } = answer;
  const name = endpoint.name;
  const make = (code: ModelError['code'], message: string, retryable: boolean): ModelError =>
    new ModelError(code, message, { retryable, status, said, retryAfterMs: retryAfterMs(answer.headers, now) });

  if (status === 401)
    return endpoint.apiKey
      ? make('unauthorized', `${name} refused the API key. Check it in Settings.`, false)
      : make('unauthorized', `${name} wants an API key. Add one in Settings.`, false);
  if (status === 402) return make('forbidden', `${name} says that the account has no credit left${quote(said)}. Top it up, or choose another model.`, false);
  if (status === 403) return make('forbidden', `${name} does not allow this key to use ${model}${quote(said)}. Check your plan, or accept the model's licence there.`, false);
  if (status === 404 || status === 405 || (status === 400 && NO_SUCH_MODEL.test(said)))
    return said !== '' && (NO_SUCH_MODEL.test(said) || said.includes(model))
      ? make('model_missing', `${name} has no model called ${model}. Choose another one in Settings.`, false)
      : notAnApi(endpoint, said, status);
  if (status === 429) return rateLimited(answer, endpoint, make);
  if ((status === 400 || status === 503) && COLD.test(said))
    return make(status === 400 ? 'bad_request' : 'server_error', `${model} is still being loaded at ${name}. That can take some minutes: try again shortly, or choose a warm model.`, true);
  if (status === 413 || (status < 500 && TOO_LONG.test(said)))
    return make('bad_request', `The prompt is longer than ${model} can read${quote(said)}. Lower the token budget in Settings.`, false);
  if (status >= 500 || status === 408 || status === 409 || status === 425)
    return make('server_error', `${name} has trouble of its own (${status})${quote(said)}. Try again in a moment.`, true);
  return make('bad_request', `${name} did not accept the request (${status})${quote(said)}. Check the model and its settings.`, false);
}

const NO_SUCH_MODEL = /model\b.{0,80}(?:not found|does ?n.t exist|not exist|unknown|not available)|not a valid model|no endpoints found|unknown model|model_not_found|invalid model/i;
const COLD = /\bcold\b|not ready for inference|(?:is|still) loading|loading model|warming up|no models? (?:is |are )?loaded/i;
const TOO_LONG = /context (?:length|window|size)|too many tokens|maximum.{0,30}tokens|exceeds?.{0,30}context/i;

function rateLimited(answer: Answer, endpoint: Endpoint, make: (code: 'rate_limited', message: string, retryable: boolean) => ModelError): ModelError {
  if (/insufficient_quota|exceeded your current quota|billing/i.test(answer.said))
    return make('rate_limited', `${endpoint.name} says that this key's quota is used up. Check your plan there, or choose another model.`, false);
  const error = make('rate_limited', `${endpoint.name} is getting too many requests. Try again in a moment.`, true);
  if (error.retryAfterMs === undefined) return error;
  return make('rate_limited', `${endpoint.name} asks to wait ${inWords(error.retryAfterMs)} before the next request.`, true);
}

function explainConnection(thrown: unknown, endpoint: Endpoint): ModelError {
  const codes = causesOf(thrown);
  const has = (...wanted: string[]): boolean => wanted.some((code) => codes.includes(code));
  const host = hostOf(endpoint.baseUrl);
  const name = endpoint.name;
  if (host === undefined) return notAnAddress(endpoint);
  if (has('ECONNREFUSED'))
    return new ModelError('refused_connection', `Nothing is listening at ${host}. Start ${name}, or check the address in Settings.`, { retryable: true });
  if (has('ENOTFOUND', 'EAI_AGAIN'))
    return new ModelError('unreachable', `No server called ${host} can be found. Check the address in Settings, and that you are online.`, { retryable: true });
  if (codes.some((code) => code.includes('CERT') || code.includes('SELF_SIGNED')))
    return new ModelError('unreachable', `The certificate of ${host} is not trusted, so nothing was sent. Use http:// for a server on your own machine, or have its certificate mended.`, { retryable: false });
  if (codes.some((code) => code.includes('SSL') || code === 'EPROTO'))
    return new ModelError('unreachable', `${host} does not speak https. Use http:// in the address.`, { retryable: false });
  if (has('HPE_INVALID_CONSTANT', 'HPE_INVALID_HEADER_TOKEN', 'HPE_INVALID_VERSION')) return notAnApi(endpoint);
  if (has('ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_HEADERS_TIMEOUT'))
    return new ModelError('unreachable', `${host} does not answer. Check that it is running${isLocal(endpoint) ? '' : ' and that you are online'}.`, { retryable: true });
  if (messagesOf(thrown).includes('bad port'))
    return new ModelError('unreachable', `No model server answers at port ${new URL(endpoint.baseUrl).port}: that one is kept for something else. Check the address in Settings.`, { retryable: false });
  return new ModelError('unreachable', `The connection to ${name} broke. Try again.`, { retryable: true });
}

/** True for what the client library and fetch throw when a connection fails; a cut socket is a bare TypeError. */
function isConnectionFault(thrown: unknown): boolean {
  const error = asObject(thrown);
  if (!error) return false;
  return 'status' in error || causesOf(thrown).length > 0 || (thrown instanceof TypeError && /terminated|fetch failed|url/i.test(thrown.message));
}

/** Error codes of an error and everything that caused it. */
function causesOf(thrown: unknown): string[] {
  return allOf(thrown).map((error) => error['code']).filter((code) => typeof code === 'string');
}

/** What an error and everything that caused it say. */
function messagesOf(thrown: unknown): string[] {
  return allOf(thrown).map((error) => error['message']).filter((message) => typeof message === 'string');
}

function allOf(thrown: unknown): Record<string, unknown>[] {
  const all: Record<string, unknown>[] = [];
  const seen = new Set<unknown>();
  const visit = (value: unknown): void => {
    const error = asObject(value);
    if (!error || seen.has(value) || seen.size > 20) return;
    seen.add(value);
    all.push(error);
    visit(error['cause']);
    for (const one of asArray(error['errors'])) visit(one);
  };
  visit(thrown);
  return all;
}

function statusInside(error: unknown): number | undefined {
  const body = asObject(error);
  const code = body?.['code'] ?? body?.['status'] ?? body?.['http_status'];
  const status = typeof code === 'string' && /^\d{3}$/.test(code) ? Number(code) : code;
  return typeof status === 'number' && status >= 100 && status < 600 ? status : undefined;
}

function messageOf(error: unknown): string {
  const message = asObject(error)?.['message'];
  if (typeof message === 'string') return message;
  return typeof error === 'string' ? error : error === undefined ? '' : (JSON.stringify(error) ?? '');
}

function quote(said: string): string {
  return said === '' ? '' : `: “${said.replace(/[.!]+$/, '')}”`;
}

/** An address as it may be told and kept: a name and password in it, or a key behind a question mark, are nobody's to read (OP-5). */
function shownAddress(endpoint: Endpoint): string {
  return quotable(endpoint.baseUrl.replace(/\/\/[^/?#]*@/, '//').replace(/[?#].*$/s, ''), endpoint);
}

/** Host and port of an address, or undefined when it is none that can be used. */
export function hostOf(baseUrl: string): string | undefined {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  // fetch refuses addresses that hold a name and password.
  return url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url.host : undefined;
}

/** Whether an address is that of this machine or of the house: then being online has nothing to do with it. */
export function isLocal(endpoint: Endpoint): boolean {
  return /^(?:127\.|0\.0\.0\.0|localhost\b|\[::1\]|10\.|192\.168\.)/.test(hostOf(endpoint.baseUrl) ?? '');
}
