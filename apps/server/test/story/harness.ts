import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from '@offstage/domain';
import { startRehearsal } from '@offstage/model';
import type { Limits } from '@offstage/model';
import { createTRPCClient, createWSClient, wsLink } from '@trpc/client';
import { createApp } from '../../src/app.ts';
import type { AppRouter } from '../../src/rpc/router.ts';

/** A running server with its own library, and a rehearsal model that can be told to misbehave. */
export interface House {
  readonly folder: string;
  readonly app: Awaited<ReturnType<typeof createApp>>;
  /** A client over one WebSocket, as a tab has it. */
  tab(): Tab;
  /** Stops the server; the library stays for the next `openHouse({ folder })`. */
  leave(): Promise<void>;
  /** Stops the server and removes its library. */
  close(): Promise<void>;
}

export type Client = ReturnType<typeof createTRPCClient<AppRouter>>;

export interface Tab {
  readonly client: Client;
  close(): Promise<void>;
}

export async function openHouse(options: { folder?: string; wordsPerSecond?: number; model?: { url: string; narrative: string; classifier: string }; settings?: string; limits?: Partial<Limits> } = {}): Promise<House> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'offstage-story-')));
  const rehearsal = await startRehearsal({ wordsPerSecond: options.wordsPerSecond ?? 0, allowMisbehaviour: true });
  const configPath = join(folder, 'config.toml');
  await writeFile(
    configPath,
    `[[providers]]\nid = "stage"\nname = "Stage"\nbase_url = "${options.model?.url ?? rehearsal.url}"\nmax_concurrent = 4\n\n` +
      `[models.narrative]\nprovider = "stage"\nmodel = "${options.model?.narrative ?? 'rehearsal'}"\n\n` +
      `[models.classifier]\nprovider = "stage"\nmodel = "${options.model?.classifier ?? 'rehearsal'}"\n\n${options.settings ?? ''}`,
  );
  const app = await createApp({ configPath, env: { OFFSTAGE_DB_PATH: join(folder, 'offstage.db') }, logLevel: 'silent', ...(options.limits && { limits: options.limits }) });
  await app.http.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.http.server.address() as AddressInfo;
  const tabs = new Set<Tab>();
  const leave = async (): Promise<void> => {
    for (const tab of tabs) await tab.close();
    await app.close();
    await rehearsal.close();
  };
  return {
    folder,
    app,
    tab() {
      const socket = createWSClient({ url: `ws://127.0.0.1:${port}/trpc` });
      const client = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] });
      const tab: Tab = {
        client,
        async close() {
          tabs.delete(tab);
          await socket.close();
        },
      };
      tabs.add(tab);
      return tab;
    },
    leave,
    async close() {
      await leave();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let ids = 0;
export const commandId = (): string => `command-${ids++}-${Math.random().toString(36).slice(2)}`;

/** Makes a persona, a bot and a chat between the two. */
export async function beginChat(
  client: Client,
  wanted: { model?: string; greeting?: string; continuity?: 'shared' | 'own'; persona?: string; botId?: string; personaId?: string } = {},
): Promise<{ chatId: string; botId: string; personaId: string; head: string }> {
  const personaId = wanted.personaId ?? (await client.personas.author.mutate({ commandId: commandId(), identity: { name: 'Ava' } })).personaId;
  const botId =
    wanted.botId ??
    (
      await client.bots.author.mutate({
        commandId: commandId(),
        identity: {
          name: 'Mara',
          persona: wanted.persona ?? 'Keeps the harbour light.',
          kickoff: 'Mara waits at the harbour in the evening rain. {{user}} steps off the ferry.',
          greeting: wanted.greeting ?? 'You are late, {{user}}.',
          model: wanted.model === undefined ? null : { endpointId: 'stage', model: wanted.model },
        },
      })
    ).botId;
  const { draft } = await client.kickoff.read.query({ botId, personaId });
  const { chatId } = await client.chats.begin.mutate({ commandId: commandId(), botId, personaId, continuity: wanted.continuity ?? 'shared', draft });
  const { head } = await client.chats.open.query({ chatId });
  return { chatId, botId, personaId, head };
}

/** Plays a turn where the chat stands, which then stands at the reply, and waits until all that follows it is done. */
export async function sayIn(house: House, client: Client, chat: { readonly chatId: string; head: string }, text: string): Promise<{ userTurnId: string; replyTurnId: string }> {
  const ear = new Ear(client, chat.chatId);
  await ear.ready();
  const sent = await client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text });
  await ear.whole(sent.replyTurnId);
  ear.close();
  chat.head = sent.replyTurnId;
  await house.app.services.story.idle();
  return sent;
}

/** Everything that one page hears, until it is closed. */
export class Ear {
  readonly frames: Frame[] = [];
  lastEventId: string | undefined;
  readonly #waiters = new Set<() => void>();
  readonly #subscription: { unsubscribe(): void };

  constructor(client: Client, chatId: string | null, lastEventId?: string, tabId = 'tab') {
    this.#subscription = client.live.subscribe(
      { chatId, tabId, lastEventId: lastEventId ?? null },
      {
        onData: (data) => {
          const tracked = typeof data === 'object' && 'id' in data && 'data' in data;
          if (tracked) this.lastEventId = data.id;
          this.frames.push(tracked ? data.data : data);
          for (const wake of this.#waiters) wake();
        },
        onError: () => {},
      },
    );
  }

  /** Waits until what has been heard fits. Throws after five seconds. */
  async until(fits: (frames: readonly Frame[]) => boolean, what = 'what was waited for'): Promise<void> {
    const deadline = Date.now() + 5_000;
    while (!fits(this.frames)) {
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`${what} did not come; heard ${JSON.stringify(this.frames.map((frame) => frame.type))}`);
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          this.#waiters.delete(done);
          resolve();
        };
        const timer = setTimeout(done, left);
        this.#waiters.add(done);
      });
    }
  }

  async ready(): Promise<void> {
    await this.until((frames) => frames.some((frame) => frame.type === 'ready'), 'ready');
  }

  /** Waits until a turn stands whole in a commit. */
  async whole(turnId: string): Promise<void> {
    await this.until(() => this.turn(turnId)?.status === 'whole', `the end of ${turnId}`);
  }

  /** The turn as last heard. */
  turn(turnId: string) {
    for (const frame of this.frames.toReversed()) {
      if (frame.type !== 'commit') continue;
      for (const change of frame.rows) if (change.p === 'turns' && change.key === turnId) return change.row;
    }
    return undefined;
  }

  /** The words of a turn, put together as a page does; throws at a gap. */
  words(turnId: string): string {
    let text = '';
    for (const frame of this.frames) {
      if (frame.type !== 'words' || frame.turnId !== turnId) continue;
      if (frame.offset > text.length) throw new Error(`a gap at ${text.length}: the next words stand at ${frame.offset}`);
      text = text.slice(0, frame.offset) + frame.text;
    }
    return text;
  }

  close(): void {
    this.#subscription.unsubscribe();
  }
}

/** The refusal of a call, as pages get it. */
export async function refusal(call: Promise<unknown>): Promise<{ code: string; message: string; fields: readonly string[] }> {
  try {
    await call;
  } catch (error) {
    return (error as { data: { offstage: { code: string; message: string; fields: readonly string[] } } }).data.offstage;
  }
  throw new Error('It was not refused.');
}
