import type { Block, PromptContext, Shown } from './block.ts';
import { accounts } from './blocks/accounts.ts';
import { aside } from './blocks/aside.ts';
import { belongings } from './blocks/belongings.ts';
import { examples } from './blocks/examples.ts';
import { feelings } from './blocks/feelings.ts';
import { identity } from './blocks/identity.ts';
import { knowledge } from './blocks/knowledge.ts';
import { loreAlways, loreCalled } from './blocks/lore.ts';
import { memories } from './blocks/memories.ts';
import { note, noteText } from './blocks/note.ts';
import { nudge } from './blocks/nudge.ts';
import { pins } from './blocks/pins.ts';
import { digests, group, plans, threads } from './blocks/plot.ts';
import { rules } from './blocks/rules.ts';
import { scene } from './blocks/scene.ts';
import { you } from './blocks/you.ts';
import { MESSAGE_TOKENS, RECALLED, RECALLED_LEAST, RECALLED_TOKENS } from './budget.ts';
import type { TokenCounter } from './tokens.ts';

/** The order in which blocks stand: what changes least first (PR-3). */
const BLOCKS: readonly Block[] = [
  rules, identity, you, examples, loreAlways, knowledge, pins, accounts,
  loreCalled, memories, feelings, group, plans, threads, belongings, digests, note, scene, aside, nudge,
];

/** What gives way when room is short, from the bottom up (PR-1); a number is how many memories are still recalled. */
const GIVES_WAY: readonly (Block | number)[] = [
  accounts, examples, ...range(RECALLED - 1, RECALLED_LEAST), belongings, group, digests, threads, plans, loreCalled, loreAlways, 0, memories, pins, knowledge, feelings,
  note, you,
];

/** Late blocks are counted in steps of so many tokens, so that one word more does not change what stands at the head. */
const STEP = 256;

/** One block as it would stand. */
export interface Rendered {
  readonly block: Block;
  readonly text: string;
  readonly tokens: number;
  /** Its place in the order of blocks. */
  readonly at: number;
}

/** What a prompt holds beside its transcript and its message. */
export interface Plan {
  readonly blocks: readonly Rendered[];
  /** Those that had to go, with why. */
  readonly left: readonly (Rendered & { readonly why: string })[];
  readonly gone: Gone;
  /** Of everything but transcript and message, with room for the memories that may be recalled. */
  readonly tokens: number;
  /** Every block as it would stand, whether there is room for it or not. */
  readonly rendered: readonly Rendered[];
}

/** What has had to go, and stays gone when the plan is made again. */
export interface Gone {
  /** How many memories may be recalled. */
  readonly k: number;
  /** With why. */
  readonly blocks: ReadonlyMap<Block, string>;
}

const NOTHING_GONE: Gone = { k: RECALLED, blocks: new Map() };

export interface Wanted {
  readonly context: PromptContext;
  readonly shown: Shown;
  readonly counter: TokenCounter;
  /** Tokens that all but the transcript may have, and those that the transcript is to have then. */
  readonly limit: number;
  readonly need: number;
  /** Memories that will come to mind are not known yet: their room is kept free. */
  readonly recalling: boolean;
}

/** Every block, for what is to be shown; `before` holds those of a plan since which only what comes to mind has changed. */
function renderAll({ context, shown, counter }: Wanted, before: readonly Rendered[] | undefined): readonly Rendered[] {
  return BLOCKS.map((block, at): Rendered => {
    const known = block === memories ? undefined : before?.[at];
    if (known !== undefined) return known;
    const text = block.render(context, shown);
    return { block, at, text, tokens: text === '' ? 0 : tokensOf(block, text, counter) + 2 };
  });
}

/** Chooses the blocks that there is room for. What must be there stays, whatever it takes. */
export function plan(wanted: Wanted, gone: Gone = NOTHING_GONE, before?: readonly Rendered[]): Plan {
  const { context, counter } = wanted;
  const all = renderAll(wanted, before);
  // The note that stands in the transcript is counted with the rest: it is as long wherever it stands.
  const inside = context.note !== null && context.note.depth > 0 ? counter.count(noteText(context)) + MESSAGE_TOKENS * 2 : 0;
  let { k } = gone;
  const off = new Map(gone.blocks);
  const why = `There was no room: the transcript would have had less than ${wanted.need.toLocaleString('en')} tokens.`;
  const total = (position?: Block['position']): number =>
    all.reduce((tokens, one) => (off.has(one.block) || (position !== undefined && one.block.position !== position) ? tokens : tokens + one.tokens), 0);
  const reserved = (): number => (wanted.recalling && !off.has(memories) ? k * RECALLED_TOKENS : 0);
  const noted = (): number => (off.has(note) ? 0 : inside);
  const tokens = (): number => total() + reserved() + noted() + MESSAGE_TOKENS * 2;
  const slack = (): number => (wanted.recalling ? (STEP - ((total('late') + reserved()) % STEP)) % STEP : 0);
  const crowded = (): boolean => wanted.limit - tokens() - slack() < wanted.need;
  for (const step of GIVES_WAY) {
    if (!crowded()) break;
    if (typeof step === 'number') k = Math.min(k, step);
    else off.set(step, why);
  }
  return {
    blocks: all.filter(({ block, text }) => text !== '' && !off.has(block)),
    left: all.flatMap((one) => {
      const reason = off.get(one.block);
      // Memories that there is no room for are not even sought.
      return (one.text === '' && one.block !== memories) || reason === undefined ? [] : { ...one, why: reason };
    }),
    gone: { k, blocks: off },
    tokens: tokens(),
    rendered: all,
  };
}

/** Tokens of the blocks that must be there. */
export function mustTokens({ blocks }: Plan): number {
  return blocks.reduce((tokens, one) => (one.block.tier === 'must' ? tokens + one.tokens : tokens), MESSAGE_TOKENS * 2);
}

/** The blocks of one position as one text. */
export function joined(blocks: readonly Rendered[], position: Block['position']): string {
  return blocks.filter(({ block }) => block.position === position).map(({ text }) => text).join('\n\n');
}

/** Where the note stands in the transcript, if anywhere: how many turns before its end. */
export function noteDepth(context: PromptContext, { gone }: Plan): number {
  return context.note === null || gone.blocks.has(note) ? 0 : context.note.depth;
}

/** What stands late is counted line by line: most of its lines were counted in the prompt before. */
function tokensOf({ position }: Block, text: string, counter: TokenCounter): number {
  if (position === 'head') return counter.count(text);
  return text.split('\n').reduce((tokens, line) => tokens + counter.count(line) + 1, 0);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, from - to + 1) }, (_, n) => from - n);
}
