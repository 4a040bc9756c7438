export interface RehearsalOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Pace of a streamed reply; 0 sends it at once. */
  readonly wordsPerSecond?: number;
  /** Lets a model's name ask for faults (`rehearsal:stall-after-5` and the like). For tests. */
  readonly allowMisbehaviour?: boolean;
}

export interface Rehearsal {
  /** The base URL to configure, `/v1` included. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts the built-in stand-in for a model: an HTTP server on loopback that speaks the protocol of the others (MO-2). It is scripted and
 * answers the same prompts in the same order with the same words: a prompt asked again gets another take, `seed` chooses one. Rejects when the
 * port is taken.
 */
export async function startRehearsal(options: RehearsalOptions = {}): Promise<Rehearsal> {
  // Its lines and word lists are loaded when they are wanted.
  const { serve } = await import('./serve.ts');
  return serve(options);
}
