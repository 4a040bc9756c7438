import type { Kit } from '../kit.ts';

/** A message as it was sent. */
export interface SaidInput {
  readonly commandId: string;
  readonly chatId: string;
  /** The turn that the message was written against. */
  readonly head: string;
  readonly text: string;
  /** The bot that the person chose to speak to; left out, the words tell (TN-3). */
  readonly to?: string | undefined;
}

/** What became of a message. Where it made no turn, both ids name the turn at which the chat stands. */
export interface Said {
  readonly userTurnId: string;
  /** The turn that is being written now, or stands last. */
  readonly replyTurnId: string;
  /** What there is to tell the person; null where the story shows it. */
  readonly said: string | null;
}

/** What a command does; `rest` is what was typed behind its name. Throws DomainError where it is refused. */
export type SlashAction = (kit: Kit, input: SaidInput, rest: string) => Promise<Said>;

/** The answer of a command that made no turn. Throws nothing: without a chat the ids name the turn that was asked about. */
export async function saidOnly({ store }: Pick<Kit, 'store'>, { chatId, head }: SaidInput, said: string | null): Promise<Said> {
  const turnId = (await store.read.head(chatId))?.turnId ?? head;
  return { userTurnId: turnId, replyTurnId: turnId, said };
}
