import type { Frame } from '@offstage/domain';

type ListName = 'chats' | 'bots' | 'personas';

const ALL: readonly ListName[] = ['chats', 'bots', 'personas'];

/** Which lists a frame makes stale. A chat's row changes with every turn, a bot's face stands beside its chats. */
export function staleLists(frame: Frame): readonly ListName[] {
  if (frame.type === 'reset') return ALL;
  if (frame.type !== 'commit') return [];
  const touched = new Set<string>(frame.rows.map(({ p }) => p));
  if (touched.has('bots')) touched.add('chats');
  return ALL.filter((list) => touched.has(list));
}
