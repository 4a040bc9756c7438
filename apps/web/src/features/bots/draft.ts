import type { BotIdentityInput } from '@offstage/domain/commands/authoring';

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
  };
}

/** What the form says about the bot. Empty parts of lists are dropped. */
export function identityOf(draft: BotDraft) {
  return {
    ...draft,
    voiceSamples: draft.voiceSamples.split(PARTED).map((sample) => sample.trim()).filter((sample) => sample !== ''),
    traits: byCommas(draft.traits),
    tags: byCommas(draft.tags),
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
      return [name, typeof held === 'string' ? held : empty];
    });
    // Each field was given its own type just now.
    return Object.fromEntries(shaped) as unknown as BotDraft;
  } catch {
    return undefined;
  }
}
