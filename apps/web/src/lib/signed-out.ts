/** On its own machine Offstage asks for no passphrase. */
const OWN = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** OP-6: whose session is over is led to the page that asks for the passphrase. Gives the answer on. */
export function leadIn<Answer extends { readonly status: number }>(answer: Answer): Answer {
  if (answer.status === 401) location.assign('/login');
  return answer;
}

/** A socket that is refused does not say why; the same question by HTTP does. */
export async function leadInWhereAsked(): Promise<void> {
  if (OWN.has(location.hostname)) return;
  const answer = await fetch('/trpc/keeping.standing').catch(() => undefined);
  if (answer !== undefined) leadIn(answer);
}
