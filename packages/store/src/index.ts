export type { Durability } from './connection.ts';
export type { BranchReads, TreeTurn } from './branches.ts';
export { openStore } from './open.ts';
export type { OpenOptions } from './open.ts';
export type { PurgeDecision, PurgeOptions, PurgeReport, PurgeStep } from './purge.ts';
export type { MemoryHit, MemoryQuery } from './search/memorySearch.ts';
export type { Vectors } from './search/vectors.ts';
export type {
  ClassifierFailure,
  Command,
  Commit,
  Decision,
  Draft,
  Head,
  KeptCall,
  KnownTo,
  Missed,
  Reads,
  Scope,
  Store,
  StoredFile,
} from './store.ts';
