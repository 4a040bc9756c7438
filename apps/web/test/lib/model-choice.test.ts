import { expect, test } from 'vitest';
import { choiceFrom, choiceKey, offersOf } from '../../src/lib/model-choice.ts';

test('MO-1 a choice survives the control that holds it', () => {
  const choice = { endpointId: 'ollama', model: 'some/model:7b q4' };
  expect(choiceFrom(choiceKey(choice))).toEqual(choice);
  expect(choiceFrom(choiceKey(null))).toBeNull();
});

test('MO-1 the model in use is offered even where its provider has not been asked', () => {
  const narrative = { endpointId: 'a', model: 'big' };
  const providers = [
    { id: 'a', name: 'A', models: [] },
    { id: 'b', name: 'B', models: ['x', 'y'] },
    { id: 'c', name: 'C', models: [] },
  ];
  const offers = offersOf({ providers, narrative, classifier: { endpointId: 'b', model: 'y' } });
  expect(offers.map(({ name, models }) => [name, models.map(({ model }) => model)])).toEqual([
    ['A', ['big']],
    ['B', ['y', 'x']],
  ]);
});

test('MO-3 ME-5 stand-ins and the embedding model in use are offered too', () => {
  const providers = [{ id: 'a', name: 'A', models: [] }];
  const of = (model: string) => ({ endpointId: 'a', model });
  const offers = offersOf({ providers, narrative: of('big'), classifier: null, fallbacks: [of('small'), of('big')], embedding: of('e') });
  expect(offers[0]?.models.map(({ model }) => model)).toEqual(['big', 'small', 'e']);
});
