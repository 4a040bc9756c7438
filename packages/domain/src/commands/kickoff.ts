import { z } from 'zod';
import type { NewEvent } from '../catalogue.ts';
import { inChat, inLibrary, inTurn } from '../catalogue.ts';
import { EDGE_START } from '../projections/edges.ts';
import { presentSetOf } from '../presence.ts';
import { instant, score } from '../shapes.ts';
import { line, text } from '../text.ts';

const doing = z.object({
  posture: text(200),
  action: text(300),
  holding: z.array(text(200)).max(50),
});

/** How a chat opens, as read from the bot's kickoff prose and then corrected by hand (SC-1). */
export const kickoffDraft = z.object({
  title: line(200),
  place: z.object({ name: line(200), type: text(100), description: text(20_000) }),
  /** In-fiction time, ISO 8601 UTC. */
  clock: instant,
  /** What the clock means in the fiction: "Day 1 = ...". */
  anchor: text(300).nullable(),
  weather: text(300),
  you: doing,
  bot: doing,
  /** How the bot stands to you; the other way starts in the middle. */
  edge: z.object({ affinity: score, trust: score, summary: text(4_000) }),
  /** The bot's first words, macros filled; null when the first words are yours. */
  greeting: text(100_000).nullable(),
  /** The kickoff prose, macros filled. */
  prose: text(100_000),
});
export type KickoffDraft = z.infer<typeof kickoffDraft>;

/** The continuity that all chats share which are not stories of their own (WD-14). */
export const SHARED_CONTINUITY = 'shared';

export interface BeginChat {
  readonly chatId: string;
  readonly botId: string;
  readonly personaId: string;
  readonly continuityId: string;
  /** The continuity that has to be made first, if any. */
  readonly newContinuity: { readonly name: string; readonly shared: boolean } | null;
  readonly draft: KickoffDraft;
  readonly kickoffTurnId: string;
  readonly greetingTurnId: string;
  readonly containerId: string;
  readonly sceneId: string;
}

/** Opens a chat: the chat, its root turn, what stands on the stage, how the two stand to each other, the greeting. */
export function beginChat(input: BeginChat): NewEvent[] {
  const { chatId, botId, personaId, continuityId, draft, kickoffTurnId, containerId, sceneId } = input;
  const witnesses = [personaId, botId];
  const onStage = { sceneId, witnesses, clock: draft.clock };
  const root = <K extends Parameters<typeof inTurn>[2]>(kind: K, payload: Parameters<typeof inTurn<K>>[3]): NewEvent =>
    inTurn(chatId, kickoffTurnId, kind, payload);
  const act = (entityId: string, what: z.infer<typeof doing>): NewEvent =>
    root('activity_set', {
      entityId,
      changes: {
        containerId,
        posture: what.posture,
        action:
          what.action.trim() === ''
            ? null
            : { verb: what.action, interruptible: true, attention: 'medium', expectedMinutes: null },
        holding: what.holding,
      },
    });

  const events: NewEvent[] = [];
  if (input.newContinuity !== null) {
    events.push(inLibrary('continuity_created', { continuityId, ...input.newContinuity }));
  }
  events.push(
    inChat(chatId, 'chat_created', { kind: 'roleplay', title: draft.title, hostId: botId, personaId, continuityId }),
    root('kickoff_confirmed', {
      ...onStage,
      parentId: null,
      depth: 0,
      speakerId: null,
      addresseeId: null,
      text: draft.prose,
    }),
    root('container_created', {
      containerId,
      place: { ...draft.place, moving: false, public: true, audibleRange: '', parentId: null },
    }),
    act(personaId, draft.you),
    act(botId, draft.bot),
    root('clock_set', { clock: draft.clock, anchor: draft.anchor }),
    root('weather_set', { weather: draft.weather }),
    root('scene_opened', {
      sceneId,
      containerId,
      startedAt: draft.clock,
      participants: witnesses,
      presentSet: presentSetOf(witnesses, { personaId, hostId: botId, guestId: null }),
      parentSceneId: null,
    }),
    root('edge_seeded', { continuityId, source: botId, target: personaId, ...draft.edge, knowledge: [] }),
    root('edge_seeded', {
      continuityId,
      source: personaId,
      target: botId,
      affinity: EDGE_START,
      trust: EDGE_START,
      summary: '',
      knowledge: [],
    }),
  );
  if (draft.greeting !== null && draft.greeting.trim() !== '') {
    const turnId = input.greetingTurnId;
    events.push(
      inTurn(chatId, turnId, 'assistant_turn_started', {
        ...onStage,
        parentId: kickoffTurnId,
        depth: 1,
        speakerId: botId,
        addresseeId: personaId,
        model: '',
      }),
      inTurn(chatId, turnId, 'assistant_turn', {
        text: draft.greeting,
        truncated: false,
        finishReason: 'written',
        usage: null,
        problem: null,
      }),
    );
  }
  return events;
}
