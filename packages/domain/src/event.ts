import type { z } from 'zod';

/**
 * Where an event hangs: `story` events hang from a turn of a chat and come and go with it; `chat` events are about a
 * chat as an object, `library` events about what all chats share, and both are always in force.
 */
export type Belonging = 'story' | 'chat' | 'library';

/** The declaration of one kind of event. `meaning` is one line for the reader of the log. */
export interface EventKind<Payload extends z.ZodType = z.ZodType> {
  readonly meaning: string;
  readonly version: number;
  readonly belongs: Belonging;
  readonly payload: Payload;
  /** Entities whose reset takes this event back (TL-10); left out, no reset does. */
  owners?(payload: z.output<Payload>): readonly string[];
  /** Brings a payload of an older version to this one. */
  upcast?(payload: unknown, version: number): unknown;
}

/** Declares a kind of event; keeps the types of its payload and of where it belongs. */
export function kind<Payload extends z.ZodType, B extends Belonging>(
  declaration: EventKind<Payload> & { readonly belongs: B },
): EventKind<Payload> & { readonly belongs: B } {
  return declaration;
}

/** Who caused an event: the person, the engine by itself, a model's words, or an import. */
export type Actor = 'person' | 'engine' | 'model' | 'import';

/** What every event in the log carries beside its kind and payload. `at` is real time, ISO 8601 UTC. */
export interface Envelope {
  readonly seq: number;
  readonly id: string;
  readonly version: number;
  readonly chatId: string | null;
  readonly turnId: string | null;
  readonly commandId: string;
  readonly actor: Actor;
  readonly at: string;
}
