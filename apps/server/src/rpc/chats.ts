import { kickoffDraft } from '@offstage/domain/commands/kickoff';
import { renameChat } from '@offstage/domain/commands/chat';
import { line } from '@offstage/domain/text';
import { z } from 'zod';
import { listChats, openChat, readCast, readDrawer, readMemories } from '../story/chatViews.ts';
import { readPinned, searchMemories } from '../story/memoryViews.ts';
import { commandOf } from './context.ts';
import { command, procedure, router, wireId } from './trpc.ts';

const chat = z.object({ chatId: wireId });

/** How long a search waits for what its words mean, in ms; then it goes by the words alone. */
const SEEKING_MS = 10_000;

/** Chats as objects: opening, listing, what stands beside the transcript. */
export const chatsRouter = router({
  begin: procedure
    .meta({ description: 'Opens a chat as the draft says, with the bot\'s greeting where it has one.' })
    .input(command.extend({ botId: wireId, personaId: wireId, continuity: z.enum(['shared', 'own']), draft: kickoffDraft }))
    .mutation(({ ctx, input }) => ctx.story.begin(input)),

  list: procedure
    .meta({ description: 'All chats, last touched first, each with its last line.' })
    .query(({ ctx }) => listChats(ctx)),

  open: procedure
    .meta({ description: 'Everything that a page needs to show a chat: its cast, its last turns, and where to listen on.' })
    .input(chat)
    .query(async ({ ctx, input }) => {
      const opened = await openChat(ctx, input.chatId);
      ctx.story.expect(input.chatId);
      return opened;
    }),

  drawer: procedure
    .meta({ description: 'The state beside the transcript: scene, places, activities, edges, pins.' })
    .input(chat)
    .query(({ ctx, input }) => readDrawer(ctx, input.chatId)),

  cast: procedure
    .meta({ description: 'Everyone in a chat by name and face, guests who have left included.' })
    .input(chat)
    .query(({ ctx, input }) => readCast(ctx, input.chatId)),

  memories: procedure
    .meta({ description: 'What a bot remembers in this chat\'s continuity, newest first; `before` pages on.' })
    .input(chat.extend({ ownerId: wireId, before: z.number().int().positive().optional(), limit: z.number().int().min(1).max(100) }))
    .query(({ ctx, input }) => readMemories(ctx, input)),

  pinned: procedure
    .meta({ description: 'The memories that a bot keeps pinned in this chat\'s continuity, newest first.' })
    .input(chat.extend({ ownerId: wireId }))
    .query(({ ctx, input }) => readPinned(ctx, input)),

  searchMemories: procedure
    .meta({ description: 'What a bot remembers of something in this chat\'s continuity, best first.' })
    .input(chat.extend({ ownerId: wireId, text: z.string().min(1, 'This may not be empty.').max(1_000), limit: z.number().int().min(1).max(50) }))
    .query(({ ctx, input, signal }) => searchMemories(ctx, input, signal ?? AbortSignal.timeout(SEEKING_MS))),

  rename: procedure
    .meta({ description: 'Gives a chat another title.' })
    .input(command.extend({ chatId: wireId, title: line(200) }))
    .mutation(async ({ ctx, input }) => {
      await ctx.store.execute(commandOf(ctx, input.commandId), async (read) => ({
        events: renameChat(await read.row('chats', input.chatId), input.title),
        answer: null,
      }));
    }),

  typing: procedure
    .meta({ description: 'Tells the other tabs on a chat that somebody types in this one.' })
    .input(chat.extend({ tabId: wireId }))
    .mutation(({ ctx, input }) => ctx.live.typing(input.chatId, input.tabId)),
});
