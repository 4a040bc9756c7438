import type { NewEvent, Row } from '@offstage/domain';
import { tellDigest } from '@offstage/domain/commands/meanwhile';
import { z } from 'zod';
import { CLASSIFIER_BUDGET } from '../../prompt/budget.ts';
import { fromTemplate } from '../../prompt/templates.ts';
import { askBooks, bookkeeper } from '../books.ts';
import type { Kit } from '../kit.ts';

type Tools = Pick<Kit, 'gateway' | 'models' | 'config' | 'people' | 'counter' | 'log'>;

const answer = z.object({ digest: z.string().trim().min(1) });

/** A meanwhile scene that has ended, as those who were in it witnessed it. */
export interface Aside {
  readonly chat: Row<'chats'>;
  /** The turn at which it ended. */
  readonly turnId: string;
  readonly scene: Row<'scenes'>;
  readonly place: string | undefined;
  readonly lines: readonly { readonly speaker: string; readonly text: string }[];
}

/** What is told of it; a plain one stands in until a model can tell it (SC-9). */
export interface Digest {
  readonly events: readonly NewEvent[];
  readonly standIn: boolean;
}

/** MW-4: tells you in two or three sentences what went on while you were away. Rejects when the signal aborts. */
export async function digestOf(kit: Tools, aside: Aside, signal: AbortSignal): Promise<Digest> {
  const { chat, turnId, scene, lines } = aside;
  if (lines.length === 0) return { events: [], standIn: false };
  const names = await kit.people.names([...scene.participants, chat.personaId]);
  const two = namesOf(aside, names);
  const read = await askBooks(
    kit,
    {
      purpose: 'scene',
      name: 'digest',
      messages: [
        { role: 'system', content: fromTemplate('digest', { user: (chat.personaId === null ? undefined : names.get(chat.personaId)) ?? 'the person' }) },
        { role: 'user', content: asked(kit, aside, two) },
      ],
      schema: answer,
      context: { chatId: chat.chatId, turnId },
      chosen: await bookkeeper(kit, chat, undefined),
    },
    signal,
  );
  return read === undefined ? plainDigest(kit, aside) : { events: tellDigest(scene, turnId, read.digest), standIn: false };
}

/** That they were by themselves, and no more: where no model tells it. */
export async function plainDigest(kit: Pick<Tools, 'people'>, aside: Aside): Promise<Digest> {
  const { scene, turnId, lines } = aside;
  if (lines.length === 0) return { events: [], standIn: false };
  const two = namesOf(aside, await kit.people.names(scene.participants));
  return { events: tellDigest(scene, turnId, plainly(aside, two)), standIn: true };
}

function namesOf({ scene }: Aside, names: ReadonlyMap<string, string>): string[] {
  return scene.participants.flatMap((id) => names.get(id) ?? []);
}

/** What the model is told; where it is too long, the beginning goes: how it ended says most. */
function asked({ counter }: Tools, { place, lines }: Aside, two: readonly string[]): string {
  const told = lines.map(({ speaker, text }) => `${speaker}: ${text.slice(0, LINE_MOST).toWellFormed()}`);
  const put = (from: number): string =>
    [`# Present\n${two.join(', ')}`, `# The scene\nPlace: ${place ?? 'not known'}`, `# What happened\n${told.slice(from).join('\n')}`].join('\n\n');
  let from = 0;
  while (from < told.length - 1 && counter.count(put(from)) > CLASSIFIER_BUDGET.hard) from += 1;
  return put(from);
}

/** Characters of one turn that are shown. */
const LINE_MOST = 4_000;

function plainly({ place }: Aside, two: readonly string[]): string {
  return `${two.length === 0 ? 'The two' : two.join(' and ')} were by themselves for a while${place === undefined ? '' : ` (${place})`}, and talked.`;
}
