import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEMPLATES, fromTemplate, keepOwnTemplatesIn, ownTemplate, placeholdersOf, shippedTemplate } from '../../src/prompt/templates.ts';
import type { TemplateName } from '../../src/prompt/templates.ts';
import { commandId, openHouse, refusal } from '../story/harness.ts';
import type { Client, House } from '../story/harness.ts';

let house: House;
let client: Client;
beforeAll(async () => {
  house = await openHouse();
  client = house.tab().client;
});
afterAll(() => house.close());

const save = (name: TemplateName, text: string) => client.templates.save.mutate({ commandId: commandId(), name, text });

test('PR-5 every text is listed with what it is for and what must stay in it', async () => {
  const list = await client.templates.list.query();
  expect(list.map(({ name }) => name)).toEqual(Object.keys(TEMPLATES));
  for (const one of list) {
    expect(one).toMatchObject({ own: null, problem: null, shipped: shippedTemplate(one.name), placeholders: placeholdersOf(one.name) });
    expect(one.what).not.toBe('');
  }
  expect(list.find(({ name }) => name === 'rules')?.placeholders).toEqual(['char', 'user']);
});

test('PR-5 a text of one\'s own is a plain file, used at once, and can be reset', async () => {
  expect(await save('silent', '{{user}} is quiet.')).toMatchObject({ own: '{{user}} is quiet.' });
  expect(await readFile(join(house.folder, 'prompts', 'silent.txt'), 'utf8')).toBe('{{user}} is quiet.\n');
  expect(fromTemplate('silent', { user: 'Ava' })).toBe('Ava is quiet.');
  expect(await client.templates.reset.mutate({ commandId: commandId(), name: 'silent' })).toMatchObject({ own: null });
  expect(fromTemplate('silent', { user: 'Ava' })).toBe('Ava: *says nothing*');
  await save('silent', 'Shh, {{user}}.');
  expect(await save('silent', shippedTemplate('silent'))).toMatchObject({ own: null });
});

test('PR-5 a text that lost what it needs is refused by name, and what was there stays', async () => {
  await save('turn', 'Go on, {{char}}, to {{addressee}}.');
  expect(await refusal(save('turn', 'Go on, {{char}}.'))).toMatchObject({ code: 'invalid', fields: ['text'], message: 'This text needs {{addressee}}: it stands for what is filled in.' });
  expect(await refusal(save('turn', '{{char}} {{addressee}} {{weather}}'))).toMatchObject({ message: 'Nothing is filled in for {{weather}} here.' });
  expect(await refusal(save('turn', '  '))).toMatchObject({ code: 'invalid' });
  expect(await refusal(save('turn', `{{char}}{{addressee}}${'x'.repeat(20_000)}`))).toMatchObject({ fields: ['text'] });
  expect(ownTemplate('turn').text).toBe('Go on, {{char}}, to {{addressee}}.');
  await client.templates.reset.mutate({ commandId: commandId(), name: 'turn' });
});

test('PR-5 a file changed by hand is read anew; one that cannot be used costs a note and no turn', async () => {
  const path = join(house.folder, 'prompts', 'open.txt');
  await mkdir(join(house.folder, 'prompts'), { recursive: true });
  await writeFile(path, '({{char}} begins.)\n');
  expect(fromTemplate('open', { char: 'Mara' })).toBe('(Mara begins.)');
  await writeFile(path, '(Somebody else begins, at last.)\n');
  expect(fromTemplate('open', { char: 'Mara' })).toBe('(Mara speaks first. Open the scene.)');
  const listed = (await client.templates.list.query()).find(({ name }) => name === 'open');
  expect(listed).toMatchObject({ own: null, problem: 'This text needs {{char}}: it stands for what is filled in.' });
  await rm(path);
  await mkdir(path);
  expect(ownTemplate('open').problem).toContain('could not be read');
  expect(fromTemplate('open', { char: 'Mara' })).toContain('Mara speaks first');
  await rm(path, { recursive: true });
});

test('PR-5 a name that is none is refused', async () => {
  await expect(save('../../etc/passwd' as TemplateName, 'x')).rejects.toThrow();
});

test('PR-5 another folder has other texts', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'offstage-prompts-'));
  await writeFile(join(folder, 'silent.txt'), 'Nothing, {{user}}?');
  keepOwnTemplatesIn(folder);
  expect(fromTemplate('silent', { user: 'Ava' })).toBe('Nothing, Ava?');
  keepOwnTemplatesIn(join(house.folder, 'prompts'));
  await rm(folder, { recursive: true });
});
