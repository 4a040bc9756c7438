import { TomlError, parse } from 'smol-toml';
import type { z } from 'zod';
import type { Config, Provider } from './configShape.ts';
import { DEFAULTS, provider, sections } from './configShape.ts';
import { lineOf } from './toml.ts';

/** A slip in the settings file: the line it stands on (from 1), and what is wrong in plain words. */
export interface ConfigProblem {
  readonly line: number;
  readonly message: string;
}

/** What a settings file says. `broken` means that it could not be read at all. */
export interface ReadConfig {
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
  readonly broken: boolean;
}

type SectionName = keyof typeof sections;

/**
 * Reads the text of a settings file. Never throws for what stands in it: each slip is named with its line, and the
 * value at fault falls back to its default. Messages never quote a value, since one of them is a key.
 */
export function readConfig(text: string): ReadConfig {
  let file: Record<string, unknown>;
  try {
    file = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // Only the first line of the message: the others quote the file, keys included.
    const [first = ''] = error.message.split('\n');
    const what = first.replace(/^Invalid TOML document:\s*/, '');
    return { config: DEFAULTS, problems: [{ line: error.line, message: `This line cannot be read: ${what}.` }], broken: true };
  }

  const problems: ConfigProblem[] = [];
  const note = (path: readonly PropertyKey[], message: string): void => {
    problems.push({ line: lineOf(text, path), message });
  };
  const section = <N extends SectionName>(name: N): Config[N] =>
    // The section's own schema made it, which the union over all sections cannot say.
    (salvage<object>(sections[name], file[name], [name], note) ?? DEFAULTS[name]) as Config[N];

  for (const name of Object.keys(file)) {
    if (name !== 'providers' && !Object.hasOwn(sections, name)) {
      note([name], `“${name}” is not a setting.${meant(name, ['providers', ...Object.keys(sections)])}`);
    }
  }
  const config: Config = {
    providers: readProviders(file['providers'], note),
    server: section('server'),
    owner: section('owner'),
    database: section('database'),
    backups: section('backups'),
    models: section('models'),
    passes: section('passes'),
    sampler: section('sampler'),
    chat: section('chat'),
  };
  const { narrative, classifier, fallbacks = [], embedding } = config.models;
  const choices = Object.entries({ narrative: [narrative], classifier: [classifier], fallbacks, embedding: [embedding] });
  for (const [setting, list] of choices) {
    for (const choice of list) {
      if (choice === undefined || choice.provider === 'rehearsal' || config.providers.some(({ id }) => id === choice.provider)) continue;
      note(['models', setting], `There is no provider called “${choice.provider}”.${meant(choice.provider, config.providers.map(({ id }) => id))}`);
    }
  }
  return { config, problems: problems.toSorted((a, b) => a.line - b.line), broken: false };
}

type Note = (path: readonly PropertyKey[], message: string) => void;

function readProviders(value: unknown, note: Note): Provider[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    note(['providers'], 'Providers are a list: begin each with [[providers]], in double brackets.');
    return [];
  }
  const ids = new Set<string>();
  return value.flatMap((entry: unknown, index) => {
    const read = salvage(provider, entry, ['providers', index], note);
    if (read === undefined) return [];
    if (ids.has(read.id)) {
      note(['providers', index, 'id'], `Two providers are called “${read.id}”; this one is left out.`);
      return [];
    }
    ids.add(read.id);
    return [read];
  });
}

/** Reads one table; what is wrong in it is noted and left out, so that the rest still counts. */
function salvage<T>(schema: z.ZodType<T>, value: unknown, path: readonly PropertyKey[], note: Note): T | undefined {
  const table = value ?? {};
  const first = schema.safeParse(table, { reportInput: true });
  if (first.success) return first.data;
  const bad = new Set<PropertyKey>();
  for (const issue of first.error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        if (issue.path[0] === undefined) bad.add(key);
        else bad.add(issue.path[0]);
        note([...path, ...issue.path, key], `“${key}” is not a setting here.${issue.path.length === 0 ? meant(key, namesIn(schema)) : ''}`);
      }
      continue;
    }
    if (issue.path[0] !== undefined) bad.add(issue.path[0]);
    note([...path, ...issue.path], sentence(issue, String(issue.path.findLast((step) => typeof step === 'string') ?? path[0])));
  }
  if (typeof table !== 'object') return undefined;
  const rest = Object.fromEntries(Object.entries(table).filter(([key]) => !bad.has(key)));
  return schema.safeParse(rest).data;
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a table',
  array: 'a list',
};

function sentence(issue: z.core.$ZodIssue, name: string): string {
  // Messages of our own begin with a small letter and go on from the name.
  if (/^[a-z]/.test(issue.message) && !(issue.code === 'invalid_type' && issue.input === undefined)) return `${name} ${issue.message}.`;
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? `${name} is missing.` : `${name} should be ${WORDS[issue.expected] ?? issue.expected}.`;
    case 'too_big':
      return `${name} should be at most ${issue.maximum.toLocaleString('en')}.`;
    case 'too_small':
      return `${name} should be at least ${issue.minimum.toLocaleString('en')}.`;
    default:
      return `${name} cannot be used as it is.`;
  }
}

function namesIn(schema: z.ZodType): string[] {
  return 'shape' in schema && typeof schema.shape === 'object' && schema.shape !== null ? Object.keys(schema.shape) : [];
}

/** " Did you mean ...?" where a known name is a slip of one or two letters away. */
function meant(name: string, known: readonly string[]): string {
  const close = known.find((candidate) => slips(name.toLowerCase(), candidate.toLowerCase()) <= 2);
  return close === undefined ? '' : ` Did you mean “${close}”?`;
}

/** Letters to change, add or leave out between two words. */
function slips(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const swap = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
