import { REACH } from '@offstage/domain/recall';
import { datesNamedIn, stemsOf } from './words.ts';

/** What a question asks for. */
export interface Question {
  /** Its words as stems, in order. */
  readonly words: readonly string[];
  /** Words that begin with a capital, as stems: they may be names. */
  readonly capitals: ReadonlySet<string>;
  /** The dates that it names, as words. */
  readonly dates: readonly string[];
}

/** Reads a question, or messages to find memories for: the end of it, when it is very long. */
export function readQuestion(text: string): Question {
  const end = text.slice(-REACH.characters);
  const capitals = (end.match(/(?<![\p{L}\p{N}])\p{Lu}\p{L}+/gu) ?? []).flatMap((word) => stemsOf(word));
  return { words: stemsOf(end), capitals: new Set(capitals), dates: datesNamedIn(end) };
}

/** The least letters that a short form of a name has: Mel for Melanie. */
const SHORT_NAME = 3;

/** Which of the names of those who speak in an owner's memories the question names. */
export function namedIn({ capitals }: Question, speakers: readonly string[]): ReadonlySet<string> {
  return new Set(
    speakers.filter((name) =>
      [...capitals].some((word) => word === name || (word.length >= SHORT_NAME && name.startsWith(word))),
    ),
  );
}

/** Whether a word of the question is, or may be short for, one of these names. */
export function isNameOf(word: string, { capitals }: Question, named: ReadonlySet<string>): boolean {
  return named.has(word) || (capitals.has(word) && word.length >= SHORT_NAME && [...named].some((name) => name.startsWith(word)));
}
