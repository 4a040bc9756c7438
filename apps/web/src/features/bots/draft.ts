import type { BotIdentityInput } from '@offstage/domain/commands/authoring';
import { choiceFrom, choiceKey } from '../../lib/model-choice.ts';

/** The Big Five, each 0 to 1. */
export type Temper = NonNullable<BotIdentityInput['bigFive']>;

/** A bot as its form holds it: lists are text, as they are typed. */
export interface BotDraft {
  readonly name: string;
  readonly avatar: string | null;
  readonly persona: string;
  /** Parted by a line of `---`. */
  readonly voiceSamples: string;
  /** Parted by commas. */
  readonly traits: string;
  readonly backstory: string;
  readonly relationship: string;
  readonly kickoff: string;
  readonly greeting: string;
  readonly alternateGreetings: readonly string[];
  readonly tags: string;
  readonly exampleDialogue: string;
  readonly creatorNotes: string;
  /** A model of the bot's own as one string; empty for none. */
  readonly model: string;
  readonly bigFive: Temper | null;
}

export const emptyDraft: BotDraft = {
  name: '',
  avatar: null,
  persona: '',
  voiceSamples: '',
  traits: '',
  backstory: '',
  relationship: '',
  kickoff: '',
  greeting: '',
  alternateGreetings: [],
  tags: '',
  exampleDialogue: '',
  creatorNotes: '',
  model: '',
  bigFive: null,
};

const PARTED = /^[ \t]*-{3,}[ \t]*$/m;

/** The form of a bot that is there, or of what a card says. */
export function draftOf(identity: BotIdentityInput): BotDraft {
  const { voiceSamples = [], traits = [], tags = [], avatar = null, alternateGreetings = [] } = identity;
  return {
    name: identity.name,
    avatar,
    persona: identity.persona ?? '',
    voiceSamples: voiceSamples.join('\n---\n'),
    traits: traits.join(', '),
    backstory: identity.backstory ?? '',
    relationship: identity.relationship ?? '',
    kickoff: identity.kickoff ?? '',
    greeting: identity.greeting ?? '',
    alternateGreetings,
    tags: tags.join(', '),
    exampleDialogue: identity.exampleDialogue ?? '',
    creatorNotes: identity.creatorNotes ?? '',
    model: choiceKey(identity.model ?? null),
    bigFive: identity.bigFive ?? null,
  };
}

/** What the form says about the bot. Empty parts of lists are dropped. */
export function identityOf(draft: BotDraft) {
  return {
    ...draft,
    voiceSamples: draft.voiceSamples.split(PARTED).map((sample) => sample.trim()).filter((sample) => sample !== ''),
    traits: byCommas(draft.traits),
    tags: byCommas(draft.tags),
    model: choiceFrom(draft.model),
    alternateGreetings: draft.alternateGreetings.filter((greeting) => greeting.trim() !== ''),
  };
}

function byCommas(text: string): string[] {
  return text.split(/[,\n]/).map((part) => part.trim()).filter((part) => part !== '');
}

export function sameDraft(a: BotDraft, b: BotDraft): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A draft as it was kept in this browser; undefined where it does not have the shape of one. */
export function readDraft(kept: string | undefined): BotDraft | undefined {
  if (kept === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(kept);
    if (typeof value !== 'object' || value === null) return undefined;
    const shaped = Object.entries(emptyDraft).map(([name, empty]) => {
      const held: unknown = Reflect.get(value, name);
      if (Array.isArray(empty)) return [name, Array.isArray(held) ? held.map(String) : empty];
      if (name === 'bigFive') return [name, temperFrom(held)];
      return [name, typeof held === 'string' ? held : empty];
    });
    // Each field was given its own type just now.
    return Object.fromEntries(shaped) as unknown as BotDraft;
  } catch {
    return undefined;
  }
}

function temperFrom(value: unknown): Temper | null {
  if (typeof value !== 'object' || value === null) return null;
  const side = (name: keyof Temper): number => {
    const held: unknown = Reflect.get(value, name);
    return typeof held === 'number' && held >= 0 && held <= 1 ? held : 0.5;
  };
  return {
    openness: side('openness'),
    conscientiousness: side('conscientiousness'),
    extraversion: side('extraversion'),
    agreeableness: side('agreeableness'),
    neuroticism: side('neuroticism'),
  };
}
