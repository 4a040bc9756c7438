// Running other programs: one that must succeed, and one that we hand the terminal over to.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { node, root } from './paths.mjs';

/** Ends the program with one sentence a person can act on. */
export class Stop extends Error {}

const exitCode = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 1);

/**
 * Runs a program to its end and returns `{ code, output }`. The output goes to the terminal, or is kept when `quiet`.
 * A program that cannot be started ends with code 127 and says why in its output.
 */
export function run(command, args, { quiet = false, env = {}, shell = false, signal } = {}) {
  return new Promise((resolve) => {
    const stdio = ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'];
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio, shell, signal });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    const output = () => Buffer.concat(chunks).toString('utf8');
    child.on('error', (error) => resolve({ code: 127, output: `${output()}${command}: ${error.message}\n` }));
    child.on('close', (code, name) => resolve({ code: exitCode(code, name), output: output() }));
  });
}

/** Like `run` with the pinned Node 24. */
export const runNode = (args, options) => run(node, args, options);

/**
 * Starts Node 24 with `args` in this program's place: shared terminal, signals passed on, its exit code ours.
 * Ctrl-C in a terminal reaches the whole process group by itself, so an interrupt is passed on only without one.
 */
export function handOver(args, env = {}) {
  const child = spawn(node, args, { cwd: root, env: { ...process.env, ...env }, stdio: 'inherit' });
  const forward = (name) => {
    if (name === 'SIGINT' && process.stdin.isTTY) return;
    if (child.exitCode === null && child.signalCode === null) child.kill(name);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => forward(name));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, name) => resolve(exitCode(code, name)));
  });
}

/** Runs a script's body; a `Stop` becomes one sentence and exit code 1. */
export async function main(body) {
  try {
    process.exitCode = await body();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}
