import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { connect } from '../../scripts/lib/client.ts';
import type { Client } from '../../scripts/lib/client.ts';
import { Replies } from '../../scripts/lib/replies.ts';
import { Server } from '../../scripts/lib/server.ts';
import type { Frame } from '../../packages/domain/src/index.ts';
import type { BenchModel } from '../lib/model.ts';
import { mutate } from '../lib/procedure.ts';

const REPLY_MS = 20_000;

/** The built server on a library, a model that is ours, and a page's connection to one chat. */
export class Stage implements AsyncDisposable {
  readonly server: Server;
  readonly client: Client;
  readonly #chatId: string;
  readonly #replies: Replies;
  #head: string;
  /** What to do with the frames that the page hears. */
  onFrame: (frame: Frame) => void = () => {};

  private constructor(server: Server, client: Client, chatId: string, { head, cursor }: { readonly head: string; readonly cursor: string }) {
    this.server = server;
    this.client = client;
    this.#chatId = chatId;
    this.#head = head;
    this.#replies = Replies.listen(client, { chatId, cursor, tabId: randomUUID() }, (frame) => this.onFrame(frame));
  }

  static async open(folder: string, chatId: string, model: BenchModel): Promise<Stage> {
    writeFileSync(`${folder}/config.toml`, model.config);
    const server = await Server.start(folder, { OFFSTAGE_LOG_LEVEL: 'error' });
    const client = connect(server.url);
    return new Stage(server, client, chatId, await client.api.chats.open.query({ chatId }));
  }

  /** Sends a message and waits until its reply is whole. Answers when the request was begun (`performance.now`). */
  async play(text: string): Promise<number> {
    const { begun, answer } = await mutate<{ replyTurnId: string }>(this.server.url, 'turns.send', {
      commandId: randomUUID(),
      chatId: this.#chatId,
      head: this.#head,
      text,
    });
    this.#head = answer.replyTurnId;
    const reply = await this.#replies.whole(answer.replyTurnId, REPLY_MS);
    if (reply.truncated) throw new Error(`A reply was cut off: ${reply.problem ?? reply.finishReason ?? ''}`);
    return begun;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#replies.close();
    await this.client.close();
    await this.server.stop();
  }
}
