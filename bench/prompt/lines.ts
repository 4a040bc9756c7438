/** What a person says over an evening, in order; said again with other words in the gaps when the list is through. */
const SAID = [
  'So here we are again. Did you sleep?',
  'I brought {thing} for you. It was meant to be a surprise.',
  'Tell me what you were doing before I came in.',
  '*I sit down across from you and say nothing for a while.* "You look tired."',
  'My brother used to talk about {thing} as if it were a person.',
  'I never told anybody this, but I was afraid of you at first.',
  'What would you do if all of this were gone tomorrow?',
  'You could have asked me. I would have said yes.',
  '"Thank you," *I say, and mean it more than I can show.* "For {thing}, and for the rest."',
  'Somebody told me that the old bridge is to be closed in spring.',
  'Do you remember the first thing you said to me?',
  'I think I owe you an apology for yesterday.',
  'Let me hold that for you. *I take {thing} and turn it over in my hands.*',
  'What was your mother like?',
  'I am not sure I believe that.',
  'There is a letter in my pocket that I have not opened for three weeks.',
  'You are kinder than you let on.',
  'How long does it take to learn what you do?',
  'I have to be honest with you: I came here because I had nowhere else to go.',
  '*I laugh, which surprises both of us.* "That is the worst joke I have heard all year."',
  'When I was nine I lost {thing} in the river and nobody noticed but me.',
  'Ask me something that you really want to know.',
  'I promise that I will be back before the end of the week.',
  'Why do you keep {thing} if it hurts to look at it?',
  'It is late. Shall we stop here, or shall I put the kettle on once more?',
];

const THINGS = [
  'the brass key', 'a jar of plum jam', 'the green notebook', 'an old harmonica', 'the map with the burnt corner', 'a lamp without a shade',
  'the letter from Lisbon', 'a bag of walnuts', 'the broken watch', 'a spool of red thread', 'the photograph', 'a piece of blue glass',
];

/** Where the two go, now and then: a scene ends there. */
const PLACES = ['the harbour', 'the old mill', 'the roof', 'the market square', 'the boat shed', 'the garden', 'the library', 'the station'];

/** A move every so many turns. */
const SCENE = 18;

/** What the person says in turn `n`, the same at every run. */
export function lineOf(n: number): string {
  if (n > 0 && n % SCENE === 0) return `We walk to ${PLACES[(n / SCENE) % PLACES.length] ?? ''} together and arrive there as the light goes.`;
  const line = SAID[n % SAID.length] ?? '';
  return line.replaceAll('{thing}', THINGS[(n * 7) % THINGS.length] ?? '');
}
