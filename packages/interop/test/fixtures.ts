import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** One PNG chunk; `sum` overrides its checksum. */
export function chunk(type: string, data: Uint8Array, sum?: number): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(sum ?? crc32(named));
  return Buffer.concat([length, named, check]);
}

export function header(width = 2, height = 2): Buffer {
  const data = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  return chunk('IHDR', data);
}

export const pixels = chunk('IDAT', deflateSync(Buffer.alloc(2 * 7, 90)));
export const end = chunk('IEND', Buffer.alloc(0));

/** A PNG of two by two pixels with chunks in its middle. */
export function png(...middle: readonly Uint8Array[]): Buffer {
  return Buffer.concat([SIGNATURE, header(), pixels, ...middle, end]);
}

/** A PNG of these chunks alone. */
export function pngOf(...chunks: readonly Uint8Array[]): Buffer {
  return Buffer.concat([SIGNATURE, ...chunks]);
}

export function tEXt(keyword: string, text: string): Buffer {
  return chunk('tEXt', Buffer.from(`${keyword}\0${text}`, 'latin1'));
}

export function zTXt(keyword: string, text: string | Uint8Array): Buffer {
  return chunk('zTXt', Buffer.concat([Buffer.from(`${keyword}\0\0`), deflateSync(text)]));
}

export function iTXt(keyword: string, text: string, compressed: boolean): Buffer {
  const body = compressed ? deflateSync(text) : Buffer.from(text);
  return chunk('iTXt', Buffer.concat([Buffer.from(`${keyword}\0${compressed ? '\u0001' : '\0'}\0\0\0`), body]));
}

export function base64(card: unknown): string {
  return Buffer.from(JSON.stringify(card)).toString('base64');
}

export function json(card: unknown): Buffer {
  return Buffer.from(JSON.stringify(card));
}
