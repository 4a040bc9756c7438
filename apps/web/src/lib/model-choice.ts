export interface Choice {
  readonly endpointId: string;
  readonly model: string;
}

interface Known {
  readonly providers: readonly { readonly id: string; readonly name: string; readonly models: readonly string[] }[];
  readonly narrative: Choice | null;
  readonly classifier: Choice | null;
  readonly fallbacks?: readonly Choice[];
  readonly embedding?: Choice | null;
}

export interface Offer {
  readonly name: string;
  readonly models: readonly { readonly key: string; readonly model: string }[];
}

/** A choice as one string, for a control that holds strings. Ids hold no line ends; nothing chosen is empty. */
export function choiceKey(choice: Choice | null): string {
  return choice === null ? '' : `${choice.endpointId}\n${choice.model}`;
}

export function choiceFrom(key: string): Choice | null {
  const cut = key.indexOf('\n');
  return cut === -1 ? null : { endpointId: key.slice(0, cut), model: key.slice(cut + 1) };
}

/** The models to choose from, by provider; those in use stand there too when their provider has not been asked yet. */
export function offersOf({ providers, narrative, classifier, fallbacks = [], embedding = null }: Known): readonly Offer[] {
  return providers.flatMap(({ id, name, models }) => {
    const used = [narrative, classifier, ...fallbacks, embedding].filter((choice) => choice?.endpointId === id).map((choice) => choice?.model ?? '');
    const all = [...new Set([...used, ...models])];
    return all.length === 0 ? [] : [{ name, models: all.map((model) => ({ key: choiceKey({ endpointId: id, model }), model })) }];
  });
}
