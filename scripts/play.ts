// `npm run play -- --characters FILE --turns N [--rooms FILE] [--count 5] [--url http://127.0.0.1:8000]`: plays a few
// characters of a LIGHT characters.json over the server's own interface, with whatever model is set up there.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/build.mjs';
import { connect } from './lib/client.ts';
import { main, Stop } from './lib/process.mjs';
import { answers, Server } from './lib/server.ts';
import { chooseCharacters, chooseRooms } from './play/characters.ts';
import { makePersona, playCharacter } from './play/story.ts';

await main(async () => {
  const options = readOptions();
  const characters = chooseCharacters(options.characters, options.count);
  const rooms = chooseRooms(options.rooms, options.characters, options.count);
  if (await answers(options.url)) return play(options.url, characters, rooms, options.turns);
  console.log(`Nothing answers at ${options.url}; starting a server with a library of its own.`);
  await ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'offstage-play-'));
  const server = await Server.start(folder, { OFFSTAGE_REHEARSAL_WPS: '0', OFFSTAGE_LOG_LEVEL: 'error' });
  try {
    return await play(server.url, characters, rooms, options.turns);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

async function play(
  url: string,
  characters: ReturnType<typeof chooseCharacters>,
  rooms: ReturnType<typeof chooseRooms>,
  turns: number,
): Promise<number> {
  const client = connect(url);
  const sum = { turns: 0, errors: 0 };
  try {
    const personaId = await makePersona(client);
    const { narrative, scripted } = await client.api.settings.get.query();
    console.log(`Playing with ${scripted ? 'the rehearsal model' : (narrative?.model ?? 'the model that is set up')} at ${url}.`);
    for (const [n, character] of characters.entries()) {
      const since = performance.now();
      console.log(`\n${character.name}`);
      const played = await playCharacter(client, character, { personaId, room: rooms[n], turns, tell: (line) => console.log(line) }).catch(
        (problem: unknown) => ({ turns: 0, different: 0, errors: [problem instanceof Error ? problem.message : String(problem)] }),
      );
      for (const error of played.errors) console.log(`  ERROR ${error}`);
      console.log(`  ${played.turns} turns, ${played.different} different replies, ${played.errors.length} errors, ${((performance.now() - since) / 1_000).toFixed(1)} s`);
      sum.turns += played.turns;
      sum.errors += played.errors.length;
    }
  } finally {
    await client.close();
  }
  console.log(`\n${characters.length} characters, ${sum.turns} turns, ${sum.errors} errors`);
  return sum.errors === 0 ? 0 : 1;
}

function readOptions(): { characters: string; rooms: string | undefined; turns: number; count: number; url: string } {
  const usage = 'npm run play -- --characters FILE --turns N [--rooms FILE] [--count 5] [--url http://127.0.0.1:8000]';
  try {
    const { values } = parseArgs({
      options: {
        characters: { type: 'string' },
        rooms: { type: 'string' },
        turns: { type: 'string', default: '20' },
        count: { type: 'string', default: '5' },
        url: { type: 'string', default: 'http://127.0.0.1:8000' },
      },
    });
    const [turns, count] = [Number(values.turns), Number(values.count)];
    if (values.characters === undefined) throw new Error('--characters is missing.');
    if (!Number.isInteger(turns) || turns < 1) throw new Error('--turns wants a whole number from 1.');
    if (!Number.isInteger(count) || count < 1) throw new Error('--count wants a whole number from 1.');
    return { characters: values.characters, rooms: values.rooms, turns, count, url: values.url.replace(/\/+$/, '') };
  } catch (problem) {
    throw new Stop(`${problem instanceof Error ? problem.message : String(problem)}\n${usage}`);
  }
}
