/** "..." around what is said, *...* around what is done; nothing around nothing. */
export const say = (text: string): string => (text === '' ? '' : `"${text}"`);
export const does = (text: string): string => (text === '' || text === '.' ? '' : `*${text}*`);
export const joinWords = (...pieces: string[]): string => pieces.filter(Boolean).join(' ');
export const words = (text: string): number => text.match(/\S+/g)?.length ?? 0;
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** The first words of a reply, to tell it from another. */
export const opening = (text: string): string => text.slice(0, 80).toLowerCase().replaceAll(/[^\p{L}\s]/gu, '').trim().split(/\s+/).slice(0, 3).join(' ');
/** The sentences of a text, in lower case and without their marks. */
export const sentences = (text: string): string[] =>
  (text.match(/[^.!?*"]+[.!?]?/g) ?? []).map((one) => one.toLowerCase().replaceAll(/[^\p{L}\s]/gu, '').trim()).filter((one) => words(one) > 1);
