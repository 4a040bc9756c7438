import { activity } from './activity.ts';
import { edges } from './edges.ts';
import { interjection } from './interjection.ts';
import { meanwhile } from './meanwhile.ts';
import { memories } from './memories.ts';
import type { Pass } from './pass.ts';
import { plans } from './plans.ts';
import { scene } from './scene.ts';
import { significance } from './significance.ts';

/** What is learned from every reply, in order of effect (TN-8). */
export const PASSES: readonly Pass[] = [memories, significance, edges, activity, plans, scene, interjection, meanwhile];
