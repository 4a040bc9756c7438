/** What the settings file holds: plain values, lists of them, and small tables. */
export type TomlValue = string | number | boolean | readonly TomlValue[] | { readonly [key: string]: TomlValue | undefined };

/** Values to set in a table; one that is undefined is taken out. */
export type TomlEntries = { readonly [key: string]: TomlValue | undefined };

const HEADER = /^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$/;
const KEY = /^\s*("[^"]*"|'[^']*'|[\w-]+(?:\s*\.\s*[\w-]+)*)\s*=/;

/** A table of the file: its name, which of several of that name (from 0), and its lines after the header. */
interface Block {
  readonly name: string;
  readonly nth: number;
  /** True for a `[[header]]`, which may come several times. */
  readonly list: boolean;
  readonly start: number;
  readonly end: number;
}

/**
 * The line (from 1) on which a value stands, by its path: `['providers', 0, 'base_url']`. A value that has no line of
 * its own is found where what holds it begins.
 */
export function lineOf(text: string, path: readonly PropertyKey[]): number {
  const lines = new Map<string, number>();
  const blocks = blocksOf(text);
  text.split('\n').forEach((line, index) => {
    const block = blocks.findLast(({ start }) => start <= index);
    const prefix = block === undefined ? [] : [block.name, ...(block.list ? [String(block.nth)] : [])];
    if (block?.start === index) {
      if (!lines.has(block.name)) lines.set(block.name, index + 1);
      lines.set(prefix.join('.'), index + 1);
      return;
    }
    const key = KEY.exec(line)?.[1]?.replaceAll(/["'\s]/g, '');
    if (key !== undefined) lines.set([...prefix, key].join('.'), index + 1);
  });
  for (let length = path.length; length > 0; length--) {
    const line = lines.get(path.slice(0, length).map(String).join('.'));
    if (line !== undefined) return line;
  }
  return 1;
}

/** Sets values in a table, line by line, so that everything else in the file stays as its author wrote it. */
export function setInTable(text: string, name: string, entries: TomlEntries, which?: (body: string) => boolean): string {
  const lines = text.split('\n');
  const block = findBlock(text, name, which);
  if (block === undefined) return withTable(text, `[${name}]`, entries);
  const body = lines.slice(block.start + 1, block.end);
  for (const [key, value] of Object.entries(entries)) {
    const at = body.findIndex((line) => KEY.exec(line)?.[1]?.replaceAll(/["'\s]/g, '') === key);
    if (value === undefined) {
      if (at >= 0) body.splice(at, linesOfValue(body, at));
    } else if (at >= 0) {
      const comment = /(?:^|["'\d\]}\w])(\s+#[^"']*)$/.exec(body[at] ?? '')?.[1] ?? '';
      body.splice(at, linesOfValue(body, at), `${key} = ${literal(value)}${comment}`);
    } else {
      body.splice(body.findLastIndex((line) => KEY.test(line)) + 1, 0, `${key} = ${literal(value)}`);
    }
  }
  lines.splice(block.start + 1, block.end - block.start - 1, ...body);
  return lines.join('\n');
}

/** How many lines the value that begins on a line takes: a list may go on over several. */
function linesOfValue(body: readonly string[], at: number): number {
  let open = 0;
  for (const [index, line] of body.slice(at).entries()) {
    const bare = line.replaceAll(/"(?:[^"\\]|\\.)*"|'[^']*'|#.*$/g, '');
    open += bare.split(/[[{]/).length - bare.split(/[\]}]/).length;
    if (open <= 0) return index + 1;
  }
  return 1;
}

/** Adds a table at the end of the file. */
export function withTable(text: string, header: string, entries: TomlEntries): string {
  const lines = Object.entries(entries).flatMap(([key, value]) => (value === undefined ? [] : [`${key} = ${literal(value)}`]));
  const before = text.trimEnd();
  return `${before}${before === '' ? '' : '\n\n'}${[header, ...lines].join('\n')}\n`;
}

/** Takes a table out, its header included. */
export function withoutTable(text: string, name: string, which: (body: string) => boolean): string {
  const block = findBlock(text, name, which);
  if (block === undefined) return text;
  const lines = text.split('\n');
  lines.splice(block.start, block.end - block.start);
  return lines.join('\n');
}

/** A value as it is written in the file. Quotes and escapes of JSON strings are those of TOML. */
function literal(value: TomlValue): string {
  if (typeof value === 'string') return JSON.stringify(value).replaceAll('\u007F', '\\u007F');
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isList(value)) return `[${value.map(literal).join(', ')}]`;
  const entries = Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [`${key} = ${literal(item)}`]));
  return `{ ${entries.join(', ')} }`;
}

function isList(value: readonly TomlValue[] | TomlEntries): value is readonly TomlValue[] {
  return Array.isArray(value);
}

function findBlock(text: string, name: string, which: (body: string) => boolean = () => true): Block | undefined {
  const lines = text.split('\n');
  return blocksOf(text).find((block) => block.name === name && which(lines.slice(block.start + 1, block.end).join('\n')));
}

/** The tables of the file in order. Comments and blank lines right above a header belong to the table that it begins. */
function blocksOf(text: string): Block[] {
  const lines = text.split('\n');
  const seen = new Map<string, number>();
  const starts = lines.flatMap((line, start) => {
    const [, brackets, raw] = HEADER.exec(line) ?? [];
    const name = raw?.replaceAll(/["'\s]/g, '');
    if (name === undefined) return [];
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    return [{ name, nth, list: brackets === '[[', start }];
  });
  return starts.map((block, index) => {
    let end = starts[index + 1]?.start ?? lines.length;
    while (index + 1 < starts.length && end > block.start + 1 && /^\s*(?:#.*)?$/.test(lines[end - 1] ?? '')) end -= 1;
    return { ...block, end };
  });
}
