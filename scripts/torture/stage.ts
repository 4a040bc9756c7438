import type { Client } from '../lib/client.ts';
import type { Ledger } from './ledger.ts';

/** The chats that are played; those with the same host share its memories and feelings. */
export interface Stage {
  readonly chatIds: readonly string[];
}

const HOSTS = [
  { name: 'Mara Quill', persona: 'Keeps the harbour light, and a grudge.', kickoff: 'Mara waits at the harbour in the evening rain. {{user}} steps off the ferry.' },
  { name: 'Joss Pell', persona: 'Mends clocks, talks to them, listens to people.', kickoff: 'The shop of Joss Pell, an hour before closing. {{user}} comes in out of the snow.' },
];

/** Opens two chats with each of two bots. */
export async function setTheStage(client: () => Client, ledger: Ledger): Promise<Stage> {
  const persona = await ledger.perform('persona', null, (commandId) =>
    client().api.personas.author.mutate({ commandId, identity: { name: 'Alder', persona: 'A traveller with a notebook.' } }),
  );
  const personaId = there(persona).personaId;
  const chatIds: string[] = [];
  for (const identity of HOSTS) {
    const bot = await ledger.perform('bot', null, (commandId) => client().api.bots.author.mutate({ commandId, identity: { ...identity, greeting: 'There you are, {{user}}.' } }));
    const { botId } = there(bot);
    const { draft } = await client().api.kickoff.read.query({ botId, personaId });
    for (let n = 0; n < 2; n += 1) {
      const chat = await ledger.perform('chat', null, (commandId) => client().api.chats.begin.mutate({ commandId, botId, personaId, continuity: 'shared', draft }));
      chatIds.push(there(chat).chatId);
    }
  }
  return { chatIds };
}

function there<T>(answer: T | undefined): T {
  if (answer === undefined) throw new Error('The server did not answer while the stage was set.');
  return answer;
}
