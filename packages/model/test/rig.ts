import { createGateway, ModelError } from '../src/index.ts';
import type { CallRecord, Endpoint, Gateway, Limits, ModelRequest, StreamPart } from '../src/index.ts';

export interface Rig {
  readonly gateway: Gateway;
  readonly records: CallRecord[];
}

/** Limits short enough that no test waits for long. */
const QUICK: Partial<Limits> = { backoffMs: 5, slowBackoffMs: 5, retries: 2 };

export function rig(limits: Partial<Limits> = {}): Rig {
  const records: CallRecord[] = [];
  return { records, gateway: createGateway({ onCall: (record) => records.push(record), limits: { ...QUICK, ...limits } }) };
}

export function at(url: string, more: Partial<Endpoint> = {}): Endpoint {
  return { id: 'e1', name: 'Testbed', baseUrl: url, maxConcurrent: 4, ...more };
}

export function asking(text: string, more: Partial<ModelRequest> = {}): ModelRequest {
  return { purpose: 'narrative', model: 'm', messages: [{ role: 'user', content: text }], ...more };
}

export const never = (): AbortSignal => new AbortController().signal;

export async function all(parts: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
  const out: StreamPart[] = [];
  for await (const part of parts) out.push(part);
  return out;
}

export function textOf(parts: readonly StreamPart[], kind: 'text' | 'reasoning' = 'text'): string {
  return parts.flatMap((part) => (part.kind === kind ? [part.text] : [])).join('');
}

export function endOf(parts: readonly StreamPart[]): string | undefined {
  const last = parts.at(-1);
  return last?.kind === 'end' ? last.finishReason : undefined;
}

/** The ModelError that a promise is rejected with. */
export async function faultOf(promise: Promise<unknown>): Promise<ModelError> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ModelError)) throw new Error(`expected a ModelError, got ${String(error)}`);
  return error;
}
