import type { Row } from '@offstage/domain';
import { DomainError } from '@offstage/domain';
import { SHARED_CONTINUITY, beginChat } from '@offstage/domain/commands/kickoff';
import type { KickoffDraft } from '@offstage/domain/commands/kickoff';
import { fillMacros } from '@offstage/domain/macros';
import { EDGE_START } from '@offstage/domain/projections/edges';
import { ModelError } from '@offstage/model';
import { z } from 'zod';
import { fromTemplate } from '../prompt/templates.ts';
import { unlessDone } from './done.ts';
import type { Kit } from './kit.ts';
import { titleApart } from './titles.ts';
import { momentOf } from './when.ts';

/** A draft of how a chat opens, where it is from, and what to say about that. */
export interface KickoffReading {
  readonly draft: KickoffDraft;
  readonly source: 'model' | 'plain';
  readonly note: string | null;
}

const doing = z.object({ posture: z.string(), action: z.string(), holding: z.array(z.string()) });

/** What the model is asked for (SC-1). Lengths and ranges are made to fit afterwards: a long answer is still an answer. */
const answer = z.object({
  place: z.object({ name: z.string(), type: z.string(), description: z.string() }),
  time: z.object({ iso: z.string().nullable(), label: z.string() }),
  weather: z.string().nullable(),
  anchor: z.string().nullable(),
  you: doing,
  bot: doing,
  edge: z.object({ affinity: z.number(), trust: z.number(), summary: z.string() }),
  title: z.string(),
});
type Answer = z.infer<typeof answer>;

/** Characters of kickoff prose that are shown to the model. */
const PROSE_SHOWN = 12_000;

/** Longest pause of a provider that somebody who wants to begin is made to wait through, in ms. */
const PAUSE_MS = 10_000;

type Tools = Pick<Kit, 'store' | 'gateway' | 'models' | 'people' | 'log' | 'now' | 'newId'>;

/**
 * Reads a bot's kickoff prose into a draft (SC-1), with a title that no other chat of the bot's has. A model that fails never blocks: a plain
 * draft comes with a note. Throws DomainError `not_found` for a bot or persona that is not there.
 */
export async function readKickoff(kit: Tools, who: { botId: string; personaId: string }, signal: AbortSignal): Promise<KickoffReading> {
  const { draft, ...reading } = await readProse(kit, who, signal);
  const others = await kit.store.read.rows('chats', { hostId: who.botId });
  return { ...reading, draft: { ...draft, title: titleApart(draft, others.map(({ title }) => title)) } };
}

async function readProse(kit: Tools, who: { botId: string; personaId: string }, signal: AbortSignal): Promise<KickoffReading> {
  const { bot, persona } = await whoMeets(kit, who);
  const plain = plainDraft(bot, persona, kit.now());
  if (plain.prose === '') return { draft: plain, source: 'plain', note: `No opening is written for ${bot.name}, so this is a plain one. Change what you like.` };
  try {
    const { endpoint, model, sampler } = await kit.models.choose('classifier');
    const names = { char: bot.name, user: persona.name };
    const before = plain.edge.summary === '' ? '' : `How ${bot.name} stands to ${persona.name}: ${plain.edge.summary}\n`;
    const read = await kit.gateway.structured(
      endpoint,
      {
        purpose: 'kickoff',
        model,
        sampler: { ...sampler, temperature: 0 },
        messages: [
          { role: 'system', content: fromTemplate('kickoff', names) },
          { role: 'user', content: `Bot: ${bot.name}\nYou: ${persona.name}\n${before}\nKickoff:\n${plain.prose.slice(0, PROSE_SHOWN)}` },
        ],
        schema: { name: 'kickoff', json: z.toJSONSchema(answer) },
      },
      answer,
      signal,
      { fallbacks: kit.models.fallbacks(), patienceMs: PAUSE_MS },
    );
    return { draft: draftFrom(read, plain, kit.now()), source: 'model', note: null };
  } catch (error) {
    if (signal.aborted) throw error;
    kit.log.warn({ err: error }, 'a kickoff could not be read by a model');
    const why = error instanceof ModelError ? error.message : 'The model did not make sense of the opening.';
    return { draft: plain, source: 'plain', note: `${why} This is a plain beginning instead: change what you like.` };
  }
}

export interface BeginInput {
  readonly commandId: string;
  readonly botId: string;
  readonly personaId: string;
  readonly continuity: 'shared' | 'own';
  readonly draft: KickoffDraft;
}

/** Opens a chat as the draft says (SC-1, WD-14). Throws DomainError `not_found` for a bot or persona that is not there. */
export function begin(kit: Tools, input: BeginInput): Promise<{ chatId: string }> {
  return unlessDone(kit, input.commandId, () => beginNow(kit, input));
}

async function beginNow(kit: Tools, input: BeginInput): Promise<{ chatId: string }> {
  const { bot, persona } = await whoMeets(kit, input);
  const { botId, personaId, draft } = input;
  const chatId = kit.newId();
  const own = input.continuity === 'own';
  const continuityId = own ? kit.newId() : SHARED_CONTINUITY;
  const command = { id: input.commandId, actor: 'person' as const, at: kit.now() };
  const commit = await kit.store.execute(command, async (read) => {
    const known = await read.row('continuities', continuityId);
    const events = beginChat({
      chatId,
      botId,
      personaId,
      continuityId,
      newContinuity: known !== undefined ? null : { name: own ? draft.title : 'Shared story', shared: !own },
      draft: {
        ...draft,
        prose: filled(draft.prose, bot, persona),
        greeting: draft.greeting === null ? null : filled(draft.greeting, bot, persona),
      },
      kickoffTurnId: kit.newId(),
      greetingTurnId: kit.newId(),
      containerId: kit.newId(),
      sceneId: kit.newId(),
    });
    return { events, answer: { chatId } };
  });
  return commit.answer;
}

async function whoMeets(kit: Tools, who: { botId: string; personaId: string }) {
  const [bot, persona] = await Promise.all([kit.people.bot(who.botId), kit.people.persona(who.personaId)]);
  if (bot === undefined || bot.removed) throw new DomainError('not_found', 'This bot is no longer there.', ['botId']);
  if (persona === undefined || persona.removed) throw new DomainError('not_found', 'This persona is no longer there.', ['personaId']);
  return { bot, persona };
}

function filled(text: string, bot: Pick<Row<'bots'>, 'name'>, persona: Pick<Row<'personas'>, 'name'>): string {
  return fillMacros(text, { char: bot.name, user: persona.name }).trim();
}

/** A draft without a model: the prose as it is, and the plainest things around it. */
function plainDraft(bot: Row<'bots'>, persona: Row<'personas'>, now: string): KickoffDraft {
  const nothing = { posture: '', action: '', holding: [] };
  const greeting = filled(bot.greeting, bot, persona);
  return {
    title: clip(`${bot.name} and ${persona.name}`, 200),
    place: { name: 'Where the story begins', type: '', description: '' },
    clock: momentOf(bot.kickoff, now),
    anchor: null,
    weather: '',
    you: nothing,
    bot: nothing,
    edge: { affinity: EDGE_START, trust: EDGE_START, summary: clip(filled(bot.relationship, bot, persona), 4_000) },
    greeting: greeting === '' ? null : greeting,
    prose: filled(bot.kickoff, bot, persona),
  };
}

/** The model's answer made to fit; what it left empty stays plain. */
function draftFrom(read: Answer, plain: KickoffDraft, now: string): KickoffDraft {
  const clock = read.time.iso === null ? undefined : asInstant(read.time.iso);
  const actFrom = (what: Answer['you']): KickoffDraft['you'] => ({
    posture: clip(what.posture, 200),
    action: clip(what.action, 300),
    holding: what.holding.slice(0, 50).map((thing) => clip(thing, 200)).filter((thing) => thing !== ''),
  });
  const label = read.time.label.trim();
  return {
    ...plain,
    title: clip(read.title, 200) || plain.title,
    place: {
      name: clip(read.place.name, 200) || plain.place.name,
      type: clip(read.place.type, 100),
      description: clip(read.place.description, 20_000),
    },
    clock: clock ?? (label === '' ? plain.clock : momentOf(label, now)),
    anchor: read.anchor === null || read.anchor.trim() === '' ? null : clip(read.anchor, 300),
    weather: clip(read.weather ?? '', 300),
    you: actFrom(read.you),
    bot: actFrom(read.bot),
    edge: {
      affinity: score(read.edge.affinity),
      trust: score(read.edge.trust),
      summary: clip(read.edge.summary, 4_000) || plain.edge.summary,
    },
  };
}

function clip(text: string, most: number): string {
  return text.trim().slice(0, most).toWellFormed();
}

function score(value: number): number {
  return Number.isFinite(value) ? Math.min(100, Math.max(0, Math.round(value))) : EDGE_START;
}

/** An instant in UTC from what a model calls one; undefined when it is none. */
function asInstant(text: string): string | undefined {
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text.trim()) ? text.trim() : `${text.trim()}Z`;
  const at = new Date(zoned);
  const year = at.getUTCFullYear();
  return Number.isNaN(at.getTime()) || year < 0 || year > 9_999 ? undefined : at.toISOString();
}
