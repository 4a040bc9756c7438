export { createGateway, type GatewayOptions } from './gateway.ts';
export { ModelError, StructuredError, type ModelErrorCode } from './errors.ts';
export type { Limits } from './limits.ts';
export { findLocalServers, type LocalServer } from './local.ts';
export { PRESETS, type Preset } from './presets.ts';
export { startRehearsal, type Rehearsal, type RehearsalOptions } from './rehearsal/server.ts';
export type {
  CallRecord,
  Endpoint,
  FinishReason,
  Gateway,
  Message,
  ModelRequest,
  Purpose,
  ReplySchema,
  Sampler,
  StreamPart,
  TestResult,
  Usage,
  WaitingCall,
} from './types.ts';
