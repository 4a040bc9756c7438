import { DomainError } from '@offstage/domain';
import type { Message } from '@offstage/model';
import type { Block, PromptContext, Tier } from './block.ts';
import { nameOf } from './block.ts';
import { examples } from './blocks/examples.ts';
import { feelings } from './blocks/feelings.ts';
import { identity, identityParts } from './blocks/identity.ts';
import { memories } from './blocks/memories.ts';
import { rules } from './blocks/rules.ts';
import { scene } from './blocks/scene.ts';
import { you } from './blocks/you.ts';
import { HISTORY_LEAST, MESSAGE_TOKENS, RECALLED, RECALLED_LEAST } from './budget.ts';
import type { Budget } from './budget.ts';
import type { Line } from './history.ts';
import { messageFor } from './history.ts';
import { fromTemplate } from './templates.ts';
import type { TokenCounter } from './tokens.ts';

/** The order in which blocks stand. Of those that may go, the later one goes first. */
const BLOCKS: readonly Block[] = [rules, identity, you, examples, memories, feelings, scene];
/** What goes first when room is short. */
const GIVES_WAY: readonly Block[] = [examples, memories, feelings, you];

/** What a prompt holds and what it had to leave out, for the inspector (PR-4). Counts are tokens. */
export interface PromptReport {
  readonly budget: Budget;
  readonly tokens: number;
  readonly parts: readonly { readonly name: string; readonly tier: Tier; readonly tokens: number; readonly included: boolean }[];
  readonly transcript: { readonly turns: number; readonly tokens: number; readonly trimmed: boolean };
  readonly recalled: number;
}

export interface Prompt {
  readonly messages: readonly Message[];
  readonly report: PromptReport;
}

/** How the transcript is read once it is known how much room it has. */
export type ReadTranscript = (room: { readonly most: number; readonly trimTo: number }) => Promise<{
  readonly lines: readonly Line[];
  readonly tokens: number;
  readonly trimmed: boolean;
}>;

export interface Assembly {
  readonly context: PromptContext;
  readonly budget: Budget;
  readonly counter: TokenCounter;
  /**
   * The message to answer, remarks removed; empty where the person said nothing that belongs to the story. Undefined
   * when it stands at the end of the transcript already, or when there is none.
   */
  readonly message: string | undefined;
  readonly transcript: ReadTranscript;
}

/**
 * Puts a prompt together: what never changes, the transcript, what changes with every turn, the message. Throws
 * DomainError `too_long`, naming what is too long, where what must be in it exceeds the hard budget (PR-2).
 */
export async function assemble(assembly: Assembly): Promise<Prompt> {
  const { context, budget } = assembly;
  const plan = planBlocks(assembly);
  const message = assembly.message === undefined ? undefined : spoken(assembly.message, context);
  const room = { hard: budget.hard - plan.tokens, soft: budget.soft - plan.tokens };
  const trimTo = Math.max(room.soft, Math.min(HISTORY_LEAST, room.hard), 0);
  const history = await assembly.transcript({ most: Math.max(room.hard, trimTo), trimTo });

  const lines = [...history.lines];
  const toMessage = (line: Line): Message => messageFor(line, context.speaker.botId, context.names);
  let last = message;
  // A reply that is tried again answers the message that already stands at the end.
  const end = lines.at(-1);
  if (last === undefined && end !== undefined && end.kind === 'user') {
    last = toMessage(end);
    lines.pop();
  }
  last ??= { role: 'user', content: fromTemplate('open', { char: context.speaker.name }) };

  const joined = (position: Block['position']): string =>
    plan.included.filter(({ block }) => block.position === position).map(({ text }) => text).join('\n\n');
  const messages: Message[] = [
    { role: 'system', content: joined('head') },
    ...lines.map(toMessage),
    { role: 'system', content: joined('late') },
    last,
  ];
  return {
    messages,
    report: {
      budget,
      tokens: plan.tokens + history.tokens,
      parts: plan.parts,
      transcript: { turns: history.lines.length, tokens: history.tokens, trimmed: history.trimmed },
      recalled: plan.recalled,
    },
  };
}

interface Rendered {
  readonly block: Block;
  readonly text: string;
  readonly tokens: number;
}

interface Plan {
  readonly included: readonly Rendered[];
  readonly parts: PromptReport['parts'];
  /** Everything but the transcript, the message included. */
  readonly tokens: number;
  readonly recalled: number;
}

/** Chooses the blocks: recalled memories become fewer first, then what should be there goes, one block after another. */
function planBlocks({ context, budget, counter, message }: Assembly): Plan {
  const render = (block: Block, recalled: number): Rendered => {
    const text = block.render(context, { recalled });
    return { block, text, tokens: text === '' ? 0 : counter.count(text) + MESSAGE_TOKENS };
  };
  const messageTokens = message === undefined ? 0 : counter.count(message) + MESSAGE_TOKENS * 2;
  let recalled = Math.min(RECALLED, context.recalled.length);
  let blocks = BLOCKS.map((block) => render(block, recalled));
  const tokensOf = (list: readonly Rendered[]): number => list.reduce((total, { tokens }) => total + tokens, messageTokens);

  const must = blocks.filter(({ block }) => block.tier === 'must');
  if (tokensOf(must) > budget.hard) throw tooLong(context, counter, budget, messageTokens);

  const crowded = (): boolean => budget.soft - tokensOf(blocks) < HISTORY_LEAST;
  while (crowded() && recalled > RECALLED_LEAST) {
    recalled--;
    blocks = blocks.map((one) => (one.block === memories ? render(memories, recalled) : one));
  }
  const all = blocks;
  for (const leaving of GIVES_WAY) {
    if (!crowded()) break;
    blocks = blocks.filter(({ block }) => block !== leaving);
  }
  return {
    included: blocks.filter(({ text }) => text !== ''),
    parts: all
      .filter(({ text }) => text !== '')
      .map((one) => ({ name: one.block.name, tier: one.block.tier, tokens: one.tokens, included: blocks.includes(one) })),
    tokens: tokensOf(blocks),
    recalled,
  };
}

function spoken(message: string, context: PromptContext): Message {
  const user = nameOf(context, context.you.id);
  return { role: 'user', content: message === '' ? fromTemplate('silent', { user }) : `${user}: ${message}` };
}

function tooLong(context: PromptContext, counter: TokenCounter, budget: Budget, messageTokens: number): DomainError {
  const parts = identityParts(context).map((part) => ({ ...part, tokens: counter.count(part.text) }));
  const longest = parts.toSorted((a, b) => b.tokens - a.tokens)[0];
  if (longest === undefined || messageTokens >= longest.tokens) {
    return new DomainError('too_long', `Your message is longer than the model can be given at once (${budget.hard.toLocaleString('en')} tokens in all). Send it in parts.`, ['text']);
  }
  return new DomainError('too_long', `The ${longest.label} of ${context.speaker.name} is too long to be given to the model (${budget.hard.toLocaleString('en')} tokens in all). Shorten it under Bots.`, [longest.field]);
}
