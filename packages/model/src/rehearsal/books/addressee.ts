import type { Prompt } from '../prompt.ts';
import { readExchange } from './exchange.ts';
import { escape } from './pieces.ts';

interface Addressed {
  readonly addressee: string;
  readonly confidence: 'high' | 'medium' | 'low';
  readonly reason: string;
}

/** Whom a message is for (TN-3): who is called, who is named, who spoke last. */
export function addressee(prompt: Prompt): Addressed {
  const exchange = readExchange(prompt.messages);
  const message = exchange.sections.get('the message') ?? '';
  const bots = exchange.present.filter((name) => name !== exchange.person);
  const ways = (name: string): string => [name, name.split(' ')[0] ?? name].map(escape).join('|');
  const called = bots.find((name) => new RegExp(String.raw`@(?:${ways(name)})\b|(?:^|["“*.!?]\s*)(?:${ways(name)})\s*[,!?:]|,\s*(?:${ways(name)})\s*[.!?"”]`, 'iu').test(message));
  if (called !== undefined) return { addressee: called, confidence: 'high', reason: `${called} is called by name.` };
  const seen = bots.find((name) => new RegExp(String.raw`\b(?:to|at|towards?|beside|with) (?:${ways(name)})\b`, 'iu').test(message));
  if (seen !== undefined) return { addressee: seen, confidence: 'high', reason: `The message turns to ${seen}.` };
  // Whoever is only spoken of is rather not the one spoken to.
  const spokenOf = bots.filter((name) => new RegExp(`\\b(?:${ways(name)})\\b`, 'iu').test(message));
  const rest = bots.filter((name) => !spokenOf.includes(name));
  const last = exchange.before.findLast((line) => rest.includes(line.speaker))?.speaker;
  if (spokenOf.length > 0 && rest.length === 1 && rest[0] !== undefined) return { addressee: rest[0], confidence: 'medium', reason: `${spokenOf.join(' and ')} is spoken of, so ${rest[0]} is spoken to.` };
  if (last !== undefined) return { addressee: last, confidence: 'medium', reason: `${last} spoke last.` };
  return { addressee: bots[0] ?? '', confidence: 'low', reason: 'Nothing shows whom it is for.' };
}
