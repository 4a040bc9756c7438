import type { Row } from '@offstage/domain';
import { expect, test } from 'vitest';
import { scenesBefore, sceneryOf } from '../../src/features/chat/model/scenery.ts';

const scene = (sceneId: string, endedAt: string | null): Row<'scenes'> => ({
  sceneId, chatId: 'c', containerId: null, startedAt: null, endedAt, closed: endedAt !== null, participants: [], present: [], presentSet: 'you_host', significance: 0, parentSceneId: null, meanwhile: false, lastAsideId: null, stretchId: null,
});

test('WD-6 the scenes that are over stand with the last first', () => {
  const scenes = [scene('s1', '2026-03-03T18:00:00Z'), scene('s3', null), scene('s2', '2026-03-04T08:00:00Z')];
  const scenery = sceneryOf('c', 'k', { stage: null, scenes, meanwhiles: [], digests: [], containers: [], activities: [], edges: [], pins: [], plans: [], threads: [], things: [], groups: [], comings: [] });
  expect(scenesBefore(scenery).map((one) => one.sceneId)).toEqual(['s2', 's1']);
});
