// Sets the passphrase that is asked for where others can reach Offstage (OP-6). It may run beside the server.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { openConfig } from './ops/configFile.ts';
import { PASSPHRASE_LEAST, PASSPHRASE_MOST, keptOf } from './ops/passphrase.ts';
import { configPathOf } from './ops/paths.ts';

const { stdin, stdout } = process;
// What is typed is not shown: the lines are read through an output that says nothing.
const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
const lines = createInterface({ input: stdin, output: silent, terminal: stdin.isTTY });

async function ask(words: string): Promise<string> {
  stdout.write(words);
  const answer = await lines.question('');
  if (stdin.isTTY) stdout.write('\n');
  return answer.trim();
}

try {
  const passphrase = await ask(`A passphrase of at least ${PASSPHRASE_LEAST} characters; several words are best: `);
  if (passphrase.length < PASSPHRASE_LEAST || passphrase.length > PASSPHRASE_MOST) {
    throw new Error(`It has to have ${PASSPHRASE_LEAST} to ${PASSPHRASE_MOST.toLocaleString('en')} characters. Nothing was changed.`);
  }
  // Piped in, it is said once: there was no typing to slip in.
  if (stdin.isTTY && (await ask('The same again: ')) !== passphrase) throw new Error('The two differ. Nothing was changed.');
  const config = await openConfig(configPathOf(process.env), () => new Date().toISOString());
  const kept = await keptOf(passphrase);
  await config.update((current) => ({ ...current, owner: { passphrase: kept } }));
  console.log(`${stdin.isTTY ? '' : '\n'}The passphrase is set; ${config.name} keeps a hash of it. Whoever was in has to give it anew.`);
} catch (problem) {
  process.stderr.write(`${stdin.isTTY ? '' : '\n'}${(problem as Error).message}\n`);
  process.exitCode = 1;
} finally {
  lines.close();
}
