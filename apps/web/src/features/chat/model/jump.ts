/** What is asked to show a turn of the story, by its depth. */
type Jump = (depth: number) => void;

const jumps = new Set<Jump>();

/** Hears when a turn is to be shown. Returns what ends it. */
export function onJump(jump: Jump): () => void {
  jumps.add(jump);
  return () => jumps.delete(jump);
}

/** Shows the turn at this depth of the story: from a memory, a feeling or a prompt to what was said. */
export function jumpTo(depth: number): void {
  for (const jump of jumps) jump(depth);
}
