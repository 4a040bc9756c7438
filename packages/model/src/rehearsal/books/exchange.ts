import { partedMessage, type RawMessage } from '../prompt.ts';

/** What one person said or did in a turn. */
export interface Line {
  readonly speaker: string;
  readonly text: string;
}

/** How somebody is placed, as `# Now` tells it. */
export interface Standing {
  readonly posture: string;
  readonly holding: readonly string[];
}

/** What a question of the bookkeeping is about. Empty strings and lists where it does not say. */
export interface Exchange {
  readonly present: readonly string[];
  /** The one who writes with the others; undefined where nobody does. */
  readonly person: string | undefined;
  readonly place: string;
  readonly time: string;
  readonly standings: ReadonlyMap<string, Standing>;
  /** What is told of feelings, and of what is known of each other. */
  readonly feelings: string;
  readonly before: readonly Line[];
  readonly turn: readonly Line[];
  /** Every section by its heading in lower case. */
  readonly sections: ReadonlyMap<string, string>;
}

const HEADINGS = /^# (Present|Now|Feelings|Before|The turn|What to note|The scene|So far|Left open before|What happened|The message)\s*$/;
const PERSON = /\s*\(the person\)\s*$/i;
const ANYBODY = /^([\p{L}][\p{L}\p{N} .'’_-]{0,40}):\s+(?=\S)/u;

/** Reads a question in either layout: everything in one message, or the story as it was told and the sections after it. */
export function readExchange(messages: readonly RawMessage[]): Exchange {
  const at = messages.findLastIndex((message) => message.role === 'user' && /^# Present\s*$/m.test(message.content));
  const sections = sectionsOf(at < 0 ? (messages.findLast((message) => message.role === 'user')?.content ?? '') : (messages[at]?.content ?? ''));
  const section = (heading: string): string => sections.get(heading) ?? '';
  const listed = section('present').split(/,\s*|\n/).map((one) => one.trim()).filter(Boolean);
  const present = listed.map((one) => one.replace(PERSON, ''));
  const person = listed.find((one) => PERSON.test(one))?.replace(PERSON, '');
  const where = section('now') || section('the scene');
  const told = section('the turn') || section('what happened');
  return {
    present,
    person,
    place: detail(where, 'Place'),
    time: detail(where, 'Time'),
    standings: standingsIn(where, present),
    feelings: section('feelings') || toldBeside(messages, at),
    before: linesOf(section('before'), present),
    turn: told === '' ? turnBefore(messages, at, present, person) : linesOf(told, present),
    sections,
  };
}

function sectionsOf(text: string): Map<string, string> {
  const sections = new Map<string, string>();
  let heading: string | undefined;
  let lines: string[] = [];
  const close = (): void => {
    if (heading !== undefined && !sections.has(heading)) sections.set(heading, lines.join('\n').trim());
    lines = [];
  };
  for (const line of text.split('\n')) {
    const found = HEADINGS.exec(line);
    if (found) {
      close();
      heading = found[1]?.toLowerCase();
    } else lines.push(line);
  }
  close();
  return sections;
}

function detail(text: string, label: string): string {
  return new RegExp(`^[-* ]{0,4}${label}:\\s*(.+)$`, 'im').exec(text)?.[1]?.trim() ?? '';
}

/** "- Mara: sitting, holding a lamp and a key". */
function standingsIn(text: string, present: readonly string[]): Map<string, Standing> {
  const standings = new Map<string, Standing>();
  for (const line of text.split('\n')) {
    const name = present.find((one) => line.replace(/^[-* ]+/, '').startsWith(`${one}:`));
    if (name === undefined) continue;
    const parts = line.slice(line.indexOf(':') + 1).split(',').map((part) => part.trim());
    const from = parts.findIndex((part) => /^holding /i.test(part));
    // What is held runs on to the end, or to what else is told.
    const rest = from < 0 ? [] : parts.slice(from).filter((part, n) => n === 0 || /^(?:and )?(?:a|an|the|two|three|some|his|her|their|my)\b/i.test(part));
    const holding = rest.flatMap((part) => part.replace(/^(?:holding|and)\s+/i, '').split(/\s+and\s+/)).map((thing) => thing.trim()).filter(Boolean);
    standings.set(name, { posture: parts[0]?.toLowerCase() ?? '', holding });
  }
  return standings;
}

/** Lines with their speakers; a line without one goes on with the one before. */
function linesOf(text: string, present: readonly string[]): Line[] {
  const rows = text.split('\n');
  const known = (row: string): string | undefined => present.find((name) => row.startsWith(`${name}: `) || row === `${name}:`);
  const named = rows.some((row) => known(row) !== undefined);
  const lines: { speaker: string; text: string }[] = [];
  for (const row of rows) {
    // Where those present are the speakers, "Note: ..." within somebody's words is no other speaker.
    const speaker = known(row) ?? (named ? undefined : ANYBODY.exec(row)?.[1]);
    const last = lines.at(-1);
    if (speaker !== undefined) lines.push({ speaker, text: row.slice(speaker.length + 1).trim() });
    else if (last) last.text = `${last.text}\n${row}`.trim();
  }
  return lines;
}

/** In the story's own prompt: the last message before the reply, and the reply. */
function turnBefore(messages: readonly RawMessage[], at: number, present: readonly string[], person: string | undefined): Line[] {
  const told = messages.slice(0, Math.max(at, 0));
  const replyAt = told.findLastIndex((message) => message.role === 'assistant');
  const reply = told[replyAt];
  if (reply === undefined) return [];
  const asked = told.slice(0, replyAt).findLast((message) => message.role === 'user');
  const system = told.filter((message) => message.role === 'system').map((message) => message.content).join('\n');
  const name = present.filter((one) => one !== person).find((one) => system.includes(`You are ${one}`)) ?? present.find((one) => one !== person) ?? '';
  const before = asked === undefined ? [] : linesOf(partedMessage(asked.content)[1], present);
  const own = reply.content.startsWith(`${name}: `) ? reply.content.slice(name.length + 2) : reply.content;
  return [...before.slice(-1), { speaker: name, text: own.trim() }];
}

/** What is told beside the story, feelings and what is known of each other among it. */
function toldBeside(messages: readonly RawMessage[], at: number): string {
  return messages.slice(0, Math.max(at, 0)).map(({ role, content }) => (role === 'system' ? content : partedMessage(content)[0])).join('\n');
}
