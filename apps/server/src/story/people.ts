import type { Row } from '@offstage/domain';
import type { Store } from '@offstage/store';

/** Bots and personas that are kept at hand. */
const KEPT = 500;

/** Who is who. A bot's row may carry a whole character card, so those at play are kept at hand. */
export interface People {
  bot(botId: string): Promise<Row<'bots'> | undefined>;
  persona(personaId: string): Promise<Row<'personas'> | undefined>;
  /** Names of those among the ids who exist. */
  names(ids: Iterable<string | null>): Promise<Map<string, string>>;
  close(): void;
}

export function createPeople(store: Store): People {
  const bots = new Kept((id) => store.read.row('bots', id));
  const personas = new Kept((id) => store.read.row('personas', id));
  const stop = store.onCommit(({ diff }) => {
    if (diff.bots !== undefined) bots.forget();
    if (diff.personas !== undefined) personas.forget();
  });
  const stopStartingOver = store.onStartOver(() => {
    bots.forget();
    personas.forget();
  });
  return {
    bot: (botId) => bots.get(botId),
    persona: (personaId) => personas.get(personaId),
    async names(ids) {
      const names = new Map<string, string>();
      for (const id of new Set(ids)) {
        if (id === null) continue;
        const name = (await personas.get(id))?.name ?? (await bots.get(id))?.name;
        if (name !== undefined) names.set(id, name);
      }
      return names;
    },
    close() {
      stop();
      stopStartingOver();
    },
  };
}

class Kept<T> {
  readonly #load: (id: string) => Promise<T | undefined>;
  readonly #known = new Map<string, Promise<T | undefined>>();

  constructor(load: (id: string) => Promise<T | undefined>) {
    this.#load = load;
  }

  get(id: string): Promise<T | undefined> {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    if (this.#known.size >= KEPT) this.#known.clear();
    const loading = this.#load(id);
    this.#known.set(id, loading);
    // What could not be read is read again next time.
    loading.catch(() => this.#known.delete(id));
    return loading;
  }

  forget(): void {
    this.#known.clear();
  }
}
