/** One turn of the transcript, as the prompt tells it. */
export interface Turn {
  readonly speaker: string;
  readonly text: string;
  /** True for a turn of the one who is to speak. */
  readonly own: boolean;
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
  readonly turns: readonly Turn[];
  /** The last message of the user, whole. */
  readonly last: string;
  /** Everything the system messages say. */
  readonly system: string;
  readonly messages: readonly RawMessage[];
}

/** A message as it was sent. */
export interface RawMessage {
  readonly role: string;
  readonly content: string;
}

/** Turns that are looked at; what is older does not change a scripted reply. */
const RECENT = 12;
const SPEAKER = /^\s*([\p{L}][\p{L}\p{N} .'’_-]{0,40}):\s+/u;

/** Reads a prompt: tagged headings in its system messages, then the transcript. */
export function readPrompt(messages: readonly RawMessage[]): Prompt {
  const system = messages.filter((m) => m.role === 'system' || m.role === 'developer').map((m) => m.content).join('\n\n');
  const blocks = blocksOf(system);
  const block = (name: string): string => blocks.get(name) ?? '';
  const scene = block('scene') || system;
  const details = detailsOf(scene);
  const detail = (label: string): string => details.get(label) ?? '';
  const name = nameIn(system);
  const transcript = messages.filter((m) => m.role === 'user' || m.role === 'assistant');
  return {
    name,
    persona: block('persona'),
    voice: block('voice').split(/^\s*---+\s*$/m).map((sample) => sample.trim()).filter(Boolean),
    traits: block('traits').split(/[,\n;]/).map((trait) => trait.replace(/^[-*\s]+/, '').trim()).filter(Boolean),
    backstory: block('backstory'),
    place: detail('place'),
    time: detail('time'),
    weather: detail('weather'),
    present: detail('present').split(/,| and /).map((one) => one.trim()).filter(Boolean),
    turns: transcript.slice(-RECENT).map((message) => turnOf(message, name)),
    last: transcript.findLast((m) => m.role === 'user')?.content ?? '',
    system,
    messages,
  };
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

function turnOf(message: RawMessage, name: string): Turn {
  const speaker = SPEAKER.exec(message.content);
  const own = message.role === 'assistant';
  // A bot's own turns may carry its name too; other bots' turns come as user messages with theirs.
  if (speaker && (!own || speaker[1] === name))
    return { speaker: speaker[1]?.trim() ?? '', text: message.content.slice(speaker[0].length).trim(), own };
  return { speaker: own ? name : '', text: message.content.trim(), own };
}
