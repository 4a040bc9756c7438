import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The texts that prompts are made from (PR-5): plain files beside this one. */
export type TemplateName =
  | 'rules'
  | 'turn'
  | 'open'
  | 'silent'
  | 'kickoff'
  | 'passes'
  | 'pass-memories'
  | 'pass-significance'
  | 'pass-edges'
  | 'pass-activity'
  | 'pass-scene'
  | 'scene-summary'
  | 'addressee'
  | 'skip';

const read = new Map<TemplateName, string>();

/**
 * A template with its `{{names}}` filled in; a name that is not given is left as it stands. Throws the file system's
 * error when the file is not there.
 */
export function fromTemplate(name: TemplateName, values: Readonly<Record<string, string>>): string {
  let source = read.get(name);
  if (source === undefined) {
    source = readFileSync(join(import.meta.dirname, 'templates', `${name}.txt`), 'utf8').trim();
    read.set(name, source);
  }
  return source.replace(/\{\{(\w+)\}\}/g, (whole, key: string) => (Object.hasOwn(values, key) ? (values[key] ?? whole) : whole));
}
