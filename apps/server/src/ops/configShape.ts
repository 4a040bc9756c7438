import { PASS_NAMES } from '@offstage/domain/passNames';
import { z } from 'zod';
import { KEPT } from './passphrase.ts';

const providerId = z
  .string()
  .min(1, 'may not be empty')
  .max(80, 'may be at most 80 characters long')
  .regex(/^[\w.:-]+$/, 'may hold letters, digits and . : _ - only');

const address = z
  .string()
  .max(2_000, 'may be at most 2,000 characters long')
  .regex(/^https?:\/\/[^\s]+$/i, 'should be an address such as http://127.0.0.1:1234/v1')
  .refine((raw) => URL.canParse(raw), 'should be an address such as http://127.0.0.1:1234/v1')
  .refine((raw) => !/\/\/[^/?#]*@/.test(raw), 'may hold no name and password, which nothing could be sent with; a key has a place of its own');

/** One model provider (MO-1), as `[[providers]]` in the file. */
export const provider = z.strictObject({
  id: providerId,
  name: z.string().trim().min(1, 'may not be empty').max(120, 'may be at most 120 characters long'),
  base_url: address,
  api_key: z
    .string()
    .trim()
    .max(4_000, 'may be at most 4,000 characters long')
    // What no header can carry: a line break, a space, a letter that is not ASCII.
    .regex(/^[\x21-\x7E]*$/, 'holds a line break, a space or another character that no key has; copy it again, whole')
    .optional(),
  /** How many calls may run at once; hosted providers count by plan, a local server has one slot. */
  max_concurrent: z.int('should be a whole number').min(1, 'should be at least 1').max(64, 'should be at most 64').default(1),
});
export type Provider = z.infer<typeof provider>;

const choice = z.strictObject({ provider: providerId, model: z.string().min(1, 'may not be empty').max(300) });

const models = z.strictObject({
  narrative: choice.optional(),
  classifier: choice.optional(),
  /** Who keeps the books in whose stead, in order (MO-3). */
  fallbacks: z.array(choice).max(8, 'may name at most 8 models').optional(),
  /** Finds memories by their meaning as well (ME-5); without one they are found by their words. */
  embedding: choice.optional(),
});

/** What is noted after a reply (TN-8), and how long that may take (MO-3). */
const passes = z.strictObject({
  mode: z.enum(['combined', 'separate'], 'should be "combined" or "separate"').default('combined'),
  /** ED-1: whether what you feel about others is worked out too. */
  your_feelings: z.boolean().default(true),
  idle_seconds: z.number().min(1).max(600).default(10),
  total_seconds: z.number().min(5).max(3_600).default(60),
  off: z.array(z.enum(PASS_NAMES, `should name some of ${PASS_NAMES.join(', ')}`)).default([]),
});

const sampler = z.strictObject({
  temperature: z.number().min(0).max(5).optional(),
  top_p: z.number().min(0).max(1).optional(),
  max_tokens: z.int().min(1).max(32_000).optional(),
  presence_penalty: z.number().min(-2).max(2).optional(),
  frequency_penalty: z.number().min(-2).max(2).optional(),
});

/** How copies of the library make themselves, and how many stay (OP-2). */
const backups = z.strictObject({
  snapshots: z.int('should be a whole number').min(0).max(100).default(5),
  nightly: z.int('should be a whole number').min(0).max(365).default(14),
  every_minutes: z.int('should be a whole number').min(5).max(1_440).default(30),
  every_events: z.int('should be a whole number').min(100).max(1_000_000).default(1_000),
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'should be a time of day such as "03:00"').default('03:00'),
});

const marker = z.string().min(1, 'may not be empty').max(10, 'may be at most 10 characters long');

/** The sections of `config.toml`, each checked by itself so that one slip costs one section, not all. */
export const sections = {
  server: z.strictObject({
    port: z.int('should be a whole number').min(0).max(65_535, 'should be at most 65535').default(8_000),
    host: z.string().min(1).max(255).default('127.0.0.1'),
    /** Names under which other machines reach the server, with a port or for any (OP-6). */
    names: z.array(z.string().toLowerCase().max(255).regex(/^[\w.-]+(?::\d{1,5})?$|^\[[\da-f:]+\](?::\d{1,5})?$/, 'should be names such as offstage.home')).max(20).default([]),
    /** Tabs that may be open at once (OP-8): far more than anybody reads, far fewer than would hurt. */
    most_tabs: z.int('should be a whole number').min(10, 'should be at least 10').max(5_000, 'should be at most 5000').default(200),
  }),
  owner: z.strictObject({
    /** A hash, as `npm run passphrase` writes it. */
    passphrase: z.string().max(200).regex(KEPT, 'is written by npm run passphrase, and is none as it stands').optional(),
  }),
  database: z.strictObject({
    path: z.string().min(1).max(4_000).optional(),
    durability: z.enum(['normal', 'full'], 'should be "normal" or "full"').default('normal'),
  }),
  backups,
  models,
  passes,
  sampler,
  chat: z.strictObject({ ooc: z.tuple([marker, marker], 'should be two markers, as in ["((", "))"]').default(['((', '))']) }),
};

/** Everything that can be set, defaults filled in. Names are those of the file. */
export interface Config {
  readonly providers: readonly Provider[];
  readonly server: z.infer<typeof sections.server>;
  readonly owner: z.infer<typeof sections.owner>;
  readonly database: z.infer<typeof sections.database>;
  readonly backups: z.infer<typeof backups>;
  readonly models: z.infer<typeof models>;
  readonly passes: z.infer<typeof passes>;
  readonly sampler: z.infer<typeof sampler>;
  readonly chat: z.infer<typeof sections.chat>;
}

/** The settings of an installation that has no file yet. */
export const DEFAULTS: Config = {
  providers: [],
  server: sections.server.parse({}),
  owner: {},
  database: sections.database.parse({}),
  backups: backups.parse({}),
  models: {},
  passes: sections.passes.parse({}),
  sampler: {},
  chat: sections.chat.parse({}),
};
