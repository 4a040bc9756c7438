import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@offstage/domain';
import { makeBot } from '@offstage/domain/commands/authoring';
import type { Command, Store, StoredFile } from '@offstage/store';
import { cast } from './samples/cast.ts';
import type { Sample } from './samples/sample.ts';

/** A sample bot as the first page offers it. */
export interface SampleSummary {
  readonly sampleId: string;
  readonly name: string;
  readonly blurb: string;
  /** Where its picture is. */
  readonly avatar: string;
  /** True when it greets you; else you begin. */
  readonly speaksFirst: boolean;
}

/** The names under which pictures of samples are served before they are in the library. */
const PREFIX = 'sample-';

export function listSamples(): SampleSummary[] {
  return cast.map(({ sampleId, blurb, identity }) => ({
    sampleId,
    name: identity.name,
    blurb,
    avatar: `/files/${PREFIX}${sampleId}`,
    speaksFirst: identity.greeting !== '',
  }));
}

/**
 * Puts samples into the library, in one step. A sample that is there already is left as its owner made it; one that was
 * removed comes back as it was shipped. Throws DomainError `not_found` for an unknown sample.
 */
export async function addSamples(store: Store, command: Command, sampleIds: readonly string[]): Promise<{ botIds: string[] }> {
  const wanted = [...new Set(sampleIds)].map((sampleId) => {
    const sample = cast.find((candidate) => candidate.sampleId === sampleId);
    if (sample === undefined) throw new DomainError('not_found', 'There is no such sample bot.', ['sampleIds']);
    return sample;
  });
  const avatars = await Promise.all(wanted.map(async (sample) => store.putFile({ mime: 'image/webp', bytes: await pictureOf(sample) })));
  const { answer } = await store.execute(command, async (read) => {
    const events = await Promise.all(
      wanted.map(async (sample, index) => {
        const bot = await read.row('bots', botIdOf(sample));
        if (bot !== undefined && !bot.removed) return [];
        const avatar = avatars[index] ?? null;
        return makeBot(botIdOf(sample), { identity: { ...sample.identity, avatar } }, () => botIdOf(sample));
      }),
    );
    return { events: events.flat(), answer: { botIds: wanted.map(botIdOf) } };
  });
  return answer;
}

/** The picture of a sample by the name it is served under; undefined for any other name. */
export async function sampleAvatar(fileName: string): Promise<StoredFile | undefined> {
  const sample = cast.find(({ sampleId }) => `${PREFIX}${sampleId}` === fileName);
  return sample && { id: fileName, mime: 'image/webp', bytes: await pictureOf(sample) };
}

/** Samples keep one id for good, so that adding one twice makes one bot. */
function botIdOf({ sampleId }: Sample): string {
  return `${PREFIX}${sampleId}`;
}

function pictureOf({ sampleId }: Sample): Promise<Uint8Array> {
  return readFile(join(import.meta.dirname, 'samples', `${sampleId}.webp`));
}
