import { projectionNames, projections } from '@offstage/domain';
import type { Row } from '@offstage/domain';
import { commandId } from './harness.ts';
import type { Client, House } from './harness.ts';
import { Ledger } from './longLedger.ts';
import { LongModel, PEOPLE, botsOn } from './longModel.ts';
import type { Cues, Played } from './longModel.ts';
import type { ScriptedModel } from './scripted.ts';

/** A chat of the story, and who is on its stage as the script has it. */
export interface Place {
  readonly name: string;
  readonly chatId: string;
  readonly host: string;
  guest: string | null;
  head: string;
  /** Scenes that are over, as the script counts them. */
  closed: number;
}

type PlanWanted = Parameters<Client['plot']['plan']['mutate']>[0]['plan'];

const QUIET: Cues = { learn: () => ({}), threads: () => ({}), before: () => Promise.resolve() };

/** Plays the long story over the API, as a person would, and knows by itself who was there. */
export class LongStory {
  readonly ledger = new Ledger();
  /** What the model does beside the plain; put back after each act. */
  readonly cues: { -readonly [K in keyof Cues]: Cues[K] } = { ...QUIET };
  readonly ids = new Map<string, string>();
  readonly house: House;
  readonly client: Client;
  /** Turns that were played: messages with their replies, those of two by themselves, skips, and who broke in. */
  turns = 0;
  #at: Played | undefined;

  private constructor(house: House, client: Client) {
    this.house = house;
    this.client = client;
  }

  static async begin(house: House, model: ScriptedModel): Promise<LongStory> {
    const story = new LongStory(house, house.tab().client);
    const { client, ledger, cues } = story;
    const answers = new LongModel(ledger, () => story.#at, { learn: (asked, spoke) => cues.learn(asked, spoke), threads: (asked, mark) => cues.threads(asked, mark), before: (speaker) => cues.before(speaker) });
    model.script = (asked) => answers.answer(asked);
    const card = ledger.mint('card', null, PEOPLE);
    story.ids.set('Ava', (await client.personas.author.mutate({ commandId: commandId(), identity: { name: 'Ava', persona: `A traveller, ${card}.` } })).personaId);
    for (const name of PEOPLE) {
      const persona = `Lives by the water, ${ledger.mint('card', null, [name])}.`;
      story.ids.set(name, (await client.bots.author.mutate({ commandId: commandId(), identity: { name, persona, kickoff: `${name} waits.` } })).botId);
    }
    return story;
  }

  async open(name: string, host: string): Promise<Place> {
    const [botId, personaId] = [this.id(host), this.id('Ava')];
    const { draft } = await this.client.kickoff.read.query({ botId, personaId });
    const prose = `${host} waits, ${this.ledger.mint('kick', name, [host])}.`;
    const { chatId } = await this.client.chats.begin.mutate({ commandId: commandId(), botId, personaId, continuity: 'shared', draft: { ...draft, title: name, prose, greeting: null } });
    return { name, chatId, host, guest: null, head: (await this.client.chats.open.query({ chatId })).head, closed: 0 };
  }

  /** Says something with a mark; answers the mark. */
  async say(place: Place, words: string): Promise<string> {
    const mark = this.ledger.mint('said', place.name, botsOn(place));
    // Beside what is narrated, a mark of its own would be speech.
    const text = words.endsWith('*') ? `${words.slice(0, -1)} ${mark}*` : `${words} ${mark}`;
    await this.act(place, () => this.client.turns.send.mutate({ commandId: commandId(), chatId: place.chatId, head: place.head, text }));
    return mark;
  }

  /** Says so many things of no matter. */
  async talk(place: Place, lines: number): Promise<void> {
    for (let n = 0; n < lines; n += 1) await this.say(place, `${place.guest !== null && n % 2 === 1 ? place.guest : place.host}, go on.`);
  }

  async guest(place: Place, name: string | null): Promise<void> {
    await this.client.guests.set.mutate({ commandId: commandId(), chatId: place.chatId, botId: name === null ? null : this.id(name) });
    place.guest = name;
  }

  async close(place: Place): Promise<void> {
    await this.act(place, () => this.client.scenes.close.mutate({ commandId: commandId(), chatId: place.chatId }));
    place.closed += 1;
  }

  async plan(place: Place, plan: Omit<PlanWanted, 'knownTo' | 'kind'>, knownTo: readonly string[]): Promise<void> {
    await this.client.plot.plan.mutate({ commandId: commandId(), chatId: place.chatId, plan: { kind: 'date', ...plan, knownTo: knownTo.map((name) => this.id(name)) } });
  }

  /** Asks for a skip in the words of the story; answers the mark of the words. */
  async skip(place: Place, words: string, notable?: string): Promise<string> {
    const mark = await this.say(place, words);
    if (notable === undefined) return mark;
    const { chatId } = place;
    await this.act(place, () => this.client.skips.answer.mutate({ commandId: commandId(), chatId, head: place.head, notable }));
    return mark;
  }

  /** The two by themselves, until nothing more happens by itself. */
  async aside(place: Place, act: () => Promise<unknown>): Promise<void> {
    await this.act(place, act, true);
  }

  async move(place: Place, to: string, reason: 'rewind' | 'undo'): Promise<void> {
    place.head = (await this.client.timeline.move.mutate({ commandId: commandId(), chatId: place.chatId, to, reason })).to;
  }

  /** The next prompt of somebody in a chat; the message is taken back again, and all that came of it. */
  async nextPrompt(place: Place, name: string): Promise<string> {
    const { head } = place;
    const [turns, cues] = [this.turns, { ...this.cues }];
    Object.assign(this.cues, QUIET);
    const before = this.ledger.sent.length;
    await this.act(place, () => this.client.turns.send.mutate({ commandId: commandId(), chatId: place.chatId, head, text: `${name}, what of the lamp, the letter and the secret?` }));
    await this.move(place, head, 'rewind');
    Object.assign(this.cues, cues);
    this.turns = turns;
    return this.ledger.sent.slice(before).find(({ reader, what }) => reader === name && what === 'narration')?.text ?? '';
  }

  /** Does something in a chat and waits for all that comes of it. */
  async act(place: Place, what: () => Promise<unknown>, aside = false): Promise<void> {
    this.#at = { chat: place.name, host: place.host, guest: place.guest, aside };
    const before = this.ledger.all('reply', 'tale').length;
    await what();
    await this.house.app.services.story.idle();
    this.turns += this.ledger.all('reply', 'tale').length - before;
    place.head = (await this.client.chats.open.query({ chatId: place.chatId })).head;
  }

  id(name: string): string {
    const found = this.ids.get(name);
    if (found === undefined) throw new Error(`There is no ${name}.`);
    return found;
  }

  /** The names of some ids, in their order; you are not among them. */
  bots(ids: readonly (string | null)[]): readonly string[] {
    return [...this.ids].filter(([name, id]) => name !== 'Ava' && ids.includes(id)).map(([name]) => name).toSorted();
  }

  get read() {
    return this.house.app.services.store.read;
  }

  memories(name: string): Promise<readonly Row<'memories'>[]> {
    return this.read.memories(this.id(name), 'shared', { limit: 1_000 });
  }

  async feels(source: string, target: string): Promise<Row<'edges'> | undefined> {
    return this.read.row('edges', `shared/${this.id(source)}/${this.id(target)}`);
  }

  /** The turns of a chat that its path holds, without its beginning. */
  async path(place: Place): Promise<readonly Row<'turns'>[]> {
    const { headDepth } = await this.client.chats.open.query({ chatId: place.chatId });
    return this.read.path(place.chatId, 1, headDepth + 1);
  }

  /** Every row that the story makes: those of a chat, or with null those of nobody's chat (feelings, pins). */
  async world(place: Place | null): Promise<Record<string, unknown>> {
    const found: Record<string, unknown> = {};
    for (const name of projectionNames.filter((one) => projections[one].class === 'story')) {
      const rows: readonly object[] = await this.read.rows(name, {}, 10_000);
      found[name] = rows.filter((row) => (place === null ? !('chatId' in row) : 'chatId' in row && row.chatId === place.chatId));
    }
    return found;
  }
}
