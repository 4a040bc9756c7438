/** How many hues there are to tell entities apart by. */
const HUES = 12;

/** The hue of an entity, 0 to 11: the same id has the same hue for good (FNV-1a, 32 bit, over UTF-16 units). */
export function hueOf(entityId: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < entityId.length; at++) hash = Math.imul(hash ^ entityId.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % HUES;
}
