import type { Row } from '@offstage/domain';
import { commandId, Ear } from './harness.ts';
import type { Client, House } from './harness.ts';

/** A story of sixty turns in two chats: Ava meets Mara at the harbour, Jon comes and goes, and has a mill of his own. */
export const STORY = {
  // Kind words, and what Ava tells of herself.
  harbour: [
    'Good evening, Mara. It is good to see you.',
    'Thank you for waiting. You are very kind.',
    'My name is Ava, and I am a baker.',
    'You are brave to keep the light alone.',
    'I trust you, Mara. I am glad to be here.',
    'What do you do when the fog comes?',
    'Thank you. I like the way you tell it.',
    'I brought bread. *gives her the loaf*',
    'You are wonderful company.',
    'Is the ferry late tonight?',
    'I admire your patience, Mara.',
    'Shall we look at the lamp?',
  ],
  // Jon is there too.
  three: [
    'Jon, who let you in?',
    'Jon, you are a liar and a coward.',
    'Mara, please tell him about the ferry.',
    'Jon, shut up. You are pathetic.',
    'Mara, you are kind to put up with this.',
    'Jon, I hate you. Get lost.',
    'Mara, the storm has sunk the red boat.',
    'Jon, the red boat was yours, was it not?',
    'Mara, thank you for the truth.',
    'Jon, what do you want here?',
    'Mara, is the key still under the stone?',
    'Jon, you fool, leave the lamp alone.',
  ],
  walk: ['Enough of this. *We leave the lighthouse and walk to the old mill.*'],
  // Jon has gone.
  secret: [
    'Mara, now we are alone. The silver is buried under the willow.',
    'Nobody must know of the willow, Mara.',
    'Ten minutes later we are still talking.',
    'Thank you for keeping it.',
    'You are the only one I trust.',
    'Do you know what willow bark is good for?',
    'I am glad you are here, Mara.',
    'My brother drowned in this river. I have never told anyone.',
    'I swear I will come back every year.',
    'Will you wait for me, Mara?',
    'Thank you, Mara.',
    'Good night, Mara.',
  ],
  // Jon's own chat.
  mill: [
    'Good morning, Jon. I am sorry about yesterday.',
    'I was unkind, Jon. Forgive me.',
    'You are right to be angry.',
    'Thank you for listening, Jon.',
    'What do you remember of the red boat?',
    'I like your mill, Jon.',
    'You are good at this work.',
    'Thank you, Jon.',
    'What do you know of the silver, Jon?',
    'Jon, what is under the willow?',
    'You are kind, Jon.',
    'I trust you, Jon.',
  ],
  // Back at the harbour, with Mara alone.
  end: [
    'Mara, I made my peace with Jon.',
    'Do you remember the willow, Mara?',
    'Do you remember the red boat?',
    'You are wonderful, Mara.',
    'Thank you for everything.',
    'I brought bread again.',
    'What did we say about the river?',
    'I am happy here.',
    'Let us look at the lamp once more.',
    'You are my best friend, Mara.',
    'Good night, Mara.',
  ],
} as const;

export interface Chat {
  readonly chatId: string;
  head: string;
}

/** Plays the story over the API, and looks at what everyone knows, feels and remembers. */
export class Sixty {
  readonly house: House;
  readonly client: Client;
  readonly ids: { readonly ava: string; readonly mara: string; readonly jon: string };
  readonly harbour: Chat;
  readonly mill: Chat;
  turns = 0;
  /** Turns of those who were not asked and broke in (TN-10): each is a turn that is remembered too. */
  breaks = 0;

  private constructor(house: House, client: Client, ids: Sixty['ids'], harbour: Chat, mill: Chat) {
    this.house = house;
    this.client = client;
    this.ids = ids;
    this.harbour = harbour;
    this.mill = mill;
  }

  static async begin(house: House): Promise<Sixty> {
    const { client } = house.tab();
    const { personaId: ava } = await client.personas.author.mutate({ commandId: commandId(), identity: { name: 'Ava' } });
    const bot = async (name: string, kickoff: string): Promise<string> =>
      (await client.bots.author.mutate({ commandId: commandId(), identity: { name, persona: `${name} lives by the water and speaks plainly.`, kickoff, greeting: '' } })).botId;
    const mara = await bot('Mara', 'Mara waits in the lighthouse in the evening rain.');
    const jon = await bot('Jon', 'Jon mends a wheel at the old mill in the morning.');
    const open = async (botId: string): Promise<Chat> => {
      const { draft } = await client.kickoff.read.query({ botId, personaId: ava });
      const { chatId } = await client.chats.begin.mutate({ commandId: commandId(), botId, personaId: ava, continuity: 'shared', draft: { ...draft, greeting: null } });
      return { chatId, head: (await client.chats.open.query({ chatId })).head };
    };
    return new Sixty(house, client, { ava, mara, jon }, await open(mara), await open(jon));
  }

  /** Says lines one after another; `hurried` does not wait for what is learned from one before the next. */
  async say(chat: Chat, lines: readonly string[], hurried = false): Promise<void> {
    const ear = new Ear(this.client, chat.chatId);
    await ear.ready();
    for (const text of lines) {
      const sent = await this.client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text });
      await ear.whole(sent.replyTurnId);
      chat.head = sent.replyTurnId;
      this.turns += 1;
      if (hurried) continue;
      await this.settled();
      // One who was not asked may have broken in (TN-10).
      chat.head = (await this.client.chats.open.query({ chatId: chat.chatId })).head;
      if (chat.head !== sent.replyTurnId) this.breaks += 1;
    }
    ear.close();
    await this.settled();
  }

  async guest(chat: Chat, botId: string | null): Promise<void> {
    await this.client.guests.set.mutate({ commandId: commandId(), chatId: chat.chatId, botId });
  }

  settled(): Promise<void> {
    return this.house.app.services.story.idle();
  }

  get read() {
    return this.house.app.services.store.read;
  }

  async feels(source: string, target: string): Promise<Row<'edges'>> {
    const row = await this.read.row('edges', `shared/${source}/${target}`);
    return row ?? { continuityId: 'shared', source, target, affinity: 50, trust: 50, summary: '', knowledge: [], lastAt: null };
  }

  memories(ownerId: string): Promise<readonly Row<'memories'>[]> {
    return this.read.memories(ownerId, 'shared', { limit: 500 });
  }

  /** Whether a bot remembers something, in whatever words hold it. */
  async remembers(ownerId: string, words: string): Promise<boolean> {
    return (await this.memories(ownerId)).some(({ text, quotes }) => `${text} ${quotes.join(' ')}`.toLowerCase().includes(words.toLowerCase()));
  }

  async pins(ownerId: string): Promise<number> {
    return (await this.read.row('pins', `shared/${ownerId}`))?.pins.length ?? 0;
  }

  /** The last prompt that a bot was given in a chat, as one text. */
  async prompt(chat: Chat, name: string): Promise<string> {
    const { store, calls } = this.house.app.services;
    await calls.settled();
    const own = (await store.calls(chat.chatId, 200)).filter(({ purpose }) => purpose === 'narrative').map(({ record }) => (record['messages'] as { content: string }[]).map(({ content }) => content).join('\n'));
    return own.find((text) => text.includes(`You are ${name}`)) ?? '';
  }

  async scenes(chat: Chat): Promise<readonly Row<'scenes'>[]> {
    return this.read.rows('scenes', { chatId: chat.chatId });
  }

  async clock(chat: Chat): Promise<number> {
    return Date.parse((await this.read.row('stages', chat.chatId))?.clock ?? '');
  }
}
