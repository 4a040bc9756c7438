import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { factsOf, pronounsIn } from '../src/rehearsal/facts.ts';
import { hear } from '../src/rehearsal/heard.ts';
import { kickoff } from '../src/rehearsal/kickoff.ts';
import { placeInSentence } from '../src/rehearsal/places.ts';
import { readPrompt } from '../src/rehearsal/prompt.ts';
import { surroundings } from '../src/rehearsal/surroundings.ts';
import { anchorIn, weatherIn, whenIn } from '../src/rehearsal/when.ts';

const bearing = z.strictObject({ posture: z.string().min(1), action: z.string().min(1), holding: z.array(z.string()) });
const shape = z.strictObject({
  place: z.strictObject({ name: z.string().min(1), type: z.string().min(1), description: z.string() }),
  time: z.strictObject({ iso: z.iso.datetime().nullable(), label: z.string().min(1) }),
  weather: z.string().nullable(),
  anchor: z.string().nullable(),
  you: bearing,
  bot: bearing,
  edge: z.strictObject({ affinity: z.number().min(0).max(100), trust: z.number().min(0).max(100), summary: z.string().min(1) }),
  title: z.string().min(1).max(80),
});

function read(prose: string, bot = 'Mara', you = 'Ana'): z.output<typeof shape> {
  return shape.parse(kickoff(readPrompt([{ role: 'user', content: `Bot: ${bot}\nYou: ${you}\n\nKickoff:\n${prose}` }])));
}

describe('SC-1 the rehearsal model reads a kickoff', () => {
  it('SC-1 a night in a tavern', () => {
    const found = read(
      'Rain hammers the windows of the Drowned Rat. It is late evening, and Mara is behind the bar, polishing a glass. You push open the door, a wet satchel over your shoulder. You have never met.',
    );
    expect(found).toEqual({
      place: { name: 'The Drowned Rat', type: 'tavern', description: 'Rain hammers the windows of the Drowned Rat.' },
      time: { iso: null, label: 'Late evening' },
      weather: 'Rain',
      anchor: null,
      you: { posture: 'moving', action: 'arriving', holding: ['a wet satchel'] },
      bot: { posture: 'standing', action: 'polishing a glass', holding: ['a glass'] },
      edge: { affinity: 50, trust: 40, summary: 'They have only just met. You have never met.' },
      title: 'The Drowned Rat, late evening',
    });
  });

  it('SC-1 old friends in a library', () => {
    const found = read(
      'On Tuesday morning Elias sits in the back room of the old library, reading a letter. You are his oldest friend, and you stand in the doorway holding a lantern. Snow is falling. It is the day after the funeral.',
      'Elias Thorn',
    );
    expect(found.place).toMatchObject({ name: 'Back room of the old library', type: 'study' });
    expect(found.time.label).toBe('Tuesday morning');
    expect(found.weather).toBe('Snow');
    expect(found.anchor).toBe('Day 1 = the day after the funeral');
    expect(found.bot).toMatchObject({ posture: 'sitting', action: 'reading a letter' });
    expect(found.you).toMatchObject({ posture: 'standing', holding: ['a lantern'] });
    expect(found.edge.affinity).toBeGreaterThan(70);
    expect(found.title).toBe('Back room, Tuesday morning');
  });

  it('SC-1 an enemy on a train, with a date', () => {
    const found = read(
      'The 14th of October 1889, 9 pm. Aboard the night train to Vienna, Countess Irena kneels beside an open trunk with a pistol in her hand. She is your sworn enemy.',
      'Irena',
    );
    expect(found.place).toMatchObject({ name: 'Night train', type: 'vehicle' });
    expect(found.time).toEqual({ iso: '1889-10-14T21:00:00.000Z', label: '14 October 1889, Evening, 21:00' });
    expect(found.bot).toMatchObject({ posture: 'kneeling', holding: ['a pistol'] });
    expect(found.edge).toMatchObject({ affinity: 10, trust: 10 });
    expect(found.title).toBe('Night train, 14 October 1889, evening');
  });

  it('SC-1 a crush in a coffee shop, in asterisks, with macros', () => {
    const found = read('*{{char}} leans against the counter of a small coffee shop.* "You made it, {{user}}!" It is a sunny afternoon. He has a crush on you.', 'Leo');
    expect(found.place).toMatchObject({ name: 'Small coffee shop', type: 'café' });
    expect(found.bot.posture).toBe('leaning');
    expect(found.weather).toBe('Clear');
    expect(found.edge.affinity).toBeGreaterThan(60);
  });

  it('SC-1 an opening that begins with a place and no verb', () => {
    const lift = read(
      'A service lift in Pillar Nine, stopped between floors, at ten past nine on a Thursday evening. Outside there is a storm. Halina sits on her toolbox with her boots crossed, unscrewing the lid of a flask. Ana stands by the doors with a bag of groceries.',
      'Halina Dobre',
    );
    expect(lift).toMatchObject({
      place: { name: 'Service lift in Pillar Nine', type: 'vehicle' },
      weather: 'Storm',
      bot: { posture: 'sitting', action: 'unscrewing the lid of a flask', holding: [] },
      you: { posture: 'standing', action: 'by the doors', holding: ['a bag of groceries'] },
      title: 'Service lift, Thursday evening',
    });
    const gallery = read("The interpreters' gallery above the hall at Ostrel Ford, a few minutes after six in the evening. Mara stands at the rail with her back to the hall, drawing off her gloves a finger at a time.");
    expect(gallery).toMatchObject({
      place: { name: "Interpreters' gallery above the hall at Ostrel Ford", type: 'study' },
      time: { label: 'Evening, 18:05' },
      bot: { action: 'drawing off her gloves a finger at a time' },
    });
  });

  it('SC-1 nothing to go by still gives a whole form', () => {
    expect(read('Hello.')).toMatchObject({ place: { name: 'Somewhere quiet' }, time: { iso: null, label: 'Evening' }, edge: { affinity: 50, trust: 50 } });
    expect(() => read('')).not.toThrow();
    shape.parse(kickoff(readPrompt([{ role: 'system', content: 'You are Kit.' }, { role: 'user', content: 'Kit waits at the harbour.' }])));
  });

  it('SC-1 ties of every kind are told apart', () => {
    const affinity = (prose: string): number => read(prose).edge.affinity;
    const order = ['She hates you.', 'She is your rival.', 'You are strangers.', 'You are friends.', 'She is your sister.', 'She is your wife.'].map(affinity);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(order).size).toBe(order.length);
  });

  it('SC-1 times, dates, weather and anchors', () => {
    expect(whenIn('It was 3:30 in the morning').label).toBe('After midnight, 03:30');
    expect(whenIn('A room, a quarter to three in the morning on the second of February. The heating has been off since Friday.').label).toBe('After midnight, 02:45, 2 February');
    expect(whenIn('A lift, at ten past nine on a Thursday evening in November. Nobody comes before midnight.').label).toBe('Thursday evening, 21:10, in November');
    expect(whenIn('At six o’clock in the evening.').label).toBe('Evening, 18:00');
    expect(whenIn('At noon, in early spring')).toEqual({ iso: null, label: 'Noon, in spring' });
    expect(whenIn('June 3, 1944, at dawn')).toEqual({ iso: '1944-06-03T06:00:00.000Z', label: '3 June 1944, Dawn' });
    expect(whenIn('2041-02-28, 12 am')).toEqual({ iso: '2041-02-28T00:00:00.000Z', label: '28 February 2041, After midnight, 00:00' });
    expect(whenIn('2041-13-99').iso).toBeNull();
    expect(['a thunderstorm', 'drizzle', 'fog', 'a blizzard', 'an overcast sky', 'nothing'].map(weatherIn)).toEqual(['Thunderstorm', 'Drizzle', 'Fog', 'Blizzard', 'Overcast', null]);
    expect(anchorIn('It was the night the ferries stopped running, and')).toBe('Day 1 = the night the ferries stopped running');
  });
});

describe('MO-2 what surrounds a scene', () => {
  it('MO-2 places within a sentence', () => {
    expect(['Back room of the inn', 'Kitchen', 'Port Verity', 'The Drowned Rat', 'A small boat', 'the pier'].map(placeInSentence)).toEqual([
      'the back room of the inn', 'the kitchen', 'Port Verity', 'the Drowned Rat', 'a small boat', 'the pier',
    ]);
  });

  it('MO-2 the hour of a clock', () => {
    for (const [time, words] of [['Saturday, 21 November 2026 at 23:10', /late|dark/], ['07:00', /day|Morning/], ['14:00', /middle|Shadows/], ['19:30', /light|evening/]] as const)
      expect(surroundings('', '', time).join(' ')).toMatch(words);
    expect(surroundings('', '', '')).toEqual([]);
  });
});

describe('MO-2 how the rehearsal model reads', () => {
  it('MO-2 a prompt with headings', () => {
    const prompt = readPrompt([
      { role: 'system', content: 'Rules.\n\nYou are Dr. Ada Quill.\n\n# Persona\nShe studies moths.\n\n# Voice\nOne.\n---\nTwo.\n\n# Traits\nkind, exact' },
      { role: 'user', content: 'Sam: Hello there' },
      { role: 'assistant', content: 'Hm.' },
      { role: 'system', content: '# Scene\n- Place: The greenhouse\n- Time: noon\n- Present: Dr. Ada Quill, Sam' },
      { role: 'user', content: 'Kit: And me' },
    ]);
    expect(prompt).toMatchObject({
      name: 'Dr. Ada Quill',
      persona: 'She studies moths.',
      voice: ['One.', 'Two.'],
      traits: ['kind', 'exact'],
      place: 'The greenhouse',
      time: 'noon',
      weather: '',
      present: ['Dr. Ada Quill', 'Sam'],
      last: 'Kit: And me',
    });
    expect(prompt.turns).toEqual([
      { speaker: 'Sam', text: 'Hello there', own: false },
      { speaker: 'Dr. Ada Quill', text: 'Hm.', own: true },
      { speaker: 'Kit', text: 'And me', own: false },
    ]);
  });

  it('MO-2 what a message does', () => {
    const acts: [string, string][] = [
      ['Hello!', 'greeting'],
      ['"Good evening," she says.', 'greeting'],
      ['Why did you go?', 'asks-why'],
      ['Where is the key?', 'asks-where'],
      ['When does it start?', 'asks-until'],
      ['When did it start?', 'asks-when'],
      ['What is that?', 'asks-what'],
      ['Did you do it?', 'asks-whether'],
      ['Who are you?', 'asks-who'],
      ['Who was your brother?', 'asks-what'],
      ['(Mara speaks first. Open the scene.)', 'begins'],
      ['*says nothing*', 'silent'],
      ['How are you?', 'asks-how-are-you'],
      ['Please help.', 'request'],
      ['Thank you!', 'thanks'],
      ["I'm sorry.", 'apology'],
      ['You are lovely.', 'kindness'],
      ['You idiot.', 'insult'],
      ["I'll kill you", 'threat'],
      ["I'm scared.", 'confession'],
      ['He is dead.', 'news'],
      ['Would you like tea', 'offer'],
      ['I have some bread for you', 'offer'],
      ['Goodbye.', 'farewell'],
      ['Yes, gladly.', 'agrees'],
      ['No.', 'refuses'],
      ['haha', 'jokes'],
      ['I walked along the river all day.', 'tells'],
      ['*walks in*', 'arrives'],
      ['*storms out*', 'leaves'],
      ['*takes your hand*', 'touches'],
      ['*hands her the letter*', 'gives'],
      ['*slaps him*', 'attacks'],
      ['*nods*', 'looks'],
      ['...', 'silent'],
      ['((brb)) *waits*', 'looks'],
      ['My name is Ada.', 'introduces'],
      ['My brother drowned when I was ten.', 'grieves'],
      ['I work for the owners.', 'discloses'],
      ['Shall we walk down to the hall?', 'proposes'],
      ["I won't. I promise.", 'promises'],
      ['No, I am not here to spy on you.', 'denies'],
      ['This is a telephone.', 'shows'],
      ['The light is back!', 'exclaims'],
      ['Tell me about the brake.', 'asks-what'],
      ["I'm scared of heights, which is stupid.", 'confession'],
      ['You are a nosy old woman.', 'insult'],
      ['I could report you.', 'threat'],
      ['Honestly? I hate my flat.', 'tells'],
      ['How long until they come?', 'asks-until'],
      ['Is there anything I can do to help?', 'offer'],
      ["You're wrong about that.", 'contradicts'],
      ['My mother used to make soup like this.', 'discloses'],
      ['I love you, you know.', 'loves'],
      ['Maybe. I do not know.', 'unsure'],
      ['That is sad.', 'pities'],
      ['*I lean my head on your shoulder.*', 'touches'],
      ['*sits down on the floor*', 'settles'],
    ];
    expect(acts.map(([message]) => [message, hear(message, []).act])).toEqual(acts);
  });

  it('MO-2 what a message is about, turned round', () => {
    expect(hear('I lost my brother near the old harbour.', ['Mara']).topics).toEqual(['your brother', 'the old harbour']);
    expect(hear('Is your sister in Port Verity?', []).topics).toEqual(['my sister', 'Port Verity']);
    expect(hear('Mara, it is really quite late and I am going.', ['Mara']).topics).toEqual([]);
  });

  it('MO-2 what a card tells, in the first person', () => {
    const told = (card: string, name: string, you?: string) => factsOf(card, name, pronounsIn(card), you).map((fact) => fact.text);
    expect(told('Mara keeps the light. She lost her brother when she was young. She washes and carries on. He left her alone there. She is a tall woman of fifty.', 'Mara Finch')).toEqual([
      'I keep the light.', 'I lost my brother when I was young.', 'I wash and carry on.', 'I am a tall woman of fifty.',
    ]);
    expect(told('She answers a question with a better one, gives advice slowly, and will not be flattered. Her boat sank; she still has the brake. There is a book in which she writes. It is in the pipe of her room.', 'Mara')).toEqual([
      'I answer a question with a better one, give advice slowly, and will not be flattered.', 'My boat sank.', 'I still have the brake.', 'There is a book in which I write. It is in the pipe of my room.',
    ]);
    expect(told('She has liked Ada’s notes from the first day, and has been reading them. Ada owns a boat. A ministry praises Mara and wonders about her.', 'Mara', 'Ada')).toEqual([
      'I have liked your notes from the first day, and have been reading them.', 'You own a boat.', 'A ministry praises me and wonders about me.',
    ]);
    expect(told('Kit always hurries home at night. They fear the dark sea.', 'Kit')).toEqual(['I always hurry home at night.']);
  });
});
