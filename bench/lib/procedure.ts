import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true });

/**
 * Calls a mutation by one plain request on a connection that stays open, and notes when it was begun: a client library
 * in between would be measured too. Throws Error with what the server said.
 */
export async function mutate<Answer>(url: string, procedure: string, input: object): Promise<{ begun: number; answer: Answer }> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const body = Buffer.from(JSON.stringify(input));
  const begun = performance.now();
  const sent = request(
    `${url}/trpc/${procedure}`,
    { agent, method: 'POST', headers: { 'content-type': 'application/json', 'content-length': body.length } },
    (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
      response.on('error', reject);
    },
  );
  sent.on('error', reject);
  sent.end(body);
  const said = await promise;
  const parsed: unknown = JSON.parse(said);
  if (typeof parsed !== 'object' || parsed === null || !('result' in parsed)) throw new Error(`${procedure} was refused: ${said.slice(0, 500)}`);
  // The shape of an answer is the procedure's own; it was asked for by its name.
  return { begun, answer: (parsed.result as { data: Answer }).data };
}
