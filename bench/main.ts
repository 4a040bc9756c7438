// `npm run bench -- [engine|turn|prompt|web] [--json FILE]`: measures SPEC's table of speed and scale and prints it.
import { parseArgs } from 'node:util';
import { load } from './lib/load.ts';
import { Report } from './lib/report.ts';

const benches = {
  engine: async () => (await import('./engine/main.ts')).engine,
  turn: async () => (await import('./turn/main.ts')).turn,
  prompt: async () => (await import('./prompt/main.ts')).prompt,
  web: async () => (await import('./web/main.ts')).web,
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const unknown = positionals.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`There is no bench called ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(1);
}

const report = new Report();
console.log(`Node ${process.versions.node}, ${load()}`);
for (const [name, bench] of Object.entries(benches)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(`\n${name}`);
  await (await bench())(report);
}
console.log(`\n${report.table()}\n\nat the end: ${load()}`);
if (values.json !== undefined) report.save(values.json);
