import { DomainError } from '@offstage/domain';
import { messageOf, playable } from '@offstage/domain/commands/send';
import { looksLikeSkip } from '@offstage/domain/intent';
import { storyText } from '@offstage/domain/segments';
import { readSlash, slashForm, slashNamed } from '@offstage/domain/slash';
import type { SlashName } from '@offstage/domain/slash';
import { unlessDone } from './done.ts';
import type { Kit } from './kit.ts';
import { makeWay } from './meanwhile/acts.ts';
import { planByProse } from './skip/plan.ts';
import { goAhead } from './skip/skip.ts';
import type { Said, SaidInput } from './slash/action.ts';
import { SLASH_ACTIONS } from './slash/actions.ts';
import { readStanding } from './standing.ts';
import { send } from './turn.ts';

/**
 * TN-2: what the person has written: a turn, a skip, or a command. A line that begins like a command is no speech, for
 * nobody in the story should hear it. Throws DomainError `invalid` for a command that there is none of or that lacks what
 * it needs, else as what it does.
 */
export async function say(kit: Kit, input: SaidInput): Promise<Said> {
  const slash = readSlash(input.text);
  if (slash === undefined) return once(kit, input, sayProse);
  if (slash.name === undefined) {
    throw new DomainError('invalid', `There is no command /${slash.typed}. /help lists those that there are. To say it all the same, put a space before it.`, ['text']);
  }
  const { name } = slash;
  const command = slashNamed(input.text);
  if (command?.needs === true && slash.rest === '') {
    throw new DomainError('invalid', `Something is missing: ${slashForm(command)}. ${command.help}`, ['text']);
  }
  return once(kit, input, (_kit, at) => SLASH_ACTIONS[name](kit, at, slash.rest), ASIDE.has(name));
}

/**
 * TL-14: one that comes twice is answered as before, and nobody pauses for it, nor is a model asked. What made no turn says itself what
 * became of it.
 */
function once(kit: Kit, input: SaidInput, act: (kit: Kit, at: SaidInput) => Promise<Said>, aside = false): Promise<Said> {
  return unlessDone(
    kit,
    input.commandId,
    async () => act(kit, aside ? input : await afterThem(kit, input)),
    (kept) => (isMade(kept) ? { said: null, ...kept } : act(kit, input)),
  );
}

function isMade(kept: unknown): kept is Omit<Said, 'said'> {
  return typeof kept === 'object' && kept !== null && 'userTurnId' in kept && 'replyTurnId' in kept;
}

/** Commands that leave those who are by themselves alone. */
const ASIDE: ReadonlySet<SlashName> = new Set(['meanwhile', 'help']);

/** MW-1: those who are by themselves pause for a message of yours. */
async function afterThem(kit: Kit, input: SaidInput): Promise<SaidInput> {
  return { ...input, head: await makeWay(kit, input) };
}

/** Words of the story: they may ask for a skip. */
async function sayProse(kit: Kit, input: SaidInput): Promise<Said> {
  const message = messageOf(input.text);
  const markers = { ooc: kit.config.current.chat.ooc };
  const told = storyText(message, markers);
  // Nearly all words do not: nothing more is asked about them.
  if (!looksLikeSkip(told, markers)) return { ...(await send(kit, input)), said: null };
  const standing = await readStanding(kit.store.read, input.chatId);
  const stands = standing.head?.turnId === input.head && standing.head.status === 'whole';
  const plan = stands ? await planByProse(kit, playable(standing, input.head), told) : undefined;
  return plan === undefined ? { ...(await send(kit, input)), said: null } : goAhead(kit, input, plan, message);
}
