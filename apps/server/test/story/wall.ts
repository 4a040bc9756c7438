import { commandId, Ear } from './harness.ts';
import type { Client, House } from './harness.ts';
import type { Asked, ScriptedModel } from './scripted.ts';

/** Marks in texts: each stands for one thing that can be known. */
const MARKS = /\b(?:card|kick|said|reply|told|fact|account|feeling|matter|group)-[a-z0-9]+\b/g;

/** A prompt that was sent, and for whose eyes it is. */
interface Sent {
  readonly reader: string;
  readonly continuity: string;
  readonly what: string;
  readonly marks: ReadonlySet<string>;
}

interface Place {
  readonly chatId: string;
  readonly continuity: string;
  readonly host: string;
  guest: string | null;
  head: string;
}

/**
 * People who walk in and out of rooms and chats, and all that they could know, kept by itself: every text carries a mark,
 * and who may know it is written down from who was there, not from what the engine says.
 */
export class Wall {
  readonly places: Place[] = [];
  readonly sent: Sent[] = [];
  /** What each bot may know, by continuity. */
  readonly #knows = new Map<string, Set<string>>();
  readonly #bots = new Map<string, string>();
  readonly #house: House;
  readonly #client: Client;
  #personaId = '';
  #n = 0;
  /** The chat in which something is being said; one at a time. */
  #at: Place | undefined;

  constructor(house: House, model: ScriptedModel) {
    this.#house = house;
    this.#client = house.tab().client;
    model.script = (asked) => this.#answer(asked);
  }

  /** All marks that a bot's prompts may hold in a continuity. */
  knows(bot: string, continuity: string): Set<string> {
    const key = `${bot}/${continuity}`;
    const known = this.#knows.get(key) ?? new Set([`card-${bot.toLowerCase()}`, 'card-ava']);
    this.#knows.set(key, known);
    return known;
  }

  async people(...names: readonly string[]): Promise<void> {
    const identity = { name: 'Ava', persona: 'A traveller, card-ava.' };
    this.#personaId = (await this.#client.personas.author.mutate({ commandId: commandId(), identity })).personaId;
    for (const name of names) {
      const { botId } = await this.#client.bots.author.mutate({
        commandId: commandId(),
        identity: { name, persona: `Lives by the water, card-${name.toLowerCase()}.`, kickoff: `{{char}} waits, kick-${name.toLowerCase()}.` },
      });
      this.#bots.set(name, botId);
    }
  }

  /** Opens a chat with a host. */
  async open(host: string, continuity: 'shared' | 'own'): Promise<Place> {
    const botId = this.#bots.get(host) ?? '';
    const { draft } = await this.#client.kickoff.read.query({ botId, personaId: this.#personaId });
    const mark = `kick-${host.toLowerCase()}${this.#next()}`;
    const begin = { commandId: commandId(), botId, personaId: this.#personaId, continuity, draft: { ...draft, prose: `${host} waits, ${mark}.`, greeting: null } };
    const { chatId } = await this.#client.chats.begin.mutate(begin);
    const { head } = await this.#client.chats.open.query({ chatId });
    const place: Place = { chatId, continuity: continuity === 'shared' ? 'shared' : chatId, host, guest: null, head };
    this.knows(host, place.continuity).add(mark);
    this.places.push(place);
    return place;
  }

  async guest(place: Place, name: string | null): Promise<void> {
    const botId = name === null ? null : (this.#bots.get(name) ?? '');
    await this.#client.guests.set.mutate({ commandId: commandId(), chatId: place.chatId, botId });
    place.guest = name;
  }

  async close(place: Place): Promise<void> {
    this.#at = place;
    await this.#client.scenes.close.mutate({ commandId: commandId(), chatId: place.chatId });
    await this.#settled();
  }

  /** Says something; answers the mark of what was said. */
  async say(place: Place, words: string): Promise<string> {
    this.#at = place;
    const mark = `said-${this.#next()}`;
    for (const bot of present(place)) this.knows(bot, place.continuity).add(mark);
    const ear = new Ear(this.#client, place.chatId);
    await ear.ready();
    const sent = await this.#client.turns.send.mutate({ commandId: commandId(), chatId: place.chatId, head: place.head, text: `${words} ${mark}` });
    await ear.whole(sent.replyTurnId);
    ear.close();
    await this.#settled();
    // Somebody may have broken in.
    place.head = (await this.#client.chats.open.query({ chatId: place.chatId })).head;
    return mark;
  }

  /** What was in prompts though its reader may not know it. */
  leaks(): string[] {
    return this.sent.flatMap(({ reader, continuity, what, marks }) =>
      [...marks].filter((mark) => !this.knows(reader, continuity).has(mark)).map((mark) => `${mark} in ${what} for ${reader}`),
    );
  }

  /** Every record of a call that was kept, with all that stands in it beside the messages. */
  async leaksInRecords(): Promise<string[]> {
    const { store, calls } = this.#house.app.services;
    await calls.settled();
    const leaks: string[] = [];
    for (const { chatId, continuity } of this.places) {
      for (const { record, purpose } of await store.calls(chatId, 2_000)) {
        const reader = purpose === 'narrative' ? readerOf(record['messages'] as Asked['messages']) : undefined;
        if (reader === undefined) continue;
        for (const [mark] of JSON.stringify({ ...record, reply: '' }).matchAll(MARKS)) {
          if (!this.knows(reader, continuity).has(mark)) leaks.push(`${mark} in the record of a call for ${reader}`);
        }
      }
    }
    return leaks;
  }

  #answer(asked: Asked): unknown {
    const at = this.#at;
    if (asked.schema === 'kickoff' || at === undefined) return {};
    const marks = new Set(asked.messages.flatMap(({ content }) => [...content.matchAll(MARKS)].map(([mark]) => mark)));
    const knowing = [...this.#bots.keys()].filter((bot) => [...marks].every((mark) => this.knows(bot, at.continuity).has(mark)));
    // What a scene left open is asked as one of them heard it: one who knows all that is told there.
    const reader = readerOf(asked.messages) ?? (asked.schema === 'scene_threads' ? knowing[0] : undefined) ?? lastSpeaker(asked.messages, present(at));
    // How they are together is asked for all of them at once.
    for (const one of asked.schema === 'group' ? present(at) : [reader]) this.sent.push({ reader: one, continuity: at.continuity, what: asked.schema ?? 'narration', marks });
    const n = this.#next();
    switch (asked.schema) {
      case null: {
        const mark = `reply-${n}`;
        for (const bot of present(at)) this.knows(bot, at.continuity).add(mark);
        return `*${reader} looks up.* "So it goes, ${mark}."`;
      }
      case 'passes': {
        const [first = reader, second] = present(at);
        this.knows(first, at.continuity).add(`fact-${n}`);
        if (second !== undefined) this.knows(second, at.continuity).add(`told-${n}`);
        return {
          memories: { told: second === undefined ? [] : [{ teller: first, hearer: second, fact: `The boat sank, told-${n}.` }] },
          significance: { score: Number.parseInt(n, 36) % 4 },
          edges: { moves: [{ from: first, to: 'Ava', affinity: 1, trust: 0, facts: [`Ava has a boat, fact-${n}.`] }] },
          activity: { minutes: 1, weather: null, people: [] },
          scene: { ended: false, how: 'no', place: null },
          ...(asked.parts.includes('interjection') && { interjection: { speaks: Number.parseInt(n, 36) % 2 === 0, to: null, reason: 'So it is.' } }),
        };
      }
      case 'group':
        for (const bot of present(at)) this.knows(bot, at.continuity).add(`group-${n}`);
        return { summary: `They are together, group-${n}.`, mood: 'calm' };
      case 'scene_summary':
        this.knows(reader, at.continuity).add(`account-${n}`).add(`feeling-${n}`);
        return { summary: `I was there, account-${n}.`, quotes: [], feelings: [{ to: 'Ava', summary: `A friend, feeling-${n}.` }] };
      case 'scene_threads': {
        const before = asked.messages.flatMap(({ content }) => [...content.matchAll(/^(thread-\d+): /gm)])[0]?.[1];
        for (const bot of knowing) this.knows(bot, at.continuity).add(`matter-${n}`);
        return {
          opened: [{ title: `Open, matter-${n}`, summary: `Nobody says, matter-${n}.` }],
          updated: before === undefined ? [] : [{ thread: before, summary: `Still open, matter-${n}.` }],
          closed: [],
        };
      }
      default:
        return { addressee: reader, confidence: 'high', reason: 'named', kind: 'none', label: '' };
    }
  }

  #settled(): Promise<void> {
    return this.#house.app.services.story.idle();
  }

  #next(): string {
    this.#n += 1;
    return this.#n.toString(36).padStart(3, '0');
  }
}

const present = ({ host, guest }: Place): string[] => (guest === null ? [host] : [host, guest]);

function readerOf(messages: Asked['messages']): string | undefined {
  return /^You are (\w+)[.,]/m.exec(messages[0]?.content ?? '')?.[1];
}

/** Who spoke last in a prompt for bookkeeping: it holds what that one witnessed. */
function lastSpeaker(messages: Asked['messages'], bots: readonly string[]): string {
  const lines = messages.flatMap(({ content }) => content.split('\n'));
  const last = lines.findLast((line) => bots.some((bot) => line.startsWith(`${bot}: `)));
  return bots.find((bot) => last?.startsWith(`${bot}: `)) ?? bots[0] ?? '';
}
