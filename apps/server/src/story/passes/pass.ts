import type { LogEvent, NewEvent, Payload, ProjectionName, Row } from '@offstage/domain';
import type { KeptMemory } from '@offstage/domain/commands/memories';
import type { PASS_NAMES } from '@offstage/domain/passNames';
import { z } from 'zod';
import type { Reads } from '@offstage/store';
import type { Kit } from '../kit.ts';
import { strictSchema } from './strictSchema.ts';

/** The passes that follow every reply, and the one that follows a leap in time. */
export type PassName = (typeof PASS_NAMES)[number] | 'notable';

/** Somebody who witnessed the turn. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly kind: 'you' | 'bot';
}

/** What a pass is given: the reply it follows, and how things stand. */
export interface PassContext {
  readonly kit: Pick<Kit, 'config' | 'people' | 'newId'>;
  readonly read: Reads;
  readonly chat: Row<'chats'>;
  readonly reply: Row<'turns'>;
  /** How the story skipped, where the turn is a skip. */
  readonly skip: Payload<'skip_started'> | undefined;
  /** The message that the reply answers, if it answers one. */
  readonly message: Row<'turns'> | undefined;
  /** True where the reply breaks in after another one (TN-10). */
  readonly breaksIn: boolean;
  readonly present: readonly Person[];
  readonly stage: Row<'stages'> | undefined;
  /** The scene that is open now. */
  readonly scene: Row<'scenes'> | undefined;
  /** How the meanwhile scene goes on that the reply is of, if it is of one that is open. */
  readonly meanwhile: Row<'meanwhiles'> | undefined;
  readonly places: readonly Row<'containers'>[];
  /** Of those, where the speaker has been: a prompt names no others (ME-2). */
  readonly familiar: readonly Row<'containers'>[];
  /** Of those present. */
  readonly activities: readonly Row<'activities'>[];
  /** Between those present. */
  readonly edges: readonly Row<'edges'>[];
  /** The id that the memory of this turn gets, by bot. */
  readonly memoryIds: ReadonlyMap<string, string>;
  /** What is planned or under way, as far as the speaker knows (ME-2). */
  readonly plans: readonly Row<'storyEvents'>[];
  /** What is planned in the chat and has not begun, whoever knows of it. */
  readonly planned: readonly Row<'storyEvents'>[];
  /** What a plan is called in a question and its answer, by id: those that stood when it was asked. */
  readonly planLabels: ReadonlyMap<string, string>;
  /** True where the reply is learned from anew (TL-8): the story may have gone on since. */
  readonly again: boolean;
  /** What those present remember of it already, where it is learned from anew. */
  readonly kept: readonly KeptMemory[];
  /** Where it is learned from anew: what has happened to a row since the reply ended. Nothing the first time. */
  since(projection: ProjectionName, key: string): Promise<readonly LogEvent[]>;
  /** True where a later turn or a hand has set an absolute value since the reply ended (TN-8). */
  setSince(projection: ProjectionName, key: string, kinds: readonly string[]): Promise<boolean>;
  /** Whom a name means; undefined for nobody who is present. */
  who(name: string): Person | undefined;
}

/** One thing that the engine learns from a reply (TN-8). What it writes hangs from the reply's turn. */
interface PassDeclaration<T> {
  readonly name: PassName;
  /** Its part of the answer. */
  readonly schema: z.ZodType<T>;
  /** What stands in where the model has no usable answer for this part. */
  readonly fallback: NoInfer<T>;
  /** Whether there is anything to ask; left out, there always is. What is not asked falls back. */
  asks?(context: PassContext): boolean;
  /** Its paragraph of the instructions. */
  instruct(context: PassContext): string;
  /** `before` is what the passes before this one have found in the same reply. */
  toEvents(result: T, context: PassContext, before: readonly NewEvent[]): Promise<NewEvent[]> | NewEvent[];
}

/** What became of one part of an answer. */
interface Taken {
  readonly events: readonly NewEvent[];
  /** Why the part could not be used; null where it could. */
  readonly problem: string | null;
}

/** A pass with the type of its part closed over, so that all can stand in one list. */
export interface Pass {
  readonly name: PassName;
  /** The JSON schema of its part. */
  readonly json: Record<string, unknown>;
  asks(context: PassContext): boolean;
  instruct(context: PassContext): string;
  /** `part` is whatever the model answered for it; undefined where it answered nothing. */
  take(part: unknown, context: PassContext, before: readonly NewEvent[]): Promise<Taken>;
}

/** Declares a pass: its part is checked by itself, and falls back by itself. */
export function pass<T>(declaration: PassDeclaration<T>): Pass {
  const { name, schema, fallback } = declaration;
  const json = strictSchema(schema);
  return {
    name,
    json,
    asks: (context) => declaration.asks?.(context) ?? true,
    instruct: (context) => declaration.instruct(context),
    async take(part, context, before) {
      const read = part === undefined ? undefined : schema.safeParse(part);
      const usable = read?.success === true;
      const events = await declaration.toEvents(usable ? read.data : fallback, context, before);
      return { events, problem: read === undefined || usable ? null : z.prettifyError(read.error) };
    },
  };
}
