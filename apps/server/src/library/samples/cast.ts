import { dobre } from './dobre.ts';
import { osgar } from './osgar.ts';
import type { Sample } from './sample.ts';
import { valdau } from './valdau.ts';

/** The sample cast, in the order in which it is offered. */
export const cast: readonly Sample[] = [dobre, osgar, valdau];
