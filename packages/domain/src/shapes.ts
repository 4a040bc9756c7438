import { z } from 'zod';
import { PASS_NAMES } from './passNames.ts';
import { line, text } from './text.ts';

/** Identifiers are made by the caller; the domain only asks that they are short and plain. */
export const id = z.string().min(1).max(80).regex(/^[\w.:-]+$/, 'An id holds letters, digits and . : _ - only.');

/** In-fiction or real time: ISO 8601 in UTC; without the limit a fraction of a second could go on for ever. */
export const instant = z.iso.datetime().max(40);

/** Affinity and trust run from 0 to 100 (WD-7). */
export const score = z.number().min(0).max(100);

/** Significance of a memory or scene: 0 trifling to 3 decisive (WD-8). */
export const significance = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]);

const unit = z.number().min(0).max(1);

/** The Big Five, each 0..1. */
const bigFive = z.object({
  openness: unit,
  conscientiousness: unit,
  extraversion: unit,
  agreeableness: unit,
  neuroticism: unit,
});

/** A model of a configured provider. */
export const modelChoice = z.object({ endpointId: id, model: z.string().min(1).max(300) });

/** Who a persona is (WD-1). */
export const personaIdentity = z.object({
  name: line(120),
  pronouns: text(60).default(''),
  persona: text(20_000).default(''),
});

/** Who a bot is (WD-2). `card` keeps what a character card carried that Offstage does not itself use (IO-1). */
export const botIdentity = z.object({
  name: line(120),
  persona: text(100_000).default(''),
  voiceSamples: z.array(text(20_000)).max(50).default([]),
  traits: z.array(line(200)).max(100).default([]),
  backstory: text(100_000).default(''),
  relationship: text(20_000).default(''),
  kickoff: text(100_000).default(''),
  avatar: z.string().max(200).nullable().default(null),
  tags: z.array(line(120)).max(200).default([]),
  greeting: text(100_000).default(''),
  alternateGreetings: z.array(text(100_000)).max(200).default([]),
  exampleDialogue: text(100_000).default(''),
  creatorNotes: text(100_000).default(''),
  model: modelChoice.nullable().default(null),
  bigFive: bigFive.nullable().default(null),
  card: z.record(z.string(), z.unknown()).nullable().default(null),
});

export type BotIdentity = z.infer<typeof botIdentity>;
export type PersonaIdentity = z.infer<typeof personaIdentity>;

/** A place (WD-4). No defaults here: a change names only what it changes. */
export const place = z.object({
  name: line(200),
  type: text(100),
  description: text(20_000),
  moving: z.boolean(),
  public: z.boolean(),
  audibleRange: text(200),
  parentId: id.nullable(),
});

/** What one entity does, where and how (WD-5). */
export const activity = z.object({
  containerId: id.nullable(),
  slot: text(200),
  posture: text(200),
  action: z
    .object({
      verb: text(300),
      interruptible: z.boolean(),
      attention: z.enum(['low', 'medium', 'high']),
      expectedMinutes: z.number().min(0).nullable(),
    })
    .nullable(),
  attention: text(300),
  holding: z.array(text(200)).max(50),
  status: z.record(z.string().max(100), z.string().max(300)),
});

export type Activity = z.infer<typeof activity>;

/** An entity of which nothing is known yet. */
export const idle: Activity = {
  containerId: null,
  slot: '',
  posture: '',
  action: null,
  attention: '',
  holding: [],
  status: {},
};

/** What a hand can set of an edge (WD-7); a change names only what it changes. */
export const edgeChanges = z
  .object({ affinity: score, trust: score, summary: text(4_000), knowledge: z.array(text(1_000)).max(500) })
  .partial();

/** What a chat sets for itself (PR-7). `null` follows the settings. */
export const tuning = z.object({
  /** The author's note, and how many turns before the end of the transcript it stands. */
  note: z.object({ text: text(8_000), depth: z.number().int().min(0).max(100) }).nullable(),
  sampler: z
    .object({
      temperature: z.number().min(0).max(5),
      topP: z.number().min(0).max(1),
      maxTokens: z.number().int().min(1).max(32_000),
      presencePenalty: z.number().min(-2).max(2),
      frequencyPenalty: z.number().min(-2).max(2),
    })
    .partial()
    .nullable(),
  passesOff: z.array(z.enum(PASS_NAMES)).max(PASS_NAMES.length).nullable(),
});

export type Tuning = z.infer<typeof tuning>;

/** Which of you, host and guest are in a scene together (WD-6). */
export const presentSet = z.enum(['you_host', 'you_host_guest', 'host_guest', 'cast']);

/** How a reply ended: `lost` is a broken connection, `crash` a server that went away. */
export const finishReason = z.enum(['stop', 'length', 'aborted', 'cap', 'lost', 'crash', 'written']);

/** Tokens read and written by one model call. */
export const usage = z.object({ prompt: z.number().int().min(0), completion: z.number().int().min(0) });
