import { TITLES } from '@offstage/domain/addressee';

/** One way in which somebody's lines may be marked as theirs. */
export interface Label {
  /** In lower case. */
  readonly name: string;
  /** True for a part of a name: it counts only as names are written, with a capital. */
  readonly part: boolean;
}

/** What may stand before a name at the beginning of a line: quote marks of a letter, headings, stars, brackets. */
const BEFORE = /^[ \t>]*(?:#{1,6}[ \t]+)?[*_[<(]*[ \t]*/;
/** What may stand between the name and its colon: "(softly)", closing stars and brackets. */
const BETWEEN = String.raw`[*_\]>)]*[ \t]*(?:[*_]*\([^()\n]{0,60}\)[*_]*[ \t]*)?[*_\]>)]*[ \t]*`;
const COLON = new RegExp(`^${BETWEEN}[:\uFF1A]`);
/** The same as far as it goes. */
const TOWARDS_COLON = /^[*_\]>)]*[ \t]*(?:[*_]*\([^()\n]{0,60}(?:\)[*_]*[ \t]*[*_\]>)]*[ \t]*)?|[*_]*)?[ \t]*$/;
/** The rest of a line that says nothing but the name. */
const NOTHING_ELSE = /^[*_\]>)#]*[ \t]*$/;

/** How models that play a chat call the one who writes. */
export const PERSON_LABELS: readonly Label[] = ['you', 'user'].map((name) => ({ name, part: true }));

/**
 * The labels of one name: all of it, and, where no `other` bears the same, without its title, its first and its last
 * word: "Captain Henrik Voss" speaks as "Henrik Voss:", "Henrik:", "Voss:" and "Captain Voss:" too.
 */
export function labelsOf(name: string, others: readonly string[]): readonly Label[] {
  const whole = name.trim().replaceAll(/\s+/g, ' ');
  if (whole === '') return [];
  const taken = new Set(others.flatMap((other) => [other.trim().toLowerCase(), ...partsOf(other)]));
  const parts = partsOf(whole).filter((part) => part !== whole.toLowerCase() && !taken.has(part));
  return [{ name: whole.toLowerCase(), part: false }, ...[...new Set(parts)].map((part) => ({ name: part, part: true }))];
}

function partsOf(name: string): readonly string[] {
  const words = name.trim().toLowerCase().split(/\s+/);
  const bare = words.filter((word) => !TITLES.test(word) && /^\p{L}[\p{L}'\u2019-]+$/u.test(word));
  const [first, last] = [bare[0], bare.at(-1)];
  if (first === undefined || last === undefined || words.length < 2) return [];
  const titles = words.filter((word) => TITLES.test(word));
  return [bare.join(' '), first, last, ...titles.map((title) => `${title} ${last}`)];
}

/**
 * Length of what marks a line as somebody's: `Name:` with its markup, or, where the `whole` line is there, a heading or
 * bold name that stands alone on it. Undefined where the line is not marked so.
 */
export function labelIn(line: string, label: Label, whole: boolean): number | undefined {
  const before = BEFORE.exec(line)?.[0] ?? '';
  const end = before.length + label.name.length;
  if (line.length < end || !isName(line.slice(before.length, end), label)) return undefined;
  const rest = line.slice(end);
  const colon = COLON.exec(rest)?.[0];
  if (colon !== undefined) {
    // `**Mara:**` closes behind the colon what it opened before the name.
    const stars = (text: string): number => text.replaceAll(/[^*_]/g, '').length;
    const closing = /^[*_]*/.exec(rest.slice(colon.length))?.[0].length ?? 0;
    return end + colon.length + Math.min(Math.max(stars(before) - stars(colon), 0), closing);
  }
  return whole && /#|\*\*|__|\[/.test(before) && NOTHING_ELSE.test(rest) ? line.length : undefined;
}

/** True while a line's beginning may still grow into a label. */
export function mayBecomeLabel(line: string, label: Label): boolean {
  const before = BEFORE.exec(line)?.[0] ?? '';
  const bare = line.slice(before.length);
  if (bare === '') return /^[ \t>]*#{0,6}[ \t]*[*_[<(]*[ \t]*$/.test(line);
  if (/^#{1,6}$/.test(bare)) return true;
  if (bare.length <= label.name.length) return isName(bare, label);
  return isName(bare.slice(0, label.name.length), label) && (TOWARDS_COLON.test(bare.slice(label.name.length)) || NOTHING_ELSE.test(bare.slice(label.name.length)));
}

/** True where text is a name, or its beginning. */
function isName(text: string, { name, part }: Label): boolean {
  if (text === '' || !name.startsWith(text.toLowerCase())) return false;
  return !part || /^\p{Lu}/u.test(text);
}
