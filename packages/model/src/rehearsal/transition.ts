import type { Prompt } from './prompt.ts';
import { Dice, hash } from './seed.ts';

/** What the narrator of a skip is asked, as its prompt tells it. */
interface Asked {
  readonly jumps: boolean;
  readonly place: string;
  readonly now: string;
  readonly between: string;
  readonly skipped: string;
}

const ARRIVES = /\b(?:arriv|reach|get there|are there|land|dock|harbou?r|home)\w*/i;
const ON_THE_WAY = ['The way went by in few words.', 'The road, the minutes, the small talk: none of it asked to be kept.', 'Step after step went by, and nothing on the way held them up.'];
const A_WHILE = ['It took its time, and then it was done.', 'The rest of it went as such things go.', 'What was left of it passed without a word that mattered.'];
const THERE = ['Then they were there.', 'At last it lay before them.'];
const AFTER = ['Afterwards it was quiet for a breath or two.', 'Then there was room again for other things.'];
const LIGHT: readonly (readonly [from: number, words: readonly string[]])[] = [
  [0, ['The night stood still over everything.', 'It was that hour in which even the dogs are silent.']],
  [5, ['Grey light came first, and the colours after it.', 'Morning came up slowly, as if it had all the time there is.']],
  [10, ['The day was at work already, and the light stood high.', 'By then the day was well under way.']],
  [14, ['The afternoon lay long and pale over everything.', 'The light had begun to lean.']],
  [18, ['Evening had come, and the first lamps with it.', 'The day had gone, and left its warmth behind.']],
  [22, ['Night had fallen, and the windows looked back at whoever looked out.', 'It was late, and what was lit was lit by hand.']],
];

/** Whether a prompt asks for the words of a skip. */
export function asksTransition(prompt: Prompt): boolean {
  return /^# What to skip\s*$/m.test(prompt.messages.at(-1)?.content ?? '');
}

/** The few sentences that tell a skip, the same for the same prompt and seed. */
export function transition(prompt: Prompt, seed: number): string {
  const asked = readAsked(prompt);
  const dice = new Dice(hash(`${asked.skipped}\n${asked.now}\n${seed}`));
  const one = (list: readonly string[]): string => list[Math.floor(dice.roll() * list.length)] ?? '';
  if (!asked.jumps) return ARRIVES.test(asked.skipped) ? `${one(ON_THE_WAY)} ${one(THERE)}` : `${one(A_WHILE)} ${one(AFTER)}`;
  const hour = Number(/\b(\d{1,2}):\d\d\b/.exec(asked.now)?.[1] ?? 8);
  const light = one(LIGHT.findLast(([from]) => hour >= from)?.[1] ?? []);
  // A name of many words wants an article that it does not have ("Conservation room of the museum was ...").
  const place = /^(?:the|an?|my|your|our|his|her|their)\s|^\S+(?:\s\S+)?$/i.test(asked.place) ? `${asked.place} was where it had always been.` : 'Nothing had moved that was not meant to.';
  return [light, place, asked.between === '' ? '' : 'What had been in between still hung in the air a little.'].filter((part) => part !== '').join(' ');
}

function readAsked(prompt: Prompt): Asked {
  const text = prompt.messages.at(-1)?.content ?? '';
  const section = (heading: string): string => new RegExp(String.raw`^# ${heading}\s*\n([\s\S]*?)(?=^# |$(?![\s\S]))`, 'm').exec(text)?.[1]?.trim() ?? '';
  const scene = section('The scene');
  return {
    jumps: /leaps ahead/.test(prompt.messages[0]?.content ?? ''),
    place: /^Place: ([^.\n]+)/m.exec(scene)?.[1]?.trim() ?? '',
    now: /^It is now: (.+)$/m.exec(scene)?.[1] ?? '',
    between: section('In between'),
    skipped: section('What to skip'),
  };
}
