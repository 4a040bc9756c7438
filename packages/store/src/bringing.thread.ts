// The thread that `bringing.ts` starts: a connection of its own, which does nothing but bring in what waits beside the file.
import Sqlite from 'better-sqlite3';
import { parentPort, workerData } from 'node:worker_threads';

const { path, state } = workerData as { readonly path: string; readonly state: Int32Array<SharedArrayBuffer> };
const database = new Sqlite(path, { fileMustExist: true });

parentPort?.on('message', (what: 'bring in' | 'end') => {
  if (what === 'end') {
    database.close();
    parentPort?.close();
    return;
  }
  try {
    database.pragma('wal_checkpoint(passive)');
  } catch {
    // A full disk, a file that is held: the next one tries again, and the connection that writes says so.
  }
  Atomics.store(state, 0, 0);
  Atomics.notify(state, 0);
});
