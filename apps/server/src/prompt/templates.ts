import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { presetsProblem } from './presets.ts';

/** What each text is for, in words for whoever changes it (PR-5). The shipped texts stand in files beside this one. */
export const TEMPLATES = {
  rules: 'How every bot plays: what it writes, what it leaves to others. Stands at the beginning of every prompt.',
  turn: 'Asks a bot for its next turn. Stands at the end of every prompt, just before your message.',
  open: 'Asks a bot to speak first, where nobody has said anything yet.',
  'go-on': 'Asks a bot for another turn after one of its own.',
  interject: 'Asks a bot for a turn with which it breaks in, where another was spoken to.',
  continue: 'Asks a bot to go on with its last turn, in the middle of it.',
  impersonate: 'Asks for a draft of your own next message.',
  silent: 'Stands for your turn where you wrote nothing that belongs to the story.',
  kickoff: 'Reads how a story opens: the place, the time, what people do.',
  passes: 'Begins the questions that are asked after a reply about what it changed.',
  'pass-memories': 'After a reply: who told whom a piece of news.',
  'pass-significance': 'After a reply: how much the exchange matters.',
  'pass-edges': 'After a reply: whose feelings moved, and what they learned about each other.',
  'pass-activity': 'After a reply: how much time went by, and what people are doing now.',
  'pass-plans': 'After a reply: which of the plans began, came to pass or were called off. Asked only where something is planned.',
  'pass-meanwhile': 'After a turn of two who are by themselves: who goes on. Asked only where whoever has something to say may.',
  'pass-scene': 'After a reply: whether the scene has ended, and where it goes on.',
  'pass-interjection': 'After a reply, with a guest there: whether the one who was not spoken to breaks in.',
  'scene-summary': 'Asks a bot for its own account of a scene that has ended.',
  'scene-threads': 'Asks what a scene that has ended left open, took up again or resolved.',
  'plan-presets': 'The kinds of plans that are offered in the chat, each with what it asks for.',
  meanwhile: 'Tells a bot that it is alone with the other one, and you are away.',
  'meanwhile-open': 'Asks a bot to speak first when the two are left by themselves.',
  digest: 'Asks what went on between two bots while you were away, to be told to you.',
  group: 'After a scene with three: how they are together.',
  addressee: 'Asks who is meant by a message, where that is not clear.',
  skip: 'Asks whether a message wants to skip time.',
  'skip-elision': 'Asks for the sentence or two that tell what is skipped to its end.',
  'skip-jump': 'Asks for the sentences that set the moment to which the story leaps.',
  'pass-notable': 'After a leap: what those present remember of the time in between.',
} as const satisfies Readonly<Record<string, string>>;

export type TemplateName = keyof typeof TEMPLATES;

/** Characters that a text of one's own may have. */
export const TEMPLATE_MOST = 20_000;

/** A text of one's own, as its file now stands. */
export interface OwnTemplate {
  /** Null where there is none, or none that can be used. */
  readonly text: string | null;
  /** Why the file that is there is not used. */
  readonly problem: string | null;
}

const NONE: OwnTemplate = { text: null, problem: null };
const PLACEHOLDER = /\{\{(\w+)\}\}/g;

const shipped = new Map<TemplateName, string>();
const own = new Map<TemplateName, { readonly stamp: string; readonly found: OwnTemplate }>();
let folder: string | undefined;

/** From now on a file NAME.txt in this folder stands in for the shipped text of that name. */
export function keepOwnTemplatesIn(path: string): void {
  folder = path;
  own.clear();
}

/** Where the text of one's own lies. Throws Error before a folder is named. */
export function ownTemplatePath(name: TemplateName): string {
  if (folder === undefined) throw new Error('There is no folder for prompt texts yet.');
  return join(folder, `${name}.txt`);
}

/**
 * A template with its `{{names}}` filled in; a name that is not given is left as it stands. The text of one's own comes
 * first, read anew when its file has changed. Throws the file system's error when the shipped file is not there.
 */
export function fromTemplate(name: TemplateName, values: Readonly<Record<string, string>>): string {
  const source = ownTemplate(name).text ?? shippedTemplate(name);
  return source.replace(PLACEHOLDER, (whole, key: string) => (Object.hasOwn(values, key) ? (values[key] ?? whole) : whole));
}

/** The text that comes with Offstage. */
export function shippedTemplate(name: TemplateName): string {
  let text = shipped.get(name);
  if (text === undefined) {
    text = readFileSync(join(import.meta.dirname, 'templates', `${name}.txt`), 'utf8').trim();
    shipped.set(name, text);
  }
  return text;
}

/** The text of one's own. One that cannot be used costs a note in the settings, never a turn. */
export function ownTemplate(name: TemplateName): OwnTemplate {
  if (folder === undefined) return NONE;
  const path = join(folder, `${name}.txt`);
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return NONE;
    const stamp = `${stat.mtimeMs} ${stat.size}`;
    const known = own.get(name);
    if (known?.stamp === stamp) return known.found;
    // A character has at most four bytes.
    const text = stat.size > TEMPLATE_MOST * 4 ? ' '.repeat(TEMPLATE_MOST + 1) : readFileSync(path, 'utf8').trim();
    const problem = templateProblem(name, text);
    const found = { text: problem === null ? text : null, problem };
    own.set(name, { stamp, found });
    return found;
  } catch {
    return { text: null, problem: `${name}.txt could not be read. The text that comes with Offstage is used.` };
  }
}

/** The placeholders of a template, each once: they must stay. */
export function placeholdersOf(name: TemplateName): readonly string[] {
  return placeholdersIn(shippedTemplate(name));
}

/** What keeps a text from standing in for a template, in a sentence; null where nothing does. */
export function templateProblem(name: TemplateName, text: string): string | null {
  if (text.trim() === '') return 'There is nothing in this text.';
  if (text.length > TEMPLATE_MOST) return `This text may be at most ${TEMPLATE_MOST.toLocaleString('en')} characters long.`;
  const [needed, found] = [placeholdersOf(name), placeholdersIn(text)];
  const lost = needed.find((one) => !found.includes(one));
  if (lost !== undefined) return `This text needs {{${lost}}}: it stands for what is filled in.`;
  const strange = found.find((one) => !needed.includes(one));
  if (strange !== undefined) return `Nothing is filled in for {{${strange}}} here.`;
  return name === 'plan-presets' ? presetsProblem(text) : null;
}

function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].flatMap(([, name]) => name ?? []))];
}
