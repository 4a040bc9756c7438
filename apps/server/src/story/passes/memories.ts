import { rememberTurn } from '@offstage/domain/commands/memories';
import type { Pass } from './pass.ts';

/** ME-1: every bot that witnessed the reply remembers it and what it answered, a silent one too. */
export const memories: Pass = {
  name: 'memories',
  async toEvents({ kit, chat, reply, parent }) {
    const message = parent?.kind === 'user' ? parent : undefined;
    const bots = await Promise.all(reply.witnesses.map((id) => kit.people.bot(id)));
    const involved = [reply.speakerId, reply.addresseeId, message?.speakerId ?? null, message?.addresseeId ?? null];
    return rememberTurn({
      reply,
      message,
      continuityId: chat.continuityId,
      owners: bots.flatMap((bot) => (bot === undefined ? [] : { botId: bot.botId, memoryId: kit.newId() })),
      names: await kit.people.names([...reply.witnesses, ...involved]),
      markers: { ooc: kit.config.current.chat.ooc },
    });
  },
};
