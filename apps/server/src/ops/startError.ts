import { storageProblem } from './storageWords.ts';

/** Why Offstage cannot start, in one sentence that says what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** OP-1, OP-4: what kept the library from opening. */
export function libraryProblem(problem: unknown, path: string): StartError {
  const code = codeOf(problem);
  const words = problem instanceof Error ? problem.message : String(problem);
  if (code === 'SQLITE_NOTADB' || code === 'OFFSTAGE_NO_LIBRARY' || code.startsWith('SQLITE_CORRUPT')) {
    return new StartError(`${path} is damaged, or is no Offstage library. It was left as it is: move it away, or put back a copy of it.`);
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new StartError(`The folder of ${path} cannot be written. Allow writing there, or name another file by OFFSTAGE_DB_PATH.`);
  }
  if (code === 'OFFSTAGE_UPDATE_FAILED') {
    return new StartError(`The library ${path} could not be brought up to date (${words}). It is as it was, and a copy of it is in the folder backups beside it: start the Offstage that you used before.`);
  }
  return new StartError(`The library ${path} could not be opened: ${storageProblem(problem) ?? words}`);
}

/** What kept the settings file from opening. */
export function configProblem(problem: unknown, path: string): StartError {
  const words = codeOf(problem) === 'EISDIR' ? 'it is a folder' : (problem as Error).message;
  return new StartError(`The settings file ${path} could not be read (${words}). Mend that, or name another by OFFSTAGE_CONFIG_PATH.`);
}

/** OP-6: what kept the server from listening. */
export function listenProblem(problem: unknown, host: string, port: number): StartError {
  const code = codeOf(problem);
  const another = `Choose another port with OFFSTAGE_PORT, for example OFFSTAGE_PORT=${port === 8_000 ? 8_001 : 8_000}.`;
  if (code === 'EADDRINUSE') return new StartError(`Port ${port} is in use, perhaps by another Offstage. ${another}`);
  if (code === 'EACCES') return new StartError(`Port ${port} may not be used by this account. ${another}`);
  return new StartError(`Offstage could not listen on ${host}, port ${port}: ${(problem as Error).message}. ${another}`);
}

function codeOf(problem: unknown): string {
  return typeof problem === 'object' && problem !== null && 'code' in problem ? String(problem.code) : '';
}
