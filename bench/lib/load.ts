import { availableParallelism, loadavg } from 'node:os';

/** How busy the machine is besides: a figure taken on a busy one says little. */
export function load(): string {
  return `load ${(loadavg()[0] ?? 0).toFixed(1)} on ${availableParallelism()} cores`;
}
