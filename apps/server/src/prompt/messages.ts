import type { Message } from '@offstage/model';
import type { PromptContext } from './block.ts';
import { nameOf } from './block.ts';
import { noteText } from './blocks/note.ts';
import type { Line, Transcript } from './history.ts';
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
  const messages = transcript.lines.flatMap((line, n) => withMark(markBefore(line, transcript.lines[n - 1], context), messageFor(line, context.speaker.botId, context.names)));
  const again = context.alone === null ? backWith(transcript.lines.at(-1), context) : '';
  let last = message === undefined || again === '' ? message : `${again}\n${message}`;
  // The first words of two who are by themselves answer nothing that was said before.
  if (last === undefined && context.alone !== null && transcript.lines.at(-1)?.sceneId !== context.alone.sceneId) {
    last = fromTemplate('meanwhile-open', { char: context.speaker.name, other: nameOf(context, context.alone.withId) });
  }
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

/** Tokens of a mark in the transcript, with those of a message of its own. */
export const MARK_TOKENS = 20;

/** How many marks some lines have among them. */
export function asideMarks(lines: readonly Line[], context: Pick<PromptContext, 'asides' | 'you'>): number {
  return context.asides.size === 0 ? 0 : lines.filter((line, n) => markBefore(line, lines[n - 1], context) !== '').length;
}

/** What parts turns that were played without you from those with you, so that nobody takes them for one (GU-2). */
function markBefore(line: Line, before: Line | undefined, { asides, you }: Pick<PromptContext, 'asides' | 'you'>): string {
  const aside = line.sceneId !== null && asides.has(line.sceneId);
  if (aside) return before?.sceneId === line.sceneId ? '' : `[Meanwhile, without ${you.name}:]`;
  return backWith(before, { asides, you });
}

/** What stands in front of the first turn with you after one without; empty where there was none. */
function backWith(before: Line | undefined, { asides, you }: Pick<PromptContext, 'asides' | 'you'>): string {
  return before?.sceneId != null && asides.has(before.sceneId) ? `[With ${you.name} again:]` : '';
}

/** A mark stands in front of what somebody else said; the speaker's own words have it before them. */
function withMark(mark: string, message: Message): Message[] {
  if (mark === '') return [message];
  return message.role === 'user' ? [{ ...message, content: `${mark}\n${message.content}` }] : [{ role: 'user', content: mark }, message];
}
