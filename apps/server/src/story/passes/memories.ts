import type { NewEvent } from '@offstage/domain';
import { rememberTold, rememberTurn } from '@offstage/domain/commands/memories';
import { z } from 'zod';
import { fromTemplate } from '../../prompt/templates.ts';
import type { PassContext, Person } from './pass.ts';
import { pass } from './pass.ts';

const told = z.object({ teller: z.string(), hearer: z.string(), fact: z.string() });

/** Things told that one exchange can hold. */
const TOLD_MOST = 5;

/**
 * ME-1: every bot that witnessed the reply remembers it and what it answered, a silent one too; that needs no model.
 * ME-3: whoever was told something remembers who said so.
 */
export const memories = pass({
  name: 'memories',
  schema: z.object({ told: z.array(told) }),
  fallback: { told: [] },
  instruct: () => fromTemplate('pass-memories', {}),
  async toEvents({ told: all }, context) {
    const events = await turnMemories(context);
    for (const { teller, hearer, fact } of all.slice(0, TOLD_MOST)) {
      const [from, to] = [context.who(teller), context.who(hearer)];
      if (from === undefined || to === undefined || from.id === to.id || to.kind !== 'bot') continue;
      events.push(
        ...rememberTold({
          reply: context.reply,
          continuityId: context.chat.continuityId,
          memoryId: context.kit.newId(),
          hearerId: to.id,
          tellerId: from.id,
          tellerName: from.name,
          fact,
          reliability: await reliabilityOf(from, fact, context),
        }),
      );
    }
    return events;
  },
});

async function turnMemories({ kit, chat, reply, message, memoryIds, present, kept }: PassContext): Promise<NewEvent[]> {
  const involved = [reply.speakerId, reply.addresseeId, message?.speakerId ?? null, message?.addresseeId ?? null];
  return rememberTurn({
    reply,
    message,
    kept,
    continuityId: chat.continuityId,
    owners: present.filter(({ kind }) => kind === 'bot').flatMap(({ id }) => {
      const memoryId = memoryIds.get(id);
      return memoryId === undefined ? [] : { botId: id, memoryId };
    }),
    names: await kit.people.names([...reply.witnesses, ...involved]),
    markers: { ooc: kit.config.current.chat.ooc },
  });
}

/** Memories of the teller that are looked through for where the fact came from. */
const LOOKED_THROUGH = 3;

/** How well somebody knows what they tell: as well as the best memory that it comes from; the person knows for sure. */
async function reliabilityOf(teller: Person, fact: string, { read, chat }: PassContext): Promise<number> {
  if (teller.kind === 'you') return 1;
  const found = await read.searchMemories({ ownerId: teller.id, continuityId: chat.continuityId, text: fact, k: LOOKED_THROUGH, chatId: chat.chatId });
  const heard = found.filter(({ memory }) => memory.kind !== 'turn' && sharesWords(memory.text, fact));
  return heard.length === 0 ? 1 : Math.max(...heard.map(({ memory }) => memory.reliability));
}

/** True where two texts are about the same: half of the longer words of the second stand in the first. */
function sharesWords(text: string, fact: string): boolean {
  const words = [...new Set(fact.toLowerCase().match(/\p{L}{4,}/gu) ?? [])];
  const low = text.toLowerCase();
  return words.length > 0 && words.filter((word) => low.includes(word)).length * 2 >= words.length;
}
