import { z } from 'zod';
import { setBackups } from '../keeping/settings.ts';
import { standings } from '../keeping/standings.ts';
import { command, door, router } from './trpc.ts';

const copyName = z.string().min(1).max(300);

const settings = z.object({
  snapshots: z.int().min(0).max(100).optional(),
  nightly: z.int().min(0).max(365).optional(),
  everyMinutes: z.int().min(5).max(1_440).optional(),
  everyEvents: z.int().min(100).max(1_000_000).optional(),
  at: z.string().max(5).regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'This should be a time of day such as 03:00.').optional(),
});

/** The library's file and its copies (OP-2). These are answered also while the library is not open. */
export const keepingRouter = router({
  watch: door
    .meta({ description: 'How things stand with the library: whether it is open, what is wrong with its file or disk, what long work goes on; and which build of the pages is served.' })
    .subscription(async function* ({ ctx, signal }) {
      const told = standings(ctx.library, signal ?? new AbortController().signal);
      for await (const standing of ctx.places.during(ctx.pipe, told)) yield { ...standing, build: ctx.build };
    }),

  standing: door
    .meta({ description: 'The same once.' })
    .query(({ ctx }) => ({ ...ctx.library.standing, build: ctx.build })),

  copies: door
    .meta({ description: 'All copies of the library, the newest first, with how and how often they are made.' })
    .query(async ({ ctx }) => {
      const { backups } = ctx.library;
      const { snapshots, nightly, every_minutes: everyMinutes, every_events: everyEvents, at } = ctx.config.current.backups;
      return { copies: await backups.list(), health: backups.health, settings: { snapshots, nightly, everyMinutes, everyEvents, at }, library: ctx.library.path };
    }),

  newestSound: door
    .meta({ description: 'The newest copy that is sound from its first page to its last; each is read whole for this.' })
    .query(async ({ ctx }) => (await ctx.library.backups.newestSound()) ?? null),

  make: door
    .meta({ description: 'Makes a copy of the library now, and reads it to see that it is sound. Answers when it is done.' })
    .input(command)
    .mutation(({ ctx, input }) => ctx.library.once(input.commandId, () => ctx.library.backups.make('by-hand'))),

  cancel: door
    .meta({ description: 'Cancels the copy that is being made or put back, as long as nothing has been touched.' })
    .input(command)
    .mutation(async ({ ctx }) => ({ cancelled: await ctx.library.works.cancel() })),

  restore: door
    .meta({ description: 'Puts a copy in the library\'s place; the present one is put aside first, and every page reads everything anew.' })
    .input(command.extend({ name: copyName }))
    .mutation(({ ctx, input }) => ctx.library.once(input.commandId, () => ctx.library.restore(input.name))),

  startEmpty: door
    .meta({ description: 'Begins an empty library where the one that was there is damaged or gone; what is there is put aside.' })
    .input(command)
    .mutation(({ ctx, input }) => ctx.library.once(input.commandId, () => ctx.library.startEmpty())),

  writeAnew: door
    .meta({ description: 'Writes a library whose file was moved, deleted or replaced anew from what the server still holds.' })
    .input(command)
    .mutation(({ ctx, input }) => ctx.library.once(input.commandId, () => ctx.library.writeAnew())),

  remove: door
    .meta({ description: 'Deletes a copy.' })
    .input(command.extend({ name: copyName }))
    .mutation(({ ctx, input }) => ctx.library.backups.remove(input.name)),

  set: door
    .meta({ description: 'Sets how often copies are made and how many are kept; what is left out stays.' })
    .input(command.extend({ settings }))
    .mutation(({ ctx, input }) => setBackups(ctx.config, input.settings)),
});
