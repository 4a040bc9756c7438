/** A picture as told by its bytes; width and height in pixels. */
export interface Picture {
  readonly mime: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif';
  readonly width: number;
  readonly height: number;
}

/** What kind of picture the bytes are; undefined when they are none that is taken, whatever they are called. */
export function pictureOf(bytes: Uint8Array): Picture | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = view.toString('latin1', 0, 16);
  if (head.startsWith('\u0089PNG\r\n\u001A\n') && view.length >= 24) {
    return { mime: 'image/png', width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
  }
  if (/^GIF8[79]a/.test(head) && view.length >= 10) {
    return { mime: 'image/gif', width: view.readUInt16LE(6), height: view.readUInt16LE(8) };
  }
  if (/^RIFF[\s\S]{4}WEBPVP8[ LX]/.test(head) && view.length >= 30) return { mime: 'image/webp', ...webpSize(view) };
  if (head.startsWith('\u00FF\u00D8\u00FF')) {
    const size = jpegSize(view);
    return size && { mime: 'image/jpeg', ...size };
  }
  return undefined;
}

type Size = Pick<Picture, 'width' | 'height'>;

// RFC 9649: three forms of WebP, each with its size in another place.
function webpSize(view: Buffer): Size {
  const form = view.toString('latin1', 12, 16);
  if (form === 'VP8X') return { width: view.readUIntLE(24, 3) + 1, height: view.readUIntLE(27, 3) + 1 };
  if (form === 'VP8L') {
    const bits = view.readUInt32LE(21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return { width: view.readUInt16LE(26) & 0x3fff, height: view.readUInt16LE(28) & 0x3fff };
}

/** A JPEG's size stands in its frame header (SOF), behind other segments that are stepped over. */
function jpegSize(view: Buffer): Size | undefined {
  for (let at = 2; at + 9 <= view.length && view[at] === 0xff; ) {
    const marker = view[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.readUInt16BE(at + 5), width: view.readUInt16BE(at + 7) };
    at += marker === 0xff ? 1 : 2 + view.readUInt16BE(at + 2);
  }
  return undefined;
}
