import type { Usage } from './types.ts';

/** What one chunk of a reply brings. Absent fields are empty. */
export interface Chunk {
  readonly text: string;
  readonly reasoning: string;
  /** Arguments of a tool call, as they grow. */
  readonly toolArguments: string;
  readonly finishReason?: string;
  readonly usage?: Usage;
  /** A fault told inside a stream under HTTP 200, as the server put it. */
  readonly error?: unknown;
}

/** Reads one chunk, streamed or whole; undefined when it is no JSON object. Unknown fields are ignored. */
export function readChunk(data: string): Chunk | undefined {
  const body = asObject(parseJson(data));
  if (!body) return undefined;
  const choice = asObject(asArray(body['choices'])[0]);
  // A server that ignores `stream` answers with a whole message in one piece.
  const delta = asObject(choice?.['delta']) ?? asObject(choice?.['message']);
  const content = delta?.['content'] ?? choice?.['text'];
  const error = body['error'] ?? choice?.['error'];
  const usage = readUsage(body['usage']);
  const finishReason = choice?.['finish_reason'];
  return {
    text: readText(content) + readText(delta?.['refusal']),
    reasoning: readText(delta?.['reasoning_content']) || readText(delta?.['reasoning']) || readThoughts(content),
    toolArguments: readToolArguments(delta),
    ...(typeof finishReason === 'string' && { finishReason }),
    ...(usage && { usage }),
    ...(error !== undefined && error !== null && { error }),
  };
}

/** True for text that holds a chunk with choices, whatever they hold. */
export function looksLikeReply(data: string): boolean {
  return asObject(parseJson(data))?.['choices'] !== undefined;
}

/** JSON or undefined. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Kinds of parts of a content that hold reasoning: Mistral says `thinking`, others `reasoning`. */
const THOUGHT = /think|reason/i;

function readText(value: unknown): string {
  if (typeof value === 'string') return value;
  return asArray(value)
    .map(asObject)
    .filter((part) => !THOUGHT.test(String(part?.['type'])))
    .map((part) => part?.['text'])
    .filter((text) => typeof text === 'string')
    .join('');
}

/** What parts of a content hold reasoning, one level deeper in some (MO-6). */
function readThoughts(content: unknown): string {
  return asArray(content)
    .map(asObject)
    .filter((part) => THOUGHT.test(String(part?.['type'])))
    .map((part) => readText(part?.['thinking'] ?? part?.['reasoning'] ?? part?.['text']))
    .join('');
}

function readToolArguments(delta: Record<string, unknown> | undefined): string {
  return asArray(delta?.['tool_calls'])
    .map((call) => asObject(asObject(call)?.['function'])?.['arguments'])
    .filter((text) => typeof text === 'string')
    .join('');
}

function readUsage(value: unknown): Usage | undefined {
  const usage = asObject(value);
  const prompt = usage?.['prompt_tokens'];
  const completion = usage?.['completion_tokens'];
  return typeof prompt === 'number' && typeof completion === 'number' ? { prompt, completion } : undefined;
}
