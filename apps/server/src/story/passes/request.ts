import type { Row } from '@offstage/domain';
import { storyText } from '@offstage/domain/segments';
import { wordsOf } from '@offstage/domain/words';
import type { Message } from '@offstage/model';
import type { ChosenModel } from '../../core.ts';
import { CLASSIFIER_BUDGET } from '../../prompt/budget.ts';
import { doingInWords, timeInWords } from '../../prompt/words.ts';
import { fromTemplate } from '../../prompt/templates.ts';
import type { Kit } from '../kit.ts';
import type { Pass, PassContext } from './pass.ts';

/** Turns before the one that is asked about, for understanding it. */
const BEFORE = 6;
/** Turns since an old reply that are read past for those before it. */
const GONE_ON_MOST = 400;
/** Characters of one turn that are shown; a longer one keeps its beginning and its end. */
const SHOWN_OF_TURN = 6_000;
const SHOWN_LEAST = 200;

type Tools = Pick<Kit, 'store' | 'counter' | 'config' | 'people'>;

/**
 * The messages of the call that carries some passes. Where the same model at the same place has just written the
 * reply, it is the prompt of that reply and the reply itself with the instructions at the end, so that nothing has to
 * be read twice (PR-6); else a compact prompt within the budget for bookkeeping (PR-2).
 */
export async function passMessages(kit: Tools, passes: readonly Pass[], context: PassContext, chosen: ChosenModel): Promise<readonly Message[]> {
  const asked = `# What to note\n${passes.map((pass) => pass.instruct(context)).join('\n')}`;
  const told = await narratedBy(kit, context, chosen);
  if (told !== undefined) {
    const ask = [fromTemplate('passes', {}), presentSection(context), nowSection(context), asked].join('\n\n');
    return [...told, { role: 'assistant', content: wordsOf(context.reply) }, { role: 'user', content: ask }];
  }
  return compact(kit, context, asked);
}

/** The messages with which this very model wrote the reply; undefined where another one did, or nobody knows. */
async function narratedBy({ store }: Tools, { reply, message }: PassContext, { endpoint, model }: ChosenModel): Promise<readonly Message[] | undefined> {
  // What was edited since is read as it now stands.
  if (reply.model !== model || reply.edited !== null || (message?.edited ?? null) !== null) return undefined;
  const call = (await store.callsOfTurn(reply.turnId)).findLast(({ purpose }) => purpose === 'narrative');
  const { endpointId, model: by, messages } = (call?.record ?? {}) as { endpointId?: string; model?: string; messages?: readonly Message[] };
  return endpointId === endpoint.id && by === model ? messages : undefined;
}

async function compact({ store, counter, config, people }: Tools, context: PassContext, asked: string): Promise<readonly Message[]> {
  const { chat, reply, message } = context;
  const markers = { ooc: config.current.chat.ooc };
  const system = fromTemplate('passes', {});
  const turn = [message, reply].filter((one) => one !== undefined);
  const readerId = reply.speakerId ?? context.present.find(({ kind }) => kind === 'bot')?.id ?? '';
  // The one who spoke reads here too: nobody's prompt holds what its reader did not witness (ME-2).
  const since = context.again ? Math.min(GONE_ON_MOST, ((await store.read.head(chat.chatId))?.depth ?? reply.depth) - reply.depth) : 0;
  const earlier = (await store.read.witnessed(chat.chatId, readerId, BEFORE + turn.length + since))
    .filter((one) => one.depth < (turn[0]?.depth ?? reply.depth) && one.kind !== 'kickoff')
    .slice(-BEFORE);
  const names = await people.names([...earlier, ...turn].map(({ speakerId }) => speakerId));
  let shown = SHOWN_OF_TURN;
  const line = (one: Row<'turns'>): string => `${one.kind === 'skip' ? '' : `${names.get(one.speakerId ?? '') ?? 'Someone'}: `}${shortened(storyText(wordsOf(one), markers), shown)}`;
  const standing = [presentSection(context), nowSection(context), feelingsSection(context)];

  let before = earlier.map(line);
  const put = (): string => {
    const earlierTurns = before.length === 0 ? '' : `# Before\n${before.join('\n')}`;
    return [...standing, earlierTurns, `# The turn\n${turn.map(line).join('\n')}`, asked].filter((part) => part !== '').join('\n\n');
  };
  const room = CLASSIFIER_BUDGET.hard - counter.count(system);
  while (before.length > 0 && counter.count(put()) > room) before = before.slice(1);
  // A long exchange keeps the beginning and the end of each side, as much as there is room for.
  while (shown > SHOWN_LEAST && counter.count(put()) > room) shown = Math.floor(shown / 2);
  return [
    { role: 'system', content: system },
    { role: 'user', content: put() },
  ];
}

function presentSection({ present }: PassContext): string {
  return `# Present\n${present.map(({ name, kind }) => (kind === 'you' ? `${name} (the person)` : name)).join(', ')}`;
}

function nowSection({ stage, scene, places, familiar, activities, present }: PassContext): string {
  const place = places.find(({ containerId }) => containerId === scene?.containerId);
  const known = familiar.filter(({ containerId }) => containerId !== scene?.containerId).slice(-8).map(({ name }) => name);
  return [
    '# Now',
    place === undefined ? '' : `Place: ${place.name}`,
    known.length === 0 ? '' : `Other places of this story: ${known.join(', ')}`,
    stage?.clock == null ? '' : `Time: ${timeInWords(stage.clock)}`,
    stage === undefined || stage.weather === '' ? '' : `Weather: ${stage.weather}`,
    ...present.flatMap(({ id, name }) => {
      const doing = activities.find(({ entityId }) => entityId === id);
      const words = doing === undefined ? '' : doingInWords(doing);
      return words === '' ? [] : [`- ${name}: ${words}`];
    }),
  ].filter((line) => line !== '').join('\n');
}

/** Numbers alone: what somebody thinks of another in words is theirs, and no prompt but their own holds it. */
function feelingsSection({ edges, present }: PassContext): string {
  const name = (id: string): string => present.find((one) => one.id === id)?.name ?? 'someone';
  if (edges.length === 0) return '';
  return `# Feelings\n${edges.map((edge) => `${name(edge.source)} to ${name(edge.target)}: affinity ${Math.round(edge.affinity)}, trust ${Math.round(edge.trust)}`).join('\n')}`;
}

function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor(most / 2);
  return `${text.slice(0, half).toWellFormed()} [...] ${text.slice(-half).toWellFormed()}`;
}
