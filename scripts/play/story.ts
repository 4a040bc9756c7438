import { randomUUID } from 'node:crypto';
import type { Client } from '../lib/client.ts';
import { Replies } from '../lib/replies.ts';
import type { Character, Room } from './characters.ts';
import { lineFor } from './lines.ts';

/** A reply that takes longer than this is an error: hosted models warm up, and some are slow. */
const REPLY_MS = 180_000;

/** What came of one character's story. */
export interface Played {
  readonly turns: number;
  /** How many of the replies differ from one another. */
  readonly different: number;
  readonly errors: readonly string[];
}

/** Makes the persona who speaks to all of them. */
export async function makePersona({ api }: Client): Promise<string> {
  const identity = { name: 'Alder', pronouns: 'they', persona: 'A traveller with a notebook, curious about everyone, in no hurry.' };
  const { personaId } = await api.personas.author.mutate({ commandId: randomUUID(), identity });
  return personaId;
}

/** Authors a character, opens a chat with it and plays so many turns; tells each reply's first words. */
export async function playCharacter(
  client: Client,
  character: Character,
  { personaId, room, turns, tell }: { personaId: string; room: Room | undefined; turns: number; tell: (line: string) => void },
): Promise<Played> {
  const { api } = client;
  const { botId } = await api.bots.author.mutate({ commandId: randomUUID(), identity: identityOf(character, room) });
  const { draft, source, note } = await api.kickoff.read.query({ botId, personaId });
  tell(`  begins at ${draft.place.name} (${source === 'model' ? 'read by the model' : `plain: ${note ?? ''}`})`);
  const { chatId } = await api.chats.begin.mutate({ commandId: randomUUID(), botId, personaId, continuity: 'shared', draft });
  const opened = await api.chats.open.query({ chatId });
  const replies = Replies.listen(client, { chatId, cursor: opened.cursor, tabId: randomUUID() });
  const errors: string[] = [];
  let { head } = opened;
  const said = new Set<string>();
  let played = 0;
  try {
    for (let n = 0; n < turns; n += 1) {
      const text = lineFor(character, room, n);
      try {
        const sent = await api.turns.send.mutate({ commandId: randomUUID(), chatId, head, text });
        head = sent.replyTurnId;
        const reply = await replies.whole(sent.replyTurnId, REPLY_MS);
        played += 1;
        said.add(reply.text);
        const problem = problemOf(reply);
        if (problem !== undefined) errors.push(`turn ${n + 1}: ${problem}`);
        tell(`  ${String(n + 1).padStart(3)}  ${firstWords(text, 40).padEnd(41)} ${firstWords(reply.text, 70)}`);
      } catch (problem) {
        errors.push(`turn ${n + 1}: ${problem instanceof Error ? problem.message : String(problem)}`);
        // The story may have gone on all the same: the next turn is written against where it stands.
        head = (await api.chats.open.query({ chatId })).head;
      }
    }
    const { headDepth } = await api.chats.open.query({ chatId });
    if (headDepth !== opened.headDepth + 2 * turns) {
      errors.push(`the story stands at ${headDepth}, not at ${opened.headDepth + 2 * turns}`);
    }
  } finally {
    replies.close();
  }
  return { turns: played, different: said.size, errors };
}

function identityOf({ name, persona, description }: Character, room: Room | undefined) {
  const place = room === undefined ? '' : `It begins at ${room.name}. ${room.description} `;
  return {
    name,
    persona: persona.join('\n'),
    backstory: description,
    kickoff: `${description} ${place}{{user}} comes upon {{char}} there, and neither knows the other yet.`.trim(),
    tags: ['light'],
  };
}

/** What is wrong with a reply; undefined for one as it should be. */
function problemOf(reply: { readonly text: string; readonly truncated: boolean; readonly problem: string | null }): string | undefined {
  if (reply.problem !== null) return reply.problem;
  if (reply.text.trim() === '') return 'the reply is empty';
  return reply.truncated ? 'the reply was cut off' : undefined;
}

function firstWords(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`;
}
