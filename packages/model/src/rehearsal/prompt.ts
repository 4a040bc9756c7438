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
}

interface RawMessage {
  readonly role: string;
  readonly content: string;
}

/** Turns that are looked at; what is older does not change a scripted reply. */
const RECENT = 12;
const SPEAKER = /^\s*([\p{L}][\p{L}\p{N} .'’_-]{0,40}):\s+/u;

/** Reads a prompt: tagged headings in its system messages, then the transcript. */
export function readPrompt(messages: readonly RawMessage[]): Prompt {
  const system = messages.filter((m) => m.role === 'system' || m.role === 'developer').map((m) => m.content).join('\n\n');
  const block = (name: string): string => {
    const found = new RegExp(`^#+ ${name}[^\\S\\n]*\\n([\\s\\S]*?)(?=^#+ |(?![\\s\\S]))`, 'im').exec(system);
    return found?.[1]?.trim() ?? '';
  };
  const scene = block('Scene') || system;
  const detail = (label: string): string => new RegExp(`^[-*\\s]*${label}:\\s*(.+)$`, 'im').exec(scene)?.[1]?.trim().replace(/[.;]$/, '') ?? '';
  const name = nameIn(system);
  const transcript = messages.filter((m) => m.role === 'user' || m.role === 'assistant');
  return {
    name,
    persona: block('Persona'),
    voice: block('Voice').split(/^\s*---+\s*$/m).map((sample) => sample.trim()).filter(Boolean),
    traits: block('Traits').split(/[,\n;]/).map((trait) => trait.replace(/^[-*\s]+/, '').trim()).filter(Boolean),
    backstory: block('Backstory'),
    place: detail('Place'),
    time: detail('Time'),
    weather: detail('Weather'),
    present: detail('Present').split(/,| and /).map((one) => one.trim()).filter(Boolean),
    turns: transcript.slice(-RECENT).map((message) => turnOf(message, name)),
    last: transcript.findLast((m) => m.role === 'user')?.content ?? '',
    system,
  };
}

/** The name after "You are": up to the end of the sentence, or a comma. */
function nameIn(system: string): string {
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
