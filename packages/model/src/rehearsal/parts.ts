import { addressee } from './books/addressee.ts';
import { group } from './books/group.ts';
import { digest } from './books/digest.ts';
import { passes } from './books/passes.ts';
import { skip } from './books/skip.ts';
import { sceneSummary } from './books/summary.ts';
import { sceneThreads } from './books/threads.ts';
import { kickoff } from './kickoff.ts';
import type { Prompt } from './prompt.ts';
import { blankOf } from './blank.ts';

/** Answers one kind of structured question. `schema` is the JSON schema that was sent. */
type Answerer = (prompt: Prompt, schema: Record<string, unknown>) => unknown;

/** What the rehearsal model can answer, by the name of the schema. */
const ANSWERERS: Readonly<Record<string, Answerer>> = {
  kickoff,
  passes,
  scene_summary: sceneSummary,
  scene_threads: sceneThreads,
  digest,
  addressee,
  group,
  skip,
};

/** A structured answer: by name where the question is known, else the plainest thing that fits the schema. */
export function answerPart(name: string, schema: Record<string, unknown>, prompt: Prompt): unknown {
  const known = Object.hasOwn(ANSWERERS, name) ? ANSWERERS[name] : undefined;
  return known ? known(prompt, schema) : blankOf(schema);
}
