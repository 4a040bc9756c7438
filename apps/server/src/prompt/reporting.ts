import type { Row } from '@offstage/domain';
import type { MemoryHit } from '@offstage/store';
import type { PromptContext, Shown } from './block.ts';
import { accounts } from './blocks/accounts.ts';
import { memories } from './blocks/memories.ts';
import { noteText } from './blocks/note.ts';
import { RECALLED } from './budget.ts';
import type { Budget } from './budget.ts';
import type { Transcript } from './history.ts';
import type { LoreFound } from './lore.ts';
import { noteDepth } from './plan.ts';
import type { Plan, Rendered } from './plan.ts';
import type { BlockReport, PromptReport } from './report.ts';

export interface Reported {
  readonly context: PromptContext;
  readonly budget: Budget;
  readonly tokens: number;
  readonly plan: Plan;
  readonly transcript: Transcript;
  readonly message: { readonly text: string; readonly tokens: number };
  readonly shown: Shown;
  readonly recalled: readonly MemoryHit[];
  /** Whether the transcript tells a memory. */
  readonly told: (memory: Row<'memories'>) => boolean;
  /** Everything that was found, also what had no room. */
  readonly lore: readonly LoreFound[];
}

/** Says what a prompt holds, what it left out, and why (PR-4). */
export function reportOn(reported: Reported): PromptReport {
  const { context, budget, tokens, plan, transcript, recalled, shown, told } = reported;
  const { lines } = transcript;
  const holds = (name: string): boolean => plan.blocks.some(({ block }) => block.name === name);
  return {
    budget: { ...budget },
    tokens,
    blocks: blocksOf(reported),
    transcript: {
      turns: lines.length,
      tokens: transcript.tokens,
      trimmed: transcript.trimmed,
      fromTurnId: lines[0]?.turnId ?? null,
      toTurnId: lines.at(-1)?.turnId ?? null,
      fromDepth: lines[0]?.depth ?? null,
      toDepth: lines.at(-1)?.depth ?? null,
    },
    retrieved: holds('memories') ? recalled.map(({ memory, score, why }) => ({ memoryId: memory.memoryId, text: memory.text, score, why })) : [],
    k: plan.gone.k,
    pins: context.pinned.map((memory) => ({ memoryId: memory.memoryId, text: memory.text, place: placeOf(memory) })),
    lore: reported.lore.map((one) => ({
      loreId: one.entry.loreId,
      name: one.entry.name,
      key: one.key,
      included: shown.lore.includes(one) && holds(one.key === null ? 'lore-always' : 'lore'),
    })),
    digests: holds('digests') ? context.digests.map(({ digestId }) => digestId) : [],
  };

  function placeOf(memory: Row<'memories'>): PromptReport['pins'][number]['place'] {
    if (told(memory)) return 'in the transcript';
    if (shown.pinsSettled.includes(memory) && holds('pins')) return 'head';
    return shown.pinsLate.includes(memory) && holds('memories') ? 'late' : 'left out';
  }
}

/** All blocks in the order in which they stand, those that had to go in their places. */
function blocksOf({ context, plan, transcript, message }: Reported): BlockReport[] {
  const why = new Map(plan.left.map((one) => [one.block, one.why]));
  const all = [...plan.blocks, ...plan.left].toSorted((a, b) => a.at - b.at);
  const told = ({ block, text, tokens }: Rendered): BlockReport => ({
    name: block.name,
    label: block.label(context),
    tier: block.tier,
    position: block.position,
    tokens,
    included: !why.has(block),
    why: why.get(block) ?? (block === memories ? fewer(plan.gone.k) : null),
    text,
  });
  const head = all.filter(({ block }) => block.position === 'head').map(told);
  const late = all.filter(({ block }) => block.position === 'late').map(told);
  const depth = noteDepth(context, plan);
  const inside: BlockReport[] = depth === 0 || noteText(context) === '' ? [] : [{
    name: 'note', label: "Author's note", tier: 'should', position: 'transcript', tokens: 0, included: true,
    why: `Stands ${depth} ${depth === 1 ? 'turn' : 'turns'} before the end.`, text: noteText(context),
  }];
  return [
    ...head,
    {
      name: 'transcript', label: 'What was said', tier: 'must', position: 'transcript', tokens: transcript.tokens, included: transcript.lines.length > 0,
      why: transcript.trimmed ? trimmedWhy(head) : null, text: '',
    },
    ...inside,
    ...late,
    ...(message.tokens === 0 ? [] : [{ name: 'message', label: 'Your message', tier: 'must', position: 'message', tokens: message.tokens, included: true, why: null, text: message.text } as const]),
  ];
}

function fewer(k: number): string | null {
  return k < RECALLED ? `There was room for ${k} memories instead of ${RECALLED}.` : null;
}

function trimmedWhy(head: readonly BlockReport[]): string {
  return head.some(({ name, included }) => name === accounts.name && included)
    ? 'Older turns had no room; earlier scenes stand above as they are remembered.'
    : 'Older turns had no room.';
}
