import { DomainError } from '@offstage/domain';
import { ModelError, StructuredError } from '@offstage/model';
import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { LibraryClosed } from '../keeping/closed.ts';
import { storageProblem } from '../ops/storageWords.ts';

/** What a page is told about a refusal: a code to switch on, the sentence to show, the fields at fault. */
export interface Problem {
  readonly code: DomainError['code'] | 'model' | 'storage' | 'unexpected';
  readonly message: string;
  readonly fields: readonly string[];
}

type TransportCode = TRPCError['code'];

const TRANSPORT: Readonly<Record<Problem['code'], TransportCode>> = {
  not_found: 'NOT_FOUND',
  invalid: 'BAD_REQUEST',
  already_done: 'CONFLICT',
  stale_head: 'CONFLICT',
  busy: 'CONFLICT',
  too_long: 'PAYLOAD_TOO_LARGE',
  limit_reached: 'TOO_MANY_REQUESTS',
  model: 'BAD_GATEWAY',
  storage: 'SERVICE_UNAVAILABLE',
  unexpected: 'INTERNAL_SERVER_ERROR',
};

/** What went wrong, in words for the person; nothing secret and no trace of the code. */
export function problemOf(error: unknown): Problem {
  const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
  if (cause instanceof DomainError) return { code: cause.code, message: cause.message, fields: cause.fields };
  if (cause instanceof ZodError) return refusedInput(cause);
  if (cause instanceof ModelError || cause instanceof StructuredError) return { code: 'model', message: cause.message, fields: [] };
  if (cause instanceof LibraryClosed) return { code: 'storage', message: cause.message, fields: [] };
  const storage = storageProblem(cause);
  if (storage !== undefined) return { code: 'storage', message: storage, fields: [] };
  if (error instanceof TRPCError && error.code !== 'INTERNAL_SERVER_ERROR') {
    return { code: error.code === 'NOT_FOUND' ? 'not_found' : 'invalid', message: sentenceFor(error), fields: [] };
  }
  return { code: 'unexpected', message: 'Something went wrong inside Offstage. Try again; its log says more.', fields: [] };
}

/** The transport's error for whatever a procedure threw. */
export function asTransportError(error: TRPCError): TRPCError {
  const problem = problemOf(error);
  return new TRPCError({ code: TRANSPORT[problem.code], message: problem.message, cause: error.cause ?? error });
}

function refusedInput(error: ZodError): Problem {
  const fields = [...new Set(error.issues.map((issue) => issue.path.map(String).join('.')))];
  const [first] = error.issues;
  const field = first?.path.findLast((step) => typeof step === 'string' && !WRAPPERS.has(step));
  const message = first === undefined ? 'This cannot be used.' : inPlainWords(first);
  return { code: 'invalid', message: field === undefined ? message : `${inWords(String(field))}: ${message}`, fields };
}

/** What zod says where a shape has no words of its own, as a person would say it. */
function inPlainWords(issue: ZodError['issues'][number]): string {
  if (!/^(?:Invalid|Too|Unrecognized)\b/.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'too_big':
      return `This may be at most ${issue.maximum.toLocaleString('en')}${issue.origin === 'string' ? ' characters long' : issue.origin === 'array' ? ' in number' : ''}.`;
    case 'too_small':
      return `This should be at least ${issue.minimum.toLocaleString('en')}${issue.origin === 'string' ? ' characters long' : issue.origin === 'array' ? ' in number' : ''}.`;
    case 'invalid_format':
      return issue.format === 'datetime' ? 'This is no date and time.' : 'This is not written as it should be.';
    case 'invalid_type':
      return issue.expected === 'int' ? 'This should be a whole number.' : issue.expected === 'number' ? 'This should be a number.' : 'This is missing, or is not what belongs here.';
    default:
      return 'This cannot be used as it is.';
  }
}

// Parts of a path that only wrap others and say nothing to a person.
const WRAPPERS = new Set(['identity', 'draft', 'provider']);

/** A field's name as a person would say it: `voiceSamples` is "Voice samples". */
function inWords(field: string): string {
  const words = field.replaceAll(/([a-z])([A-Z])/g, (_whole, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function sentenceFor(error: TRPCError): string {
  if (error.code === 'NOT_FOUND') return 'This Offstage does not know that request. Reload the page.';
  if (error.code === 'PAYLOAD_TOO_LARGE') return 'This is too large to be taken in at once.';
  return 'This request could not be read. Reload the page and try again.';
}
