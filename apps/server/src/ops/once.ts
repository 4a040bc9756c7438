/** Ids remembered: far more than a page can have on the way at once. */
const REMEMBERED = 512;

/**
 * Runs work once per command id (TL-14), for commands that leave no receipt in the log: the same id again gets the same
 * answer, or waits for it. A command that failed may be tried again.
 */
export function createOnce(): <T>(commandId: string, work: () => Promise<T>) => Promise<T> {
  const answers = new Map<string, Promise<unknown>>();
  return <T>(commandId: string, work: () => Promise<T>): Promise<T> => {
    const known = answers.get(commandId);
    // The answer was given to this very command, whose answer has this type.
    if (known !== undefined) return known as Promise<T>;
    const answer = work();
    answers.set(commandId, answer);
    answer.catch(() => answers.delete(commandId));
    if (answers.size > REMEMBERED) answers.delete(answers.keys().next().value ?? '');
    return answer;
  };
}
