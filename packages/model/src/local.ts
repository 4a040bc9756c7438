import { Clients } from './clients.ts';
import { PRESETS, type Preset } from './presets.ts';
import { listModels } from './probe.ts';

/** A server on this machine answers within this, or it is not there. */
const LOOK_MS = 1_000;

export interface LocalServer {
  readonly presetId: string;
  readonly baseUrl: string;
  readonly models: string[];
}

/** Looks for model servers at the addresses of the local presets, all at once. What does not answer as an API is left out. */
export async function findLocalServers(signal: AbortSignal, presets: readonly Preset[] = PRESETS): Promise<LocalServer[]> {
  const clients = new Clients();
  const looks = presets
    .filter((preset) => preset.local)
    .map(async ({ id, name, baseUrl }): Promise<LocalServer[]> => {
      const endpoint = { id, name, baseUrl, maxConcurrent: 1 };
      return listModels(clients, endpoint, signal, LOOK_MS).then(
        (models) => [{ presetId: id, baseUrl, models }],
        () => [],
      );
    });
  return (await Promise.all(looks)).flat();
}
