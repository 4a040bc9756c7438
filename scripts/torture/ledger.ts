import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

/** A command as the driver sent it. */
export interface Sent {
  readonly id: string;
  readonly what: string;
  /** Words that stand nowhere else, where the command writes some. */
  readonly token: string | null;
  /** Sends it again, under the same id, to the server that runs now. */
  again: () => Promise<unknown>;
  /** What became of it. `unknown`: the server was killed before it answered. */
  fate: 'answered' | 'refused' | 'unknown';
  /** What was refused has the words that it was refused with. */
  answer: unknown;
}

/** What was asked of the server and what it answered, over all its lives. */
export class Ledger {
  readonly sent: Sent[] = [];
  /** What came of commands that were sent again in mid-play and were not answered as before. */
  readonly otherwise: string[] = [];
  #onSent: (() => void) | undefined;

  /** Resolves when the next command is on its way, or after `limit` ms. */
  async underWay(limit: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, limit);
    this.#onSent = resolve;
    await promise;
    clearTimeout(timer);
    this.#onSent = undefined;
  }

  /**
   * Sends a command and notes what became of it; answers undefined when nobody answered. Throws what the server refused
   * it with.
   */
  async perform<Answer>(what: string, token: string | null, act: (commandId: string) => Promise<Answer>): Promise<Answer | undefined> {
    const id = randomUUID();
    const sent: Sent = { id, what, token, again: () => act(id), fate: 'unknown', answer: undefined };
    this.sent.push(sent);
    this.#onSent?.();
    try {
      const answer = await act(id);
      sent.fate = 'answered';
      sent.answer = answer;
      return answer;
    } catch (problem) {
      if (!isRefusal(problem)) return undefined;
      sent.fate = 'refused';
      sent.answer = (problem as Error).message;
      throw problem;
    }
  }

  /** TL-14: sends a command that had its answer again, which may have been lives ago; notes it when the answer is another one. */
  async repeat(sent: Sent): Promise<void> {
    try {
      const answer = await sent.again();
      if (!isDeepStrictEqual(answer, sent.answer)) this.otherwise.push(`${sent.what} ${sent.id} answers otherwise in mid-play`);
    } catch (problem) {
      if (isRefusal(problem)) this.otherwise.push(`${sent.what} ${sent.id} was refused in mid-play: ${(problem as Error).message}`);
    }
  }

  /** All commands that had an answer. */
  answered(): readonly Sent[] {
    return this.sent.filter(({ fate }) => fate === 'answered');
  }

  count(fate: Sent['fate']): number {
    return this.sent.filter((one) => one.fate === fate).length;
  }
}

/** True for an answer of the server's own; a call that was cut off has none. */
export function isRefusal(problem: unknown): boolean {
  const data = typeof problem === 'object' && problem !== null && 'data' in problem ? problem.data : undefined;
  return typeof data === 'object' && data !== null && 'offstage' in data;
}
