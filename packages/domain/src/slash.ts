// No schema stands here: pages take this without taking all of zod.

/** One command that a person can type in place of a message. */
export interface SlashCommand {
  readonly name: string;
  /** What stands behind the name, as help shows it; empty for nothing. */
  readonly takes: string;
  /** True where it is nothing without what it takes. */
  readonly needs: boolean;
  /** What it does, in one line. */
  readonly help: string;
}

/** TN-2: every command, in the order in which help lists them. What each does stands in the server's story/slash. */
const COMMANDS = {
  skip: { takes: 'WHEN', needs: true, help: 'Skips ahead: "next morning", "in 3 days", "tomorrow 9:00", a date, or "to when we arrive".' },
  close: { takes: '', needs: false, help: 'Ends the scene, and opens the next in the same place.' },
  as: { takes: 'NAME WORDS', needs: true, help: 'Writes this one message as another of your personas; the next is the chat\u2019s own again.' },
  roll: { takes: '2d6+3', needs: true, help: 'Rolls dice, for all present to see; what it is for may stand behind it.' },
  ooc: { takes: 'WORDS', needs: true, help: 'Writes a remark beside the story: nobody in it hears it, and nobody answers.' },
  meanwhile: { takes: 'NUMBER, NUDGE', needs: false, help: 'Leaves the two bots by themselves for some turns, 6 if you name no number; words of yours say what about.' },
  help: { takes: '', needs: false, help: 'Lists what you can type here.' },
} as const satisfies Readonly<Record<string, Omit<SlashCommand, 'name'>>>;

export type SlashName = keyof typeof COMMANDS;

export const SLASH_COMMANDS: readonly SlashCommand[] = Object.entries(COMMANDS).map(([name, command]) => ({ name, ...command }));

/** A message that is a command. `name` is undefined where there is none of that name; `typed` is what was typed for it. */
export interface Slash {
  readonly typed: string;
  readonly name: SlashName | undefined;
  /** What stands behind the name. */
  readonly rest: string;
}

/**
 * Reads a message as a command: one whose first letter is a stroke and whose next is a letter. Undefined for every other
 * message, one that begins with a space too, so that "/so" can be said.
 */
export function readSlash(message: string): Slash | undefined {
  const found = /^\/(\p{L}+)(?:\s+([\s\S]*))?$/u.exec(message.trimEnd());
  const typed = found?.[1];
  if (typed === undefined) return undefined;
  const name = typed.toLowerCase();
  return { typed, name: isSlashName(name) ? name : undefined, rest: (found?.[2] ?? '').trim() };
}

/** The commands that a message may become while its name is typed; none once the name is over. */
export function slashesFor(message: string): readonly SlashCommand[] {
  const begun = /^\/(\p{L}*)$/u.exec(message)?.[1]?.toLowerCase();
  return begun === undefined ? [] : SLASH_COMMANDS.filter(({ name }) => name.startsWith(begun));
}

/** The command that a message names in full. */
export function slashNamed(message: string): SlashCommand | undefined {
  const name = readSlash(message)?.name;
  return name === undefined ? undefined : { name, ...COMMANDS[name] };
}

/** A command as help shows it: "/roll NdM+K". */
export function slashForm({ name, takes }: SlashCommand): string {
  return takes === '' ? `/${name}` : `/${name} ${takes}`;
}

function isSlashName(name: string): name is SlashName {
  return Object.hasOwn(COMMANDS, name);
}
