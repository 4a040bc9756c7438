// Longer samples, and more of them, could not be kept; the example dialogue holds them whole.
const MAX_SAMPLES = 50;
const MAX_LENGTH = 20_000;

/**
 * How the character speaks, one sample for each `<START>` block of a card's example dialogue: what stands after
 * `{{char}}:` (or `<BOT>:`, or the name), without what the user says. A block that marks no speaker is taken whole.
 */
export function voiceSamples(dialogue: string, name: string, notes: Set<string>): string[] {
  const blocks = dialogue.split(/<START>/i);
  const samples = blocks.map((block) => ownWords(block, name)).filter((sample) => sample !== '');
  const kept = samples.filter((sample) => sample.length <= MAX_LENGTH).slice(0, MAX_SAMPLES);
  if (kept.length < samples.length) notes.add('Some examples were too long or too many to serve as voice samples.');
  return kept;
}

function ownWords(block: string, name: string): string {
  let speaker: 'nobody' | 'character' | 'other' = 'nobody';
  const own: string[] = [];
  for (const line of block.split('\n')) {
    const mark = /^\s{0,20}(\{\{\w{1,40}\}\}|<\w{1,40}>|[^\s:][^:]{0,119}):/.exec(line);
    const who = mark?.[1]?.toLowerCase();
    if (who === '{{char}}' || who === '<bot>' || who === name.toLowerCase()) {
      speaker = 'character';
      own.push(line.slice(mark?.[0].length).trim());
      continue;
    }
    // Any other word before a colon may be prose ("She said: no"); only a macro is surely somebody else.
    if (who !== undefined && /^[{<]/.test(who)) speaker = 'other';
    if (speaker === 'character') own.push(line);
  }
  return (speaker === 'nobody' ? block : own.join('\n')).trim();
}
