// `npm run bench -- [engine|timeline|search|turn|live|prompt|story|web] [--json FILE]`: measures SPEC's table of speed and scale and prints it.
// `npm run bench -- memory FILE`: the same for a file of long conversations in LoCoMo's format.
import { parseArgs } from 'node:util';
import { load } from './lib/load.ts';
import { Report } from './lib/report.ts';

const benches = {
  engine: async () => (await import('./engine/main.ts')).engine,
  timeline: async () => (await import('./timeline/main.ts')).timeline,
  search: async () => (await import('./search/main.ts')).search,
  turn: async () => (await import('./turn/main.ts')).turn,
  live: async () => (await import('./live/main.ts')).live,
  prompt: async () => (await import('./prompt/main.ts')).prompt,
  story: async () => (await import('./spending/main.ts')).story,
  web: async () => (await import('./web/main.ts')).web,
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
// `memory` alone needs something to measure: the word after it is its file.
const recallAt = positionals.indexOf('memory');
const [, recallOf] = recallAt < 0 ? [] : positionals.splice(recallAt, 2);
const unknown = positionals.filter((name) => !(name in benches));
if (unknown.length > 0 || (recallAt >= 0 && recallOf === undefined)) {
  const others = `There are: ${Object.keys(benches).join(', ')}, and memory with a file of conversations.`;
  console.error(unknown.length > 0 ? `There is no bench called ${unknown.join(', ')}. ${others}` : 'Say which file of conversations: npm run bench -- memory FILE');
  process.exit(1);
}

const report = new Report();
console.log(`Node ${process.versions.node}, ${load()}`);
if (recallOf !== undefined) {
  console.log('\nmemory');
  await (await import('./memory/main.ts')).memory(report, recallOf);
}
for (const [name, bench] of Object.entries(benches)) {
  if ((positionals.length > 0 || recallOf !== undefined) && !positionals.includes(name)) continue;
  console.log(`\n${name}`);
  await (await bench())(report);
}
console.log(`\n${report.table()}\n\nat the end: ${load()}`);
if (values.json !== undefined) report.save(values.json);
