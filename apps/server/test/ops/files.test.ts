import { readFile } from 'node:fs/promises';
import { deflateSync, crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictureOf } from '../../src/ops/images.ts';
import type { Running } from '../support/running.ts';
import { fresh, refusal, running } from '../support/running.ts';

let server: Running;
beforeAll(async () => {
  server = await running();
});
afterAll(() => server[Symbol.asyncDispose]());

async function post(path: string, body: Uint8Array | string, type = 'application/octet-stream') {
  const answer = await fetch(`${server.url}${path}`, { method: 'POST', body: typeof body === 'string' ? body : new Blob([new Uint8Array(body)]), headers: { 'content-type': type } });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(8 + named.length);
  whole.writeUInt32BE(data.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), 4 + named.length);
  return whole;
}

function png(side: number, texts: Readonly<Record<string, string>> = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\u0089PNG\r\n\u001A\n', 'latin1'),
    chunk('IHDR', header),
    ...Object.entries(texts).map(([key, text]) => chunk('tEXt', Buffer.from(`${key}\0${text}`, 'latin1'))),
    chunk('IDAT', deflateSync(Buffer.alloc(2))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const card = {
  spec: 'chara_card_v2',
  spec_version: '2.0',
  data: {
    name: 'Ludo',
    description: '{{char}} mends clocks.',
    first_mes: 'You are early.',
    character_book: { entries: [{ keys: ['clock'], content: 'It has no hands.', enabled: true, insertion_order: 1, extensions: {} }] },
    extensions: { their_own: { kept: true } },
  },
};
const cardPng = () => png(1, { chara: Buffer.from(JSON.stringify(card)).toString('base64') });

describe('POST /api/cards', () => {
  it('IO-1 a PNG card comes back as a form, its picture kept, and can be made a bot', async () => {
    const { status, body } = await post('/api/cards?name=ludo.png', cardPng(), 'image/png');
    expect(status).toBe(200);
    expect(body).toMatchObject({ spec: expect.stringMatching(/2/), identity: { name: 'Ludo', greeting: 'You are early.' } });
    expect(body['lore']).toHaveLength(1);
    const avatar = String(body['avatar']);
    const picture = await fetch(`${server.url}/files/${avatar}`);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await picture.arrayBuffer()).includes('chara')).toBe(false);

    const { botId } = await server.rpc.bots.author.mutate({ commandId: fresh(), identity: body['identity'] as never, lore: body['lore'] as never });
    const bot = await server.rpc.bots.get.query({ botId });
    expect(bot).toMatchObject({ name: 'Ludo', avatar, hasCard: true });
    expect(bot.lore).toMatchObject([{ content: 'It has no hands.', keys: ['clock'] }]);
    expect(JSON.stringify(bot)).not.toContain('their_own');
    expect((await server.app.services.store.read.row('bots', botId))?.card).toMatchObject({ data: { extensions: { their_own: { kept: true } } } });
  });

  it('IO-1 a JSON card is read whatever it is called by the browser', async () => {
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x']) {
      const { status, body } = await post('/api/cards?name=ludo.json', JSON.stringify(card), type);
      expect([status, body['avatar']]).toEqual([200, null]);
    }
  });

  it.each([
    ['a text', 'Hello there', 'notes.txt', 422],
    ['a picture without a character', png(1), 'photo.png', 422],
    ['broken JSON', '{"name": ', 'card.json', 422],
    ['nothing', '', 'card.png', 422],
    ['a card without a name', JSON.stringify({ ...card, data: { ...card.data, name: ' ' } }), 'card.json', 422],
    ['a description that is far too long', JSON.stringify({ ...card, data: { ...card.data, description: 'x'.repeat(200_000) } }), 'card.json', 413],
    ['21 MB', Buffer.alloc(20 * 1024 * 1024 + 5), 'card.png', 413],
    ['60 MB', Buffer.alloc(60 * 1024 * 1024), 'card.png', 413],
  ])('IO-4 %s is refused in one sentence', async (_what, body, name, status) => {
    const answer = await post(`/api/cards?name=${name}`, body);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ message: expect.stringMatching(/^[A-Z].{10,200}\.$/) });
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  });
});

describe('POST /api/images and GET /files', () => {
  it('UI-9 a picture is kept under the hash of its bytes and never changes', async () => {
    const first = await post('/api/images', png(2));
    expect(first.status).toBe(200);
    expect((await post('/api/images', png(2))).body).toEqual(first.body);
    const answer = await fetch(`${server.url}/files/${String(first.body['fileId'])}`);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(png(2));
  });

  it.each([
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 422],
    ['a web page called a picture', '<!doctype html><script>alert(1)</script>', 422],
    ['nothing', '', 422],
    ['one that is far too wide', png(20_000), 413],
    ['9 MB', Buffer.alloc(9 * 1024 * 1024), 413],
  ])('OP-7 %s is refused', async (_what, body, status) => {
    const answer = await post('/api/images', body, 'image/png');
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ message: expect.any(String) });
  });

  it('OP-8 a file that is not there, or a path for a name, is not found', async () => {
    for (const name of ['nothing', '..%2F..%2Fpackage.json', 'sample-..%2Fcast', '%00', 'x'.repeat(3_000)]) {
      expect([400, 404, 414]).toContain((await fetch(`${server.url}/files/${name}`)).status);
    }
  });

  it('OP-8 an avatar that was never uploaded is refused, naming the field', async () => {
    const problem = await refusal(server.rpc.bots.author.mutate({ commandId: fresh(), identity: { name: 'A', avatar: 'nope' } }));
    expect(problem).toMatchObject({ code: 'invalid', fields: ['identity.avatar'] });
  });

  it('OP-7 pictures are told by their bytes', async () => {
    const webp = await readFile(new URL('../../src/library/samples/osgar.webp', import.meta.url));
    expect(pictureOf(webp)).toEqual({ mime: 'image/webp', width: 384, height: 384 });
    expect(pictureOf(Buffer.from('GIF89a\u0002\u0000\u0003\u0000', 'latin1'))).toEqual({ mime: 'image/gif', width: 2, height: 3 });
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 7, 0, 9, 1, 0, 0, 0]);
    expect(pictureOf(jpeg)).toEqual({ mime: 'image/jpeg', width: 9, height: 7 });
    expect(pictureOf(jpeg.subarray(0, 8))).toBeUndefined();
  });
});
