import type { Message } from '@offstage/model';
import type { PromptContext } from './block.ts';
import { noteText } from './blocks/note.ts';
import type { Transcript } from './history.ts';
import { messageFor } from './history.ts';
import { fromTemplate } from './templates.ts';

/** What parts the last message from what stands above it. */
const THE_TURN = '# The turn';

export interface MessagesOf {
  readonly context: PromptContext;
  readonly transcript: Transcript;
  /** The message to answer, with its speaker's name; undefined when it stands at the end of the transcript. */
  readonly message: string | undefined;
  readonly head: string;
  readonly late: string;
  /** How many turns before the end of the transcript the author's note stands; 0 where it is not in it. */
  readonly noteDepth: number;
}

/**
 * The messages as they are sent. Only the first is the system's: templates of many models take no other, so what changes
 * late stands in the last message, above what was said.
 */
export function messagesFor({ context, transcript, message, head, late, noteDepth }: MessagesOf): Message[] {
  const messages = transcript.lines.map((line) => messageFor(line, context.speaker.botId, context.names));
  let last = message;
  const end = transcript.lines.at(-1)?.speakerId ?? null;
  // A reply that is tried again answers the message that already stands at the end; a second one what the first said.
  if (last === undefined && end !== null && end !== context.speaker.botId) last = messages.pop()?.content;
  last ??= fromTemplate(end === null ? 'open' : context.continuing === true ? 'continue' : 'go-on', { char: context.speaker.name });
  if (noteDepth > 0) putNote(messages, messages.length - noteDepth, `[Author's note: ${noteText(context)}]`);
  return [{ role: 'system', content: head }, ...messages, { role: 'user', content: [late, THE_TURN].filter((part) => part !== '').join('\n\n') + `\n${last}` }];
}

/** Puts a note before the message at `at`, into a message that is not the bot's own where there is one beside it. */
function putNote(messages: Message[], at: number, note: string): void {
  const [before, after] = [messages[Math.max(at, 0) - 1], messages[Math.max(at, 0)]];
  if (after?.role === 'user') messages[Math.max(at, 0)] = { ...after, content: `${note}\n\n${after.content}` };
  else if (before?.role === 'user') messages[Math.max(at, 0) - 1] = { ...before, content: `${before.content}\n\n${note}` };
  else messages.splice(Math.max(at, 0), 0, { role: 'user', content: note });
}
