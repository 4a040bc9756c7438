import { PASS_NAMES } from '@offstage/domain/passNames';
import { PRESETS } from '@offstage/model';
import { z } from 'zod';
import { bookkeepingOf, setBookkeeping } from '../ops/bookkeeping.ts';
import { command, procedure, router, wireId } from './trpc.ts';

const model = z.string().min(1, 'This may not be empty.').max(300, 'This may be at most 300 characters long.');
const oneModel = z.object({ endpointId: wireId, model });
const choice = oneModel.nullable().optional();
const baseUrl = z.string().min(1, 'This may not be empty.').max(2_000, 'This may be at most 2,000 characters long.');
const apiKey = z.string().max(4_000, 'This may be at most 4,000 characters long.').nullable().optional();

const sampler = z.object({
  temperature: z.number().min(0).max(5).optional(),
  topP: z.number().min(0).max(1).optional(),
  maxTokens: z.int().min(1).max(32_000).optional(),
  presencePenalty: z.number().min(-2).max(2).optional(),
  frequencyPenalty: z.number().min(-2).max(2).optional(),
});

const provider = z.object({
  id: wireId.optional(),
  name: z.string().max(120, 'This may be at most 120 characters long.'),
  baseUrl,
  apiKey,
  // How many is checked where the file is written, in the words of the form.
  maxConcurrent: z.number().min(-1_000_000).max(1_000_000),
});

const bookkeeping = z.object({
  mode: z.enum(['combined', 'separate']).optional(),
  yourFeelings: z.boolean().optional(),
  idleSeconds: z.number().min(1).max(600).optional(),
  totalSeconds: z.number().min(5).max(3_600).optional(),
  off: z.array(z.enum(PASS_NAMES)).max(PASS_NAMES.length).optional(),
});

/** Model providers and what else stands in the settings file. A key goes in and never comes out (OP-5). */
export const settingsRouter = router({
  get: procedure.meta({ description: 'The settings as the file now says them, with the slips in it; and whether the passphrase is asked for.' }).query(async ({ ctx }) => {
    await ctx.config.refresh();
    const { providers, config } = ctx;
    return {
      providers: providers.list(),
      narrative: providers.choice('narrative'),
      classifier: providers.choice('classifier'),
      fallbacks: providers.fallbacks(),
      embedding: providers.choice('embedding'),
      bookkeeping: bookkeepingOf(config.current),
      sampler: providers.sampler(),
      scripted: ctx.models.name('narrative').scripted,
      problems: config.problems,
      configPath: config.name,
      locked: ctx.locked,
    };
  }),

  presets: procedure.meta({ description: 'Well-known providers to start from.' }).query(() => PRESETS),

  saveProvider: procedure
    .meta({ description: 'Adds a provider, or changes the one named; may choose its models too.' })
    .input(command.extend({ provider, narrative: model.optional(), classifier: model.optional() }))
    .mutation(({ ctx, input: { commandId, provider: given, narrative, classifier } }) =>
      ctx.once(commandId, () => ctx.providers.save(given, { narrative, classifier })),
    ),

  removeProvider: procedure
    .meta({ description: 'Forgets a provider, its key, and the choices that name it.' })
    .input(command.extend({ id: wireId }))
    .mutation(({ ctx, input }) => ctx.once(input.commandId, () => ctx.providers.remove(input.id))),

  choose: procedure
    .meta({ description: 'Chooses models and sampler settings; null takes a choice back.' })
    .input(command.extend({ narrative: choice, classifier: choice, fallbacks: z.array(oneModel).max(8).optional(), embedding: choice, sampler: sampler.optional() }))
    .mutation(({ ctx, input: { commandId, ...input } }) => ctx.once(commandId, () => ctx.providers.choose(input))),

  keepBooks: procedure
    .meta({ description: 'Sets how the books are kept after each reply; what is left out stays.' })
    .input(command.extend({ bookkeeping }))
    .mutation(({ ctx, input }) => ctx.once(input.commandId, () => setBookkeeping(ctx.config, input.bookkeeping))),

  // A mutation, so that a key is never part of an address.
  test: procedure
    .meta({ description: 'Tries a provider: lists its models, or says plainly what failed.' })
    .input(z.object({ provider: z.object({ id: wireId.optional(), baseUrl, apiKey }), model: model.optional() }))
    .mutation(({ ctx, input, signal }) =>
      ctx.trials.run(() => ctx.providers.test(input.provider, input.model, signal ?? AbortSignal.timeout(60_000))),
    ),

  findLocal: procedure
    .meta({ description: 'Looks for model servers on the usual ports of this machine.' })
    .query(({ ctx, signal }) => ctx.trials.run(() => ctx.providers.findLocal(signal ?? AbortSignal.timeout(10_000)))),
});
