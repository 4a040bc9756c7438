import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../apps/server/src/app.ts';
import { connect } from '../../scripts/lib/client.ts';
import type { Client } from '../../scripts/lib/client.ts';
import { Folder } from '../lib/folder.ts';

type App = Awaited<ReturnType<typeof createApp>>;

/** A server in this process, so that one can wait for all that follows a turn, and a chat in it with a host and one who may be a guest. */
export class House {
  readonly app: App;
  readonly chatId: string;
  readonly #client: Client;
  readonly #folder: Folder;
  readonly #guestId: string;

  private constructor(app: App, client: Client, folder: Folder, { chatId, guestId }: { readonly chatId: string; readonly guestId: string }) {
    this.app = app;
    this.chatId = chatId;
    this.#client = client;
    this.#folder = folder;
    this.#guestId = guestId;
  }

  static async open(): Promise<House> {
    const folder = new Folder();
    const app = await createApp({ configPath: folder.at('config.toml'), env: { OFFSTAGE_DB_PATH: folder.at('offstage.sqlite') }, logLevel: 'error', rehearsal: { wordsPerSecond: 0 } });
    await app.http.listen({ host: '127.0.0.1', port: 0 });
    const client = connect(`http://127.0.0.1:${(app.http.server.address() as AddressInfo).port}`);
    const { api } = client;
    const samples = await api.samples.list.query();
    const { botIds } = await api.samples.add.mutate({ commandId: randomUUID(), sampleIds: samples.slice(0, 2).map(({ sampleId }) => sampleId) });
    const [botId, guestId] = botIds;
    if (botId === undefined || guestId === undefined) throw new Error('The sample cast has no two bots.');
    const { personaId } = await api.personas.author.mutate({ commandId: randomUUID(), identity: { name: 'Jonas', pronouns: 'he/him', persona: 'A carpenter who reads at night.' } });
    const { draft } = await api.kickoff.read.query({ botId, personaId });
    const { chatId } = await api.chats.begin.mutate({ commandId: randomUUID(), botId, personaId, continuity: 'shared', draft });
    return new House(app, client, folder, { chatId, guestId });
  }

  async say(text: string): Promise<void> {
    const { head } = await this.#client.api.chats.open.query({ chatId: this.chatId });
    await this.#client.api.turns.send.mutate({ commandId: randomUUID(), chatId: this.chatId, head, text });
    await this.settled();
  }

  /** Leaps ahead, and says what was notable; empty for nothing. */
  async leap(text: string, notable: string): Promise<void> {
    await this.say(text);
    const { head, question } = await this.#client.api.chats.open.query({ chatId: this.chatId });
    if (question === null) throw new Error(`It was not asked what is notable after "${text}".`);
    await this.#client.api.skips.answer.mutate({ commandId: randomUUID(), chatId: this.chatId, head, notable });
    await this.settled();
  }

  async guest(there: boolean): Promise<void> {
    await this.#client.api.guests.set.mutate({ commandId: randomUUID(), chatId: this.chatId, botId: there ? this.#guestId : null });
  }

  async aside(turns: number): Promise<void> {
    await this.#client.api.meanwhile.begin.mutate({ commandId: randomUUID(), chatId: this.chatId, turns });
    await this.settled();
  }

  async close(): Promise<void> {
    await this.#client.api.scenes.close.mutate({ commandId: randomUUID(), chatId: this.chatId });
    await this.settled();
  }

  async leave(): Promise<void> {
    await this.#client.close();
    await this.app.close();
    this.#folder[Symbol.dispose]();
  }

  async settled(): Promise<void> {
    await this.app.services.story.idle();
    await this.app.services.calls.settled();
  }
}
