import type { Character, Room } from './characters.ts';

const OPENINGS = [
  'Hello there. *I stop a few steps away.* "They tell me you are the {name}. Is that so?"',
  '*I come in out of the wind and look around {room}.* "Good day. I hoped somebody would be here."',
  '"Forgive me for walking in like this," I say. "Somebody spoke of {a}, and of you."',
];

/** Questions, actions, small talk and turns of the story; each takes up something the character is made of. */
const LINES = [
  'What is the best thing about {a}?',
  '"Tell me about {a}," I say. "I have time."',
  '*I sit down and listen for a while.* "And {b}? Does that trouble you?"',
  'Who taught you what you know of {a}?',
  '*I point to something by the wall.* "What is that? It looks like {b}."',
  '"I once knew somebody who cared for nothing but {a}. It ended badly."',
  'If you could change one thing about {b}, what would it be?',
  '*I offer you half of my bread.* "Eat. You look as if you had a long day."',
  '"You said: {quote} What did you mean by that?"',
  '*A noise outside. I get up and look.* "Did you hear that?"',
  'Are you afraid of {a}?',
  '"Let us make a bargain. I help you with {a}, and you tell me the truth about {b}."',
  '*I laugh.* "No. You cannot be serious about {b}."',
  'How long have you been here, in {room}?',
  '"I must tell you something, and you will not like it: I came because of {a}."',
  '*I say nothing for a moment, and look at your hands.*',
  'What would you do if {b} were gone tomorrow?',
  '"My mother used to say that {a} makes people honest. Was she right?"',
  '((Let us take this slowly.)) "Show me, then. Show me {b}."',
  '*I take a step back.* "Easy. I meant no harm by asking about {a}."',
  'Whom do you trust, when it comes to {b}?',
  '"Come with me a little way. We can talk of {a} as we go."',
  '*I write it down in my little book.* "{a}. And then? What happened then?"',
  'Is there anything that you have never told anyone about {b}?',
  '"It grows late. Before I go: what should I remember about {a}?"',
];

/** What goes before a phrase that has been said already, by the round. */
const LEADS = [
  '',
  '*After a while.* ',
  '*I look up again.* ',
  '*I turn back from the door.* ',
  '*I shake my head.* ',
  '*Later, when it is quieter.* ',
  '*I lower my voice.* ',
  '*I begin anew.* ',
];

const COMMON = new Set(
  'about above after again all always among and another any are around because been before being both came come could does doing done down each ever every everything few first for from get going had has have having her here hers him his how into its just keep kept know less like little live lives long look made make many more most much must myself never not nothing now off often once one only other our out over own people person really said same see seem she should since small some someone something sometimes still such take than that the their them then there these they thing things this those though through time told too took try under until upon use used very want wants was way well went were what when where which while who whole will with without work would year years you your yours'.split(' '),
);

/**
 * What is said to a character in the turn `n` (from 0), the same at every run. No line comes twice in two hundred turns: the
 * phrases go round, and with each round they begin otherwise and take other words from the character's persona.
 */
export function lineFor(character: Character, room: Room | undefined, n: number): string {
  const words = keywords(character);
  const start = seedOf(character.name);
  const word = (at: number): string => words[(start + at) % words.length] ?? 'this place';
  const phrases = n === 0 ? OPENINGS : LINES;
  const phrase = phrases[(start + n) % phrases.length] ?? '';
  const round = Math.floor(n / LINES.length);
  const lead = LEADS[round % LEADS.length] ?? '';
  return `${lead}${phrase}`
    .replaceAll('{a}', word(n + round))
    .replaceAll('{b}', word(n * 2 + round + 1))
    .replaceAll('{name}', character.name)
    .replaceAll('{room}', room?.name ?? 'this place')
    .replaceAll('{quote}', sentence(character, n));
}

/** Words that carry what a persona speaks of, each once, in order. */
function keywords({ persona, description }: Character): readonly string[] {
  const found = `${persona.join(' ')} ${description}`.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  const words = [...new Set(found.filter((word) => !COMMON.has(word)))];
  return words.length > 0 ? words : ['this place'];
}

/** A sentence of the persona, as somebody would quote it: without quotation marks of its own. */
function sentence({ persona }: Character, n: number): string {
  const all = persona.join(' ').split(/(?<=[.!?])\s+/).filter((one) => one.length > 8);
  const one = (all[n % Math.max(1, all.length)] ?? persona[0] ?? '').replaceAll(/["“”*]/g, '').trim();
  return one.length > 200 ? `${one.slice(0, 199).trimEnd()}…` : one;
}

function seedOf(name: string): number {
  let seed = 0;
  for (const letter of name) seed = (seed * 31 + (letter.codePointAt(0) ?? 0)) % 9_973;
  return seed;
}
