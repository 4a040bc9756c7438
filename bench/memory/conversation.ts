type Fields = Readonly<Record<string, unknown>>;

/** What one of the two said, with its place among all that was said. */
export interface Said {
  readonly id: string;
  readonly speaker: string;
  readonly text: string;
}

/** What was said at one sitting. */
export interface Session {
  /** Real time of the sitting, ISO 8601 UTC; null where the file names none. */
  readonly clock: string | null;
  readonly said: readonly Said[];
}

/** A question with the ids of what was said that answers it. */
export interface Asked {
  readonly question: string;
  readonly category: string;
  readonly evidence: readonly string[];
}

/** A long conversation of two, and questions about it. */
export interface Conversation {
  readonly sessions: readonly Session[];
  readonly asked: readonly Asked[];
  /** Questions that name no evidence, or such as is nowhere said. */
  readonly leftOut: number;
}

/**
 * Reads a file of conversations in LoCoMo's format, one or a list. Fields that are not there are done without. Throws
 * Error when nothing of it is a conversation.
 */
export function readConversations(json: unknown): Conversation[] {
  const read = (Array.isArray(json) ? json : [json]).flatMap((one: unknown): Conversation[] => {
    const { conversation, qa } = fields(one);
    const sessions = sessionsOf(fields(conversation));
    if (sessions.length === 0) return [];
    const ids = new Set(sessions.flatMap(({ said }) => said.map((line) => line.id)));
    const asked = list(qa).map((question) => askedOf(fields(question), ids)).filter((question) => question.evidence.length > 0);
    return [{ sessions, asked, leftOut: list(qa).length - asked.length }];
  });
  if (read.length === 0) throw new Error('There is no conversation in this file: it should hold `conversation.session_1` and so on.');
  return read;
}

function askedOf({ question, category, evidence }: Fields, ids: ReadonlySet<string>): Asked {
  return {
    question: text(question),
    category: typeof category === 'number' ? String(category) : text(category) || 'none',
    evidence: evidenceOf(evidence).filter((id) => ids.has(id)),
  };
}

function sessionsOf(parts: Fields): Session[] {
  const numbers = Object.keys(parts).flatMap((name) => /^session_(\d+)$/.exec(name)?.[1] ?? []).map(Number);
  return numbers
    .sort((a, b) => a - b)
    .map((number) => ({
      clock: clockOf(parts[`session_${number}_date_time`]),
      said: list(parts[`session_${number}`]).map((one) => saidOf(fields(one))).filter(({ id, text: words }) => id !== '' && words !== ''),
    }))
    .filter(({ said }) => said.length > 0);
}

function saidOf({ dia_id: id, speaker, text: words, blip_caption: caption }: Fields): Said {
  const shown = text(caption) === '' ? '' : ` (shows ${text(caption)})`;
  return { id: text(id), speaker: text(speaker) || 'Someone', text: `${text(words)}${shown}`.trim() };
}

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Some lists of evidence hold several ids in one string (`D8:6; D9:17`), some ids are written loosely (`D:11:26`, `D30:05`). */
function evidenceOf(evidence: unknown): string[] {
  const lines = [...list(evidence).map(text), text(evidence)];
  const ids = lines.flatMap((line) => [...line.matchAll(/([A-Za-z]+):?(\d+):0*(\d+)/g)].map(([, letters, session, turn]) => `${letters}${session}:${turn}`));
  return [...new Set(ids)];
}

/** A date as the files have it: `1:56 pm on 8 May, 2023`. */
function clockOf(written: unknown): string | null {
  const parts = /^(\d{1,2}):(\d{2}) ?(am|pm) on (.+)$/i.exec(text(written).trim());
  const [, hour = '', minute = '', half = '', day = ''] = parts ?? [];
  const hours = (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  const at = new Date(parts === null ? text(written) : `${day} ${String(hours).padStart(2, '0')}:${minute} UTC`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
