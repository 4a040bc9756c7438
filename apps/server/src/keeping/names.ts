import { basename, dirname, extname, join } from 'node:path';

/** What kinds of copies there are, and why each was made. */
export const COPY_KINDS = ['snapshot', 'nightly', 'by-hand', 'before-update', 'before-restore', 'damaged', 'other'] as const;
export type CopyKind = (typeof COPY_KINDS)[number];

/** What the name of a copy says. */
export interface CopyName {
  readonly kind: CopyKind;
  /** Real time, ISO 8601 UTC. */
  readonly at: string;
}

/** The folder of a library's copies, beside it. */
export function copiesFolder(libraryPath: string): string {
  return join(dirname(libraryPath), 'backups');
}

/** The path of a copy: `backups/offstage-nightly-2026-03-01T03-00-00-000Z.sqlite`. */
export function copyPath(libraryPath: string, kind: CopyKind, at: string): string {
  return join(copiesFolder(libraryPath), `${stemOf(libraryPath)}-${kind}-${at.replaceAll(/[:.]/g, '-')}.sqlite`);
}

/** Reads the name of a copy of this library; undefined for any other file. */
export function readCopyName(libraryPath: string, name: string): CopyName | undefined {
  const stem = `${stemOf(libraryPath)}-`;
  if (!name.startsWith(stem)) return undefined;
  const parts = /^([a-z-]+)-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)(?:-(\d{3}))?Z\.(?:sqlite|db)$/.exec(name.slice(stem.length));
  const kind = COPY_KINDS.find((known) => known === parts?.[1]);
  if (parts === null || kind === undefined) return undefined;
  const [, , day, hours, minutes, seconds, ms = '000'] = parts;
  const at = `${day}T${hours}:${minutes}:${seconds}.${ms}Z`;
  return Number.isNaN(Date.parse(at)) ? undefined : { kind, at };
}

function stemOf(libraryPath: string): string {
  return basename(libraryPath, extname(libraryPath));
}
