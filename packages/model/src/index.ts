export { createGateway, type GatewayOptions } from './gateway.ts';
export { ModelError, StructuredError, type ModelErrorCode } from './errors.ts';
export { salvage } from './repair.ts';
export type { Limits } from './limits.ts';
export { findLocalServers, type LocalServer } from './local.ts';
export { PRESETS, type Preset } from './presets.ts';
export { startRehearsal, type Rehearsal, type RehearsalOptions } from './rehearsal/server.ts';
export type {
  CallRecord,
  EmbedRequest,
  Endpoint,
  Fault,
  FinishReason,
  Gateway,
  Message,
  ModelRequest,
  Purpose,
  ReplySchema,
  Sampler,
  StandIn,
  StreamPart,
  StructuredOptions,
  TestResult,
  UnusableAnswer,
  Usage,
  WaitingCall,
} from './types.ts';
