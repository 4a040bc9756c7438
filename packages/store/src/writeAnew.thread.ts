// The thread that `writeAnew.ts` starts: writes a file anew, which is one statement of seconds in a large library, and brings it in.
import Sqlite from 'better-sqlite3';
import { parentPort, workerData } from 'node:worker_threads';

const { path, patience } = workerData as { readonly path: string; readonly patience: number };
const database = new Sqlite(path, { fileMustExist: true, timeout: patience });

/** False where somebody else reads what would have to go. */
function bringIn(): boolean {
  const [result] = database.pragma('wal_checkpoint(truncate)') as { readonly busy: number }[];
  return result?.busy === 0;
}

try {
  database.pragma('secure_delete = on');
  const free = bringIn();
  if (free) database.exec('vacuum');
  parentPort?.postMessage(free && bringIn());
} finally {
  database.close();
}
