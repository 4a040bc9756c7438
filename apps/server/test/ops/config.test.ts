import { chmod, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openConfig } from '../../src/ops/configFile.ts';
import { readConfig } from '../../src/ops/configRead.ts';

const NOW = '2026-05-06T07:08:09.000Z';
let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offstage-config-'));
  path = join(folder, 'config.toml');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () => openConfig(path, () => NOW);
const byHand = `# my own notes
[server]
port = 8100 # not 8000, that is the other thing

[[providers]]
id = "home"
name = "Home"
base_url = "http://127.0.0.1:1234/v1"
max_concurrent = 1

# the good one
[[providers]]
id = "hosted"
name = "Hosted"
base_url = "https://models.example/v1"
api_key = "sk-very-secret-key"

[models]
narrative = { provider = "hosted", model = "big" } # slow but fine

[sampler]
temperature = 0.8 # warm
`;

describe('reading', () => {
  it('OP-5 everything that can be set is read', () => {
    const { config, problems } = readConfig(byHand);
    expect(problems).toEqual([]);
    expect(config.server.port).toBe(8100);
    expect(config.providers.map(({ id, max_concurrent }) => [id, max_concurrent])).toEqual([['home', 1], ['hosted', 1]]);
    expect(config.models.narrative).toEqual({ provider: 'hosted', model: 'big' });
    expect(config.sampler.temperature).toBe(0.8);
    expect(config.chat.ooc).toEqual(['((', '))']);
  });

  it('OP-5 a line that is no TOML is named, without quoting the file', () => {
    const { config, problems, broken } = readConfig('[[providers]]\nid = "a"\napi_key = "sk-very-secret-key\nname = "A"\n');
    expect(broken).toBe(true);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.line).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(problems)).not.toContain('secret');
    expect(config.server.port).toBe(8000);
  });

  it.each([
    ['[servr]\nport = 1\n', 1, /“servr” is not a setting.*“server”/],
    ['[server]\nprot = 1\n', 2, /“prot” is not a setting here.*“port”/],
    ['\n[server]\nport = "8000"\n', 3, /port should be a number|port should be a whole number/],
    ['[server]\nport = 70000\n', 2, /port should be at most 65535/],
    ['[database]\ndurability = "half"\n', 2, /durability should be "normal" or "full"/],
    ['[chat]\nooc = "(("\n', 2, /ooc should be two markers/],
    ['[sampler]\ntemperature = 9\n', 2, /temperature should be at most 5/],
    ['[[providers]]\nid = "a"\nname = "A"\n', 1, /base_url is missing/],
    ['[[providers]]\nid = "a"\nname = "A"\nbase_url = "127.0.0.1:1234"\n', 4, /base_url should be an address/],
    ['[[providers]]\nid = "a"\nname = "A"\nbase_url = "http://me:hidden@a/v1"\n', 4, /base_url may hold no name and password/],
    ['[providers]\nid = "a"\n', 1, /double brackets/],
    ['[models]\nnarrative = { provider = "nobody", model = "m" }\n', 2, /no provider called “nobody”/],
    ['[models]\nnarrative = { provider = "rehearsal", modle = "m" }\n', 2, /modle|model/],
    ['[models]\nfallbacks = [{ provider = "nobody", model = "m" }]\n', 2, /no provider called “nobody”/],
    ['[models]\nfallbacks = [{ provider = "rehearsal" }]\n', 2, /model is missing/],
    ['[models]\nembedding = { provider = "nobody", model = "m" }\n', 2, /no provider called “nobody”/],
    ['[passes]\nmode = "both"\n', 2, /mode should be "combined" or "separate"/],
    ['[passes]\nyour_feelings = "no"\n', 2, /your_feelings should be true or false/],
    ['[passes]\noff = ["memories", "dreams"]\n', 2, /off should name some of memories, significance, edges, activity, plans, scene/],
    ['[passes]\nidle_seconds = 0\n', 2, /idle_seconds should be at least 1/],
    ['models = 3\n', 1, /models should be a table/],
    ['[[providers]]\nid = "a"\nname = "A"\nbase_url = "http://a/v1"\n[[providers]]\nid = "a"\nname = "B"\nbase_url = "http://b/v1"\n', 6, /Two providers/],
  ])('OP-5 a slip is named with its line: %j', (text, line, message) => {
    const { problems, broken } = readConfig(text);
    expect(broken).toBe(false);
    expect(problems[0]).toMatchObject({ line, message: expect.stringMatching(message) });
  });

  it('OP-5 a slip costs its own setting alone', () => {
    const { config } = readConfig('[server]\nport = "x"\n[sampler]\ntemperature = 99\ntop_p = 0.5\n');
    expect(config.server).toEqual({ port: 8000, host: '127.0.0.1', names: [], most_tabs: 200 });
    expect(config.sampler).toEqual({ top_p: 0.5 });
  });
});

describe('writing', () => {
  it('OP-5 a file that is not there is made, readable by its owner alone', async () => {
    const config = await open();
    await config.update((before) => ({ ...before, sampler: { temperature: 1.1 } }));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await open()).current.sampler).toEqual({ temperature: 1.1 });
    expect(await readdir(folder)).toEqual(['config.toml']);
  });

  it('OP-5 comments and order survive a change; the file made by hand is copied once', async () => {
    await writeFile(path, byHand);
    const config = await open();
    await config.update((before) => ({
      ...before,
      providers: before.providers.map((each) => (each.id === 'home' ? { ...each, max_concurrent: 2, api_key: 'k"quoted"\\' } : each)),
      models: { narrative: { provider: 'home', model: 'small' } },
      sampler: {},
    }));
    const text = await readFile(path, 'utf8');
    expect(text).toContain('# my own notes');
    expect(text).toContain('port = 8100 # not 8000, that is the other thing');
    expect(text).toContain('# the good one\n[[providers]]\nid = "hosted"');
    expect(text).toContain('narrative = { provider = "home", model = "small" } # slow but fine');
    expect(text).not.toContain('temperature');
    const again = (await open()).current;
    expect(again.providers[0]).toMatchObject({ max_concurrent: 2, api_key: 'k"quoted"\\' });
    expect(again.providers[1]?.api_key).toBe('sk-very-secret-key');
    expect(await readFile(`${path}.bak`, 'utf8')).toBe(byHand);

    await config.update((before) => ({ ...before, sampler: { top_p: 0.9 } }));
    expect(await readFile(`${path}.bak`, 'utf8')).toBe(byHand);
  });

  it('OP-5 a provider is taken out, with its key and nothing else', async () => {
    await writeFile(path, byHand);
    const config = await open();
    await config.update((before) => ({ ...before, providers: before.providers.filter(({ id }) => id !== 'hosted'), models: {} }));
    const text = await readFile(path, 'utf8');
    expect(text).not.toContain('secret');
    expect(text).toContain('id = "home"');
  });

  it('OP-5 a broken file is kept aside whole before a save', async () => {
    const broken = '[[providers]]\nid = "a\napi_key = "sk-very-secret-key"\n';
    await writeFile(path, broken);
    const config = await open();
    expect(config.problems).toHaveLength(1);
    await config.update((before) => ({ ...before, sampler: { temperature: 0.5 } }));
    expect(config.problems).toEqual([]);
    const kept = (await readdir(folder)).find((name) => name.startsWith('config.toml.broken-2026-05-06'));
    expect(await readFile(join(folder, kept ?? ''), 'utf8')).toBe(broken);
  });

  it('OP-5 a file written another way than line by line is still changed rightly', async () => {
    await writeFile(path, 'models.narrative = { provider = "a", model = "x" }\nproviders = [{ id = "a", name = "A", base_url = "http://a/v1" }]\n');
    const config = await open();
    expect(config.problems).toEqual([]);
    await config.update((before) => ({ ...before, models: { narrative: { provider: 'a', model: 'y' } } }));
    const { current, problems } = await open();
    expect(problems).toEqual([]);
    expect(current.models.narrative?.model).toBe('y');
    expect(current.providers).toHaveLength(1);
  });

  it('OP-5 a list over several lines is changed as a whole, and what stands around it stays', async () => {
    const stands = '{ provider = "rehearsal", model = "a [b" }';
    await writeFile(path, `[models] # who does what\nfallbacks = [ # in order\n  ${stands},\n  ${stands}, # "the [other]\n]\n# the end\n\n[chat]\nooc = [\n  "<",\n  ">",\n]\n`);
    const config = await open();
    expect(config.problems).toEqual([]);
    expect(config.current.models.fallbacks).toHaveLength(2);
    await config.update((before) => ({ ...before, models: { ...before.models, fallbacks: [{ provider: 'rehearsal', model: 'c' }] } }));
    const text = await readFile(path, 'utf8');
    expect(text).toContain('[models] # who does what\nfallbacks = [{ provider = "rehearsal", model = "c" }]');
    expect(text).toContain('# the end\n\n[chat]\nooc = [\n  "<",');
    await config.update((before) => ({ ...before, models: {} }));
    expect(await readFile(path, 'utf8')).not.toContain('fallbacks');
    expect((await open()).current.chat.ooc).toEqual(['<', '>']);
  });

  it('OP-5 a change made by hand meanwhile is not overwritten', async () => {
    await writeFile(path, '[server]\nport = 8100\n');
    const config = await open();
    await writeFile(path, '[server]\nport = 8200\n[sampler]\ntop_p = 0.25\n');
    await config.refresh();
    expect(config.current.server.port).toBe(8200);
    await writeFile(path, '[server]\nport = 8300\n# again\n');
    await config.update((before) => ({ ...before, sampler: { temperature: 1 } }));
    expect((await open()).current).toMatchObject({ server: { port: 8300 }, sampler: { temperature: 1 } });
  });

  it('OP-5 changes at once come one after another', async () => {
    const config = await open();
    await Promise.all(
      ['a', 'b', 'c'].map((id) =>
        config.update((before) => ({
          ...before,
          providers: [...before.providers, { id, name: id, base_url: `http://${id}/v1`, max_concurrent: 1 }],
        })),
      ),
    );
    expect((await open()).current.providers.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('OP-5 a link to the file stays a link', async () => {
    const real = join(folder, 'real.toml');
    await writeFile(real, '');
    await symlink(real, path);
    await (await open()).update((before) => ({ ...before, sampler: { temperature: 1 } }));
    expect(await readFile(real, 'utf8')).toContain('temperature = 1');
  });

  it.skipIf(process.getuid?.() === 0)('OP-4 a folder that cannot be written leaves all as it was', async () => {
    await writeFile(path, byHand);
    const config = await open();
    await chmod(folder, 0o500);
    await expect(config.update((before) => ({ ...before, sampler: {} }))).rejects.toThrow(/EACCES/);
    await chmod(folder, 0o700);
    expect(await readFile(path, 'utf8')).toBe(byHand);
    expect(config.current.sampler.temperature).toBe(0.8);
  });
});
