/** How many hues there are to tell entities apart by. */
const HUES = 12;

/**
 * The hue of an entity, 0 to 11: the same id has the same hue for good (FNV-1a, 32 bit, over UTF-16 units, its bits mixed at
 * the end: the low ones alone, which a remainder of twelve goes by, hardly differ between ids that are alike).
 */
export function hueOf(entityId: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < entityId.length; at++) hash = Math.imul(hash ^ entityId.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % HUES;
}
