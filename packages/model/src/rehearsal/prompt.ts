/** One turn of the transcript, as the prompt tells it. */
export interface Turn {
  readonly speaker: string;
  readonly text: string;
  /** True for a turn of the one who is to speak. */
  readonly own: boolean;
}

/** How the one who speaks stands to somebody: 0 to 100 each. */
export interface Feeling {
  readonly to: string;
  readonly affinity: number;
  readonly trust: number;
}

/** What a model can know from its prompt. Empty strings and lists where it says nothing. */
export interface Prompt {
  readonly name: string;
  readonly persona: string;
  readonly voice: readonly string[];
  readonly traits: readonly string[];
  readonly backstory: string;
  readonly place: string;
  readonly time: string;
  readonly weather: string;
  readonly present: readonly string[];
  /** What each of those present is doing, as the scene tells it. */
  readonly doing: ReadonlyMap<string, string>;
  /** How the one who speaks stands to the others. */
  readonly feelings: readonly Feeling[];
  readonly memories: readonly string[];
  /** What the one who speaks has learned about those present. */
  readonly known: readonly string[];
  /** What is told of whom they play with. */
  readonly about: string;
  readonly turns: readonly Turn[];
  /** The last message of the user, without what may stand above it. */
  readonly last: string;
  /** Everything that is told beside the story: the system messages, and what stands above the last message. */
  readonly system: string;
  readonly messages: readonly RawMessage[];
}

/** A message as it was sent. */
export interface RawMessage {
  readonly role: string;
  readonly content: string;
}

/** Turns that are looked at; what is older does not change a scripted reply. */
const RECENT = 24;
const SPEAKER = /^\s*([\p{L}][\p{L}\p{N} .'’_-]{0,40}):\s+/u;

/** What parts the last message from the blocks above it. */
const THE_TURN = /^# The turn\s*\n/m;
/** An author's note within the story. */
const NOTE = /^\[Author's note: [\s\S]*?\]\n\n|\n\n\[Author's note: [\s\S]*?\]$|^\[Author's note: [\s\S]*?\]$/g;

/** What parts turns without the person from those with them. */
const MARK = /^\[(?:Meanwhile, without|With) [^\n]{1,130}:\]\n?/;

/** Reads a prompt: headings in its system messages and above its last message, then the transcript. */
export function readPrompt(messages: readonly RawMessage[]): Prompt {
  const lastAt = messages.findLastIndex((m) => m.role === 'user');
  const [above, last] = partedMessage(messages[lastAt]?.content ?? '');
  const system = [...messages.filter((m) => m.role === 'system' || m.role === 'developer').map((m) => m.content), above].filter(Boolean).join('\n\n');
  const blocks = blocksOf(system);
  const block = (name: string): string => blocks.get(name) ?? '';
  const scene = block('scene') || system;
  const details = detailsOf(scene);
  const detail = (label: string): string => details.get(label) ?? '';
  const name = nameIn(system);
  const present = detail('present').split(/,| and /).map((one) => one.trim()).filter(Boolean);
  const transcript = messages.map((m, n) => (n === lastAt ? { ...m, content: last } : m)).filter((m) => m.role === 'user' || m.role === 'assistant');
  return {
    name,
    persona: block('persona'),
    voice: block('voice').split(/^\s*---+\s*$/m).map((sample) => sample.trim()).filter(Boolean),
    traits: block('traits').split(/[,\n;]/).map((trait) => trait.replace(/^[-*\s]+/, '').trim()).filter(Boolean),
    backstory: block('backstory'),
    place: detail('place'),
    time: detail('time'),
    weather: detail('weather'),
    present,
    doing: doingIn(block('scene'), present),
    feelings: feelingsIn(system),
    memories: [...blocks].flatMap(([heading, text]) => (/ (?:remembers|never forgets)$/.test(heading) ? text.split('\n').map((line) => line.replace(/^- /, '')) : [])).filter(Boolean),
    known: [...new Set([...[...blocks].flatMap(([heading, text]) => (/ knows about /.test(heading) ? text.split('\n').map((line) => line.replace(/^- /, '')) : [])), ...[...system.matchAll(/\bKnown about [^:\n]{1,80}: (.+)\.$/gm)].flatMap((found) => (found[1] ?? '').split('; '))])].filter(Boolean),
    about: [...blocks].flatMap(([heading, text]) => (/^about (?!this world|what was spoken)/.test(heading) ? [text] : [])).join('\n'),
    turns: transcript.slice(-RECENT).map((message) => turnOf(message, name)),
    last,
    system,
    messages,
  };
}

/** What stands above a message, and the message. */
export function partedMessage(content: string): [above: string, message: string] {
  const found = THE_TURN.exec(content);
  return found ? [content.slice(0, found.index).trim(), content.slice(found.index + found[0].length).trim().replace(MARK, '')] : ['', content];
}

function feelingsIn(system: string): Feeling[] {
  return [...system.matchAll(/^Towards (.{1,80}?): affinity (\d{1,3})(?: of 100)?, trust (\d{1,3})/gm)].map((found) => ({ to: found[1] ?? '', affinity: Number(found[2]), trust: Number(found[3]) }));
}

function doingIn(scene: string, present: readonly string[]): Map<string, string> {
  const rows = scene.split('\n');
  return new Map(present.flatMap((name) => {
    const row = rows.find((one) => one.startsWith(`${name}: `));
    return row === undefined ? [] : [[name, row.slice(name.length + 2)] as const];
  }));
}

/** What stands under each heading, by its words in lower case; of two of one name the later, which is the fresher. */
function blocksOf(system: string): Map<string, string> {
  const blocks = new Map<string, string>();
  let heading: string | undefined;
  let lines: string[] = [];
  const close = (): void => {
    if (heading !== undefined) blocks.set(heading, lines.join('\n').trim());
    lines = [];
  };
  for (const line of system.split('\n')) {
    const found = /^#+ (.+?)\s*$/.exec(line);
    if (found) {
      close();
      heading = found[1]?.toLowerCase();
    } else lines.push(line);
  }
  close();
  return blocks;
}

/** Lines of the form "Place: the inn", the first of each kind. */
function detailsOf(scene: string): Map<string, string> {
  const details = new Map<string, string>();
  for (const line of scene.split('\n')) {
    const found = /^[-* ]{0,6}(place|time|weather|present):(.+)$/i.exec(line);
    const label = found?.[1]?.toLowerCase() ?? '';
    if (found && !details.has(label)) details.set(label, (found[2] ?? '').trim().replace(/[.;]$/, ''));
  }
  return details;
}

/** The name after "You are": up to the end of the sentence, or a comma. */
function nameIn(system: string): string {
  // A line that says nothing else gives the name whole, small letters too ("You are sailors."), but not a description.
  const alone = /^You are ((?!an? )[^\n.,:;!?()]{1,120})\.$/m.exec(system);
  if (alone?.[1] !== undefined) return alone[1].trim();
  const found = /^\s*You are (?:playing |now )?((?:(?:Dr|Mr|Mrs|Ms|St|Prof|Capt|Lt|Sgt|Col)\. )?\p{Lu}[^\n.,:;!?()]{0,60})/mu.exec(system);
  return found?.[1]?.trim() ?? '';
}

function turnOf({ role, content: whole }: RawMessage, name: string): Turn {
  const message = { role, content: whole.replaceAll(NOTE, '').replace(MARK, '') };
  const speaker = SPEAKER.exec(message.content);
  const own = message.role === 'assistant';
  // A bot's own turns may carry its name too; other bots' turns come as user messages with theirs.
  if (speaker && (!own || speaker[1] === name))
    return { speaker: speaker[1]?.trim() ?? '', text: message.content.slice(speaker[0].length).trim(), own };
  return { speaker: own ? name : '', text: message.content.trim(), own };
}
