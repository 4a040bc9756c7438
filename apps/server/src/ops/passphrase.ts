import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Shortest passphrase that is taken, and the longest, in characters. */
export const PASSPHRASE_LEAST = 10;
export const PASSPHRASE_MOST = 1_000;

/** 32 MB and about 0.3 s for one try: what OWASP advises where memory is dear. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const LENGTH = 32;

/** How a passphrase is kept: what it was made with, salt and hash, so that a later Offstage can make it otherwise. */
export const KEPT = /^scrypt\$(\d{4,7})\$(\d{1,2})\$(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/;

/** What is kept of a passphrase; it cannot be worked out from that. */
export async function keptOf(passphrase: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await hashOf(passphrase, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether a passphrase is the one that was kept. Rejects where what is kept asks for more than a machine has. */
export async function isKept(kept: string, passphrase: string): Promise<boolean> {
  const [, n = '', r = '', p = '', salt = '', hash = ''] = KEPT.exec(kept) ?? [];
  if (hash === '' || passphrase.length > PASSPHRASE_MOST) return false;
  const found = await hashOf(passphrase, Buffer.from(salt, 'base64url'), { N: Number(n), r: Number(r), p: Number(p) });
  return timingSafeEqual(found, Buffer.from(hash, 'base64url'));
}

/** The same words typed on two keyboards may be composed differently; what is hashed is not. */
function hashOf(passphrase: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, LENGTH, { ...cost, maxmem: 256 * 1024 * 1024 }, (problem, hash) => {
      if (problem) reject(problem);
      else resolve(hash);
    });
  });
}
