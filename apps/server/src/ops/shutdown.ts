import type { Log } from '../core.ts';

/** How long an orderly end may take before the process goes anyway, in ms. */
const PATIENCE_MS = 8_000;

/** Ends the process in order on SIGTERM and SIGINT: exit 0, or 1 when it does not get done in time. A second signal ends at once. */
export function endOnSignals(close: () => Promise<void>, log: Log): void {
  let ending = false;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (ending) process.exit(1);
    ending = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error({ signal }, 'stopping took too long');
      process.exit(1);
    }, PATIENCE_MS).unref();
    try {
      await close();
      process.exit(0);
    } catch (problem) {
      log.error({ err: problem }, 'stopping failed');
      process.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, (name) => void end(name));
}

/** OP-8: a mistake of ours in one request is logged and costs that request, never the process. */
export function surviveMistakes(log: Log): void {
  process.on('uncaughtException', (err) => log.error({ err }, 'an error that nobody caught'));
  process.on('unhandledRejection', (err) => log.error({ err }, 'a rejection that nobody caught'));
}
