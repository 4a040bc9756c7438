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

test('MO-3 stand-ins in use are offered too', () => {
  const providers = [{ id: 'a', name: 'A', models: [] }];
  const of = (model: string) => ({ endpointId: 'a', model });
  const offers = offersOf({ providers, narrative: of('big'), classifier: null, fallbacks: [of('small'), of('big')] });
  expect(offers[0]?.models.map(({ model }) => model)).toEqual(['big', 'small']);
});

test('ME-5 what makes vectors is offered for that, and for nothing else', () => {
  const models = ['nomic-embed-text', 'llama-3', 'BAAI/bge-m3', 'intfloat/e5-large', 'gte-small', 'phi-4-mini', 'text-embedding-3-small', 'gemma-2b'];
  const known = { providers: [{ id: 'a', name: 'A', models }], narrative: null, classifier: null };
  const names = (what: 'words' | 'vectors', more: object = {}) => offersOf({ ...known, ...more }, what).flatMap((offer) => offer.models.map(({ model }) => model));
  expect(names('words')).toEqual(['llama-3', 'phi-4-mini', 'gemma-2b']);
  expect(names('vectors')).toEqual(['nomic-embed-text', 'BAAI/bge-m3', 'intfloat/e5-large', 'gte-small', 'text-embedding-3-small']);
  expect(names('vectors', { embedding: { endpointId: 'a', model: 'odd' } })).toContain('odd');
  // Where no name gives one away, all are offered.
  expect(names('vectors', { providers: [{ id: 'a', name: 'A', models: ['odd'] }] })).toEqual(['odd']);
});
