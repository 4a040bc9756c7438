import type { Row } from '@offstage/domain';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { AsideMark } from '../../src/features/chat/aside-mark.tsx';
import { sceneryOf } from '../../src/features/chat/model/scenery.ts';
import { openOf } from './make.ts';

const aside: Row<'scenes'> = {
  sceneId: 'm1', chatId: 'c', containerId: null, startedAt: null, endedAt: '2026-03-03T18:00:00Z', closed: true, participants: ['mara'], present: ['mara'], presentSet: 'host_guest',
  significance: 0, parentSceneId: 's1', meanwhile: true, lastAsideId: 't9', stretchId: 't8',
};
const digest: Row<'digests'> = { digestId: 'd', chatId: 'c', sceneId: 'm1', text: 'They spoke of the lamp.', knownTo: ['mara'], consumed: false };
const scenery = sceneryOf('c', 'k', { stage: null, scenes: [aside], meanwhiles: [], digests: [digest], containers: [], activities: [], edges: [], pins: [], plans: [], threads: [], things: [], groups: [], comings: [] });

test('MW-4 what went on is told once, at the last stretch of it; the words of every stretch can be unfolded', () => {
  const mark = (last: boolean): string => renderToStaticMarkup(<AsideMark open={openOf()} scenery={scenery} aside={aside} last={last} folded onFold={() => undefined} />);
  expect(mark(true)).toContain('They spoke of the lamp.');
  expect(mark(false)).not.toContain('They spoke of the lamp.');
  for (const last of [true, false]) expect(mark(last)).toContain('Read what was said');
});
