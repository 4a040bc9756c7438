/** What is learned from a reply, in order of effect (TN-8). */
export const PASS_NAMES = ['memories', 'significance', 'edges', 'activity', 'plans', 'scene', 'interjection', 'meanwhile'] as const;
