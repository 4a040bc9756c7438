import type { z } from 'zod';
import type { Kind, LogEvent } from './catalogue.ts';

/** How one kind of event changes the rows of a projection. */
export interface Handler<Row, E> {
  /** Every row that the event touches: a function of the event alone. */
  keys(event: E): readonly string[];
  /** The row after the event; `undefined` for no row. Pure, reads nothing but its arguments, never changes `row`. */
  evolve(row: Row | undefined, event: E, key: string): Row | undefined;
}

type Handlers<Row> = { readonly [K in Kind]?: Handler<Row, LogEvent<K>> };

/**
 * A named set of rows, folded from events. `timeline` projections fold every event, because alternates and previews
 * need what is off the path; `story` projections fold live events only (TL-2). A new `version` folds all rows afresh.
 */
export interface Projection<Row = object> {
  readonly name: string;
  readonly class: 'timeline' | 'story';
  readonly version: number;
  /** Rows that only the engine reads: no page is told of them. */
  readonly inward?: true;
  readonly row: z.ZodType<Row>;
  readonly on: Handlers<Row>;
}

/** Declares a projection; keeps the row's type. */
export function projection<Row extends object>(declaration: Projection<Row>): Projection<Row> {
  return declaration;
}

/** The handler of a projection for an event, its types left open: for code that treats all kinds alike. */
export function handlerOf(target: Projection, kind: Kind): Handler<object, LogEvent> | undefined {
  // A handler is only ever called with events of its own kind; the mapped type cannot say so for an open kind.
  return target.on[kind] as Handler<object, LogEvent> | undefined;
}

/** The key that joins the parts of a compound key; no id contains the separator. */
export function keyOf(...parts: readonly string[]): string {
  return parts.join('/');
}

/** The fields that a change names; those left out keep what they were. */
export function given<T extends object>(changes: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const named = Object.entries(changes).filter(([, value]) => value !== undefined);
  // Only undefined values were dropped, so what is left has the type without them.
  return Object.fromEntries(named) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
