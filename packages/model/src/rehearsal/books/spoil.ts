import { asArray, asObject } from '../../chunks.ts';

/** Ways of spoiling a structured answer, for tests of the bookkeeping. */
export const SPOILED = ['prose-json', 'half-json', 'wrong-types', 'out-of-range', 'strangers', 'huge-json'] as const;
export type Spoiling = (typeof SPOILED)[number];

const HUGE = 2_000_000;
const FAR = 100_000;
const NOBODY = 'Nobody Atall';
const NO_ONE_ELSE = 'Someone Elsewhere';

/** The answer as a model that does this would give it. */
export function spoil(answer: unknown, how: Spoiling): string {
  switch (how) {
    case 'prose-json':
      return `Of course! Here is what I noticed:\n\n\`\`\`json\n${JSON.stringify(answer, null, 2)}\n\`\`\`\n\nLet me know if I should look again.`;
    case 'half-json': {
      const text = JSON.stringify(answer);
      return text.slice(0, Math.max(2, Math.floor(text.length / 2)));
    }
    case 'wrong-types':
      return JSON.stringify(mapped(withSomething(answer, NOBODY), (value) => (typeof value === 'number' ? `about ${value}` : typeof value === 'boolean' ? (value ? 'yes' : 'no') : typeof value === 'string' ? { text: value } : 7)));
    case 'out-of-range':
      return JSON.stringify(mapped(withSomething(answer, undefined), (value) => (typeof value === 'number' ? (value < 0 ? -FAR : FAR) : value)));
    case 'strangers':
      return JSON.stringify(renamed(withSomething(answer, NOBODY)));
    case 'huge-json':
      return JSON.stringify({ ...asObject(answer), remarks: 'and so on '.repeat(HUGE / 10) });
  }
}

/** Every leaf of a value through a function. */
function mapped(value: unknown, turn: (leaf: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => mapped(one, turn));
  const fields = asObject(value);
  return fields ? Object.fromEntries(Object.entries(fields).map(([key, one]) => [key, mapped(one, turn)])) : turn(value);
}

/** With something in every list of the bookkeeping, so that there is something to get wrong. `name` is who it is about; else somebody of the answer's. */
function withSomething(answer: unknown, name: string | undefined): unknown {
  const fields = asObject(answer);
  if (!fields) return answer;
  const moves = asArray(asObject(fields['edges'])?.['moves']);
  const [from, to] = [name ?? 'Mara', name === undefined ? 'Ada' : NO_ONE_ELSE];
  return {
    ...fields,
    ...(fields['edges'] !== undefined && { edges: { moves: moves.length > 0 ? moves : [{ from, to, affinity: 1, trust: 1, facts: [] }] } }),
    ...(fields['memories'] !== undefined && name !== undefined && { memories: { told: [{ teller: from, hearer: to, fact: 'The bridge is down' }] } }),
    ...(fields['activity'] !== undefined && name !== undefined && { activity: { ...asObject(fields['activity']), people: [{ name: from, place: null, posture: 'sitting', action: null, holding: null, attention: null }] } }),
  };
}

const NAMES = new Set(['name', 'from', 'to', 'teller', 'hearer', 'addressee']);

/** With every name replaced by one that nobody bears. */
function renamed(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, key));
  const fields = asObject(value);
  if (fields) return Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, name === 'place' ? one : renamed(one, name)]));
  if (!NAMES.has(key) || typeof value !== 'string') return value;
  return key === 'to' || key === 'hearer' ? NO_ONE_ELSE : NOBODY;
}
