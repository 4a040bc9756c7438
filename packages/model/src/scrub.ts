import type { Endpoint } from './types.ts';

const SHORTEST_KEY = 8;
const QUOTE_LENGTH = 200;
/** Words that look like a key or a bearer token, also half masked ones as providers echo them. */
const KEY_LIKE = /\b(?:sk|rc|gsk|hf|key|pk)[-_][A-Za-z0-9*._-]{6,}|\bBearer\s+\S+/gi;

/** Text without the endpoint's key. */
export function withoutKey(text: string, endpoint: Pick<Endpoint, 'apiKey'>): string {
  const key = endpoint.apiKey;
  if (key === undefined || key.length < SHORTEST_KEY) return text;
  // A provider's own words may be JSON, in which quotes and backslashes are escaped.
  return text.replaceAll(JSON.stringify(key).slice(1, -1), '[key]').replaceAll(key, '[key]');
}

/** A provider's words made fit to be quoted: one short line without anything that looks like a key. */
export function quotable(text: string, endpoint: Pick<Endpoint, 'apiKey'>): string {
  const line = withoutKey(text, endpoint).replaceAll(KEY_LIKE, '[key]').replaceAll(/\s+/g, ' ').trim();
  return line.length > QUOTE_LENGTH ? `${line.slice(0, QUOTE_LENGTH - 1)}…` : line;
}
