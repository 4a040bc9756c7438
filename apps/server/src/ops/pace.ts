import type { FastifyInstance } from 'fastify';

/** Requests that one address may make in a burst, and by the second when it goes on: far more than pages ever do. */
const REQUESTS = { burst: 5_000, perSecond: 1_000 };
/** The same for all addresses together. */
const REQUESTS_OF_ALL = { burst: 10_000, perSecond: 2_000 };
/** Addresses remembered; of more, the one seen longest ago is forgotten. */
const ADDRESSES = 1_000;
/** How fast something may go. */
export interface Pace {
  readonly burst: number;
  readonly perSecond: number;
}

/** Whether one more fits into the pace, or so many; `now` in ms, from any start. */
export function createPace({ burst, perSecond }: Pace): (now: number, many?: number) => boolean {
  let left = burst;
  let at = Number.NEGATIVE_INFINITY;
  return (now, many = 1) => {
    left = Math.min(burst, left + ((now - at) / 1_000) * perSecond);
    at = now;
    if (left < many) return false;
    left -= many;
    return true;
  };
}

/** OP-8: how often something may be asked, by each address and by all together. `clock` in ms, from any start. */
export function keepPace(app: FastifyInstance, clock: () => number = () => performance.now()): void {
  const ofAll = createPace(REQUESTS_OF_ALL);
  const byAddress = new Map<string, (now: number) => boolean>();
  app.addHook('onRequest', async (request, reply) => {
    const now = clock();
    const pace = byAddress.get(request.ip) ?? createPace(REQUESTS);
    // Put in anew each time, so that the first in the map is the one seen longest ago.
    byAddress.delete(request.ip);
    byAddress.set(request.ip, pace);
    if (byAddress.size > ADDRESSES) byAddress.delete(byAddress.keys().next().value ?? '');
    if (pace(now) && ofAll(now)) return;
    await reply.code(429).header('retry-after', '1').send({ message: 'Too much was asked at once. Wait a moment, then try again.' });
  });
}
