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

/** Names of embedding models say so, or are of one of these families; no list of models says what each can do. */
const VECTORS = /embed|(?:^|[/_-])(?:bge|gte|e5|minilm|mxbai)\b|all-minilm|sentence-/i;

/** Whether a model, by its name, makes vectors and no words. */
export function makesVectors(model: string): boolean {
  return VECTORS.test(model);
}

/**
 * The models to choose from, by provider; those in use stand there too when their provider has not been asked yet. For vectors all are
 * offered where no name gives one away.
 */
export function offersOf({ providers, narrative, classifier, fallbacks = [], embedding = null }: Known, what: 'words' | 'vectors' = 'words'): readonly Offer[] {
  const chosen = what === 'words' ? [narrative, classifier, ...fallbacks] : [embedding];
  const anyVectors = providers.some(({ models }) => models.some(makesVectors));
  const fits = (model: string): boolean => (what === 'words' ? !makesVectors(model) : makesVectors(model) || !anyVectors);
  return providers.flatMap(({ id, name, models }) => {
    const used = chosen.filter((choice) => choice?.endpointId === id).map((choice) => choice?.model ?? '');
    const all = [...new Set([...used, ...models.filter(fits)])];
    return all.length === 0 ? [] : [{ name, models: all.map((model) => ({ key: choiceKey({ endpointId: id, model }), model })) }];
  });
}
