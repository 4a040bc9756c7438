import type { z } from 'zod';
import type { Envelope, EventKind } from './event.ts';
import { chatEvents } from './events/chat.ts';
import { feelingEvents } from './events/feeling.ts';
import { libraryEvents } from './events/library.ts';
import { meanwhileEvents } from './events/meanwhile.ts';
import { plotEvents } from './events/plot.ts';
import { skipEvents } from './events/skip.ts';
import { stageEvents } from './events/stage.ts';
import { turnEvents } from './events/turn.ts';

/** Every kind of event there is. */
export const catalogue = {
  ...libraryEvents,
  ...chatEvents,
  ...turnEvents,
  ...skipEvents,
  ...stageEvents,
  ...meanwhileEvents,
  ...feelingEvents,
  ...plotEvents,
};

export type Kind = keyof typeof catalogue;
export type Payload<K extends Kind> = z.output<(typeof catalogue)[K]['payload']>;

/** An event as it stands in the log; a union over all kinds unless one is named. */
export type LogEvent<K extends Kind = Kind> = K extends Kind
  ? Envelope & { readonly kind: K; readonly payload: Payload<K> }
  : never;

/** An event that a command has decided on, before the log gives it its place. */
export type NewEvent<K extends Kind = Kind> = K extends Kind
  ? { readonly kind: K; readonly payload: Payload<K>; readonly chatId: string | null; readonly turnId: string | null }
  : never;

/** The declaration of a kind, with its payload's type left open: for code that treats all kinds alike. */
export function declarationOf(kind: Kind): EventKind {
  return catalogue[kind];
}

/** True for a name that the catalogue knows. */
export function isKind(name: string): name is Kind {
  return Object.hasOwn(catalogue, name);
}

type KindOf<B extends 'story' | 'chat' | 'library'> = {
  [K in Kind]: (typeof catalogue)[K]['belongs'] extends B ? K : never;
}[Kind];

type Input<K extends Kind> = z.input<(typeof catalogue)[K]['payload']>;

function make(kind: Kind, payload: unknown, chatId: string | null, turnId: string | null): NewEvent {
  const parsed: unknown = declarationOf(kind).payload.parse(payload);
  // The payload was parsed by the schema of this very kind, which the union cannot express for an open kind.
  return { kind, payload: parsed, chatId, turnId } as NewEvent;
}

/** A `library` event. Throws a ZodError that names the field when the payload does not fit. */
export function inLibrary<K extends KindOf<'library'>>(kind: K, payload: Input<K>): NewEvent {
  return make(kind, payload, null, null);
}

/** An event about a chat as an object. */
export function inChat<K extends KindOf<'chat'>>(chatId: string, kind: K, payload: Input<K>): NewEvent {
  return make(kind, payload, chatId, null);
}

/** An event of the story, hanging from a turn. */
export function inTurn<K extends KindOf<'story'>>(
  chatId: string,
  turnId: string,
  kind: K,
  payload: Input<K>,
): NewEvent {
  return make(kind, payload, chatId, turnId);
}
