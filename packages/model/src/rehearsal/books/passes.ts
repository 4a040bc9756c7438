import { asObject } from '../../chunks.ts';
import type { Prompt } from '../prompt.ts';
import { changesIn, weatherAfter } from './activity.ts';
import { departureIn } from './departure.ts';
import { readExchange } from './exchange.ts';
import { notableIn } from './notable.ts';
import { interjectionIn } from './interjection.ts';
import { minutesOf } from './minutes.ts';
import { plansIn } from './plans.ts';
import { movesIn } from './regard.ts';
import { significanceOf } from './significance.ts';
import { toldIn } from './told.ts';

/** What a turn left behind (TN-8): of the parts known, those that the schema asks for. */
export function passes(prompt: Prompt, schema: Record<string, unknown>): unknown {
  const exchange = readExchange(prompt.messages);
  const departure = departureIn(exchange);
  const parts: Readonly<Record<string, () => unknown>> = {
    memories: () => ({ told: toldIn(exchange) }),
    significance: () => ({ score: significanceOf(exchange.turn, exchange.person) }),
    edges: () => ({ moves: movesIn(exchange) }),
    activity: () => ({ minutes: minutesOf(exchange, departure), weather: weatherAfter(exchange), people: changesIn(exchange, departure) }),
    plans: () => plansIn(exchange),
    scene: () => departure,
    notable: () => notableIn(exchange),
    interjection: () => interjectionIn(exchange),
    meanwhile: () => ({ next: exchange.present.find((name) => name !== exchange.turn.at(-1)?.speaker) ?? '', reason: 'It is their turn.' }),
  };
  const wanted = Object.keys(asObject(schema['properties']) ?? {});
  return Object.fromEntries(Object.entries(parts).flatMap(([name, make]) => (wanted.includes(name) ? [[name, make()]] : [])));
}
