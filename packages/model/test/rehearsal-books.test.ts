import { describe, expect, it } from 'vitest';
import { answerPart } from '../src/rehearsal/parts.ts';
import { readPrompt } from '../src/rehearsal/prompt.ts';
import { ABOUT, AGAIN, BACK, COLD, FOND, LINES, ON, OPEN, PARTING, QUIET, SAID_BEFORE, SHUT, TOLD } from '../src/rehearsal/lines.ts';

interface Passes {
  memories: { told: { teller: string; hearer: string; fact: string }[] };
  significance: { score: number };
  edges: { moves: { from: string; to: string; affinity: number; trust: number; facts: string[] }[] };
  activity: { minutes: number; weather: string | null; people: { name: string; place: string | null; posture: string | null; action: string | null; holding: string[] | null }[] };
  scene: { ended: boolean; how: string; place: { name: string; type: string; description: string } | null };
}

const PARTS = { memories: {}, significance: {}, edges: {}, activity: {}, scene: {} };

interface Setting {
  readonly reply?: string;
  readonly present?: string;
  readonly now?: string;
  readonly before?: string;
  readonly feelings?: string;
  readonly parts?: Record<string, unknown>;
}

/** What is noted of "Ada: message" and Mara's reply, in the compact layout. */
function noted(message: string, setting: Setting = {}): Passes {
  const { reply = '*Mara nods.* "I see."', present = 'Ada (the person), Mara', now = '- Mara: standing', before = '', feelings = '', parts = PARTS } = setting;
  const content = [
    `# Present\n${present}`,
    `# Now\nPlace: The lamp room, lighthouse\nTime: Tuesday, 5 October 1889 at 20:40\nWeather: rain\n${now}`,
    `# Feelings\n${feelings}`,
    `# Before\n${before}`,
    `# The turn\nAda: ${message}\nMara: ${reply}`,
    '# What to note\n- memories: told\n- scene: # Present is not a heading here',
  ].join('\n\n');
  return answerPart('passes', { properties: parts }, readPrompt([{ role: 'system', content: 'You keep the books.' }, { role: 'user', content }])) as Passes;
}

const towardsAda = (message: string, setting?: Setting) => noted(message, setting).edges.moves.find((move) => move.from === 'Mara' && move.to === 'Ada');

describe('ED-1 feelings', () => {
  it('ED-1 a kind line moves affinity up, an insult down', () => {
    for (const kind of ['You are very kind, Mara.', 'Thank you for the soup.', 'I made this for you.', '"I missed you." *I hug her.*', 'Well done!', "I'm sorry, Mara."])
      expect(towardsAda(kind)?.affinity, kind).toBeGreaterThan(0);
    for (const unkind of ['You are an idiot.', 'Shut up, Mara.', 'I hate you.', '*I slap her.*', "I'll kill you.", 'You stupid old fool!', '*storms out*', 'You are a nosy old woman.', 'You stink, you old corpse.'])
      expect(towardsAda(unkind)?.affinity, unkind).toBeLessThan(0);
  });

  it('ED-1 promises kept and secrets shared move trust up, lies and threats down', () => {
    for (const honest of ['I came back, as I promised.', 'I kept my word.', 'The truth is that I was scared.', 'I trust you.', "Don't tell anyone, but the key is mine."])
      expect(towardsAda(honest)?.trust, honest).toBeGreaterThan(0);
    for (const false_ of ['I lied to you.', 'I broke my promise.', '*draws a knife*', 'Or else.', 'I don’t trust you.']) expect(towardsAda(false_)?.trust, false_).toBeLessThan(0);
  });

  it('ED-1 ordinary talk moves nothing, and the writer is seldom moved', () => {
    for (const plain of ['What is that over there?', 'The tide is late today.', "I don't hate you.", "You're not a fool.", 'He is a fool.', 'Hello.', '*nods*']) expect(noted(plain).edges.moves, plain).toEqual([]);
    expect(noted('Hello.', { reply: '"Thank you for coming."' }).edges.moves).toEqual([]);
    expect(noted('Hello.', { reply: '*She slaps Ada.* "I hate you."' }).edges.moves).toMatchObject([{ from: 'Ada', to: 'Mara' }]);
    expect(noted('You are kind and brave, Jon. I love you. I trust you.').edges.moves[0]?.affinity).toBeLessThanOrEqual(10);
  });

  it('ED-1 facts are learned from what people tell of themselves, once', () => {
    const facts = (message: string, setting?: Setting) => towardsAda(message, setting)?.facts ?? [];
    expect(facts('My brother drowned.')).toEqual(["Ada's brother drowned"]);
    expect(facts('I am a baker.')).toEqual(['Ada is a baker']);
    expect(facts('My name is Ada, and I am a baker.')).toEqual(['Ada is a baker']);
    expect(facts('Well, I grew up in Port Verity, and I never learned to swim.')).toEqual(['Ada grew up in Port Verity, and they never learned to swim']);
    expect(facts('I live on the north side. I work at the mill.')).toEqual(['Ada lives on the north side', 'Ada works at the mill']);
    expect(facts('I have two sisters.')).toEqual(['Ada has two sisters']);
    expect(facts('I am a baker.', { feelings: 'Mara towards Ada: affinity 50, trust 50. Known: Ada is a baker.' })).toEqual([]);
    for (const none of ['I am a bit tired.', 'I am cold.', 'My name is Ada.', 'My hands are cold.', 'Am I a baker?', 'I saw a gull.', '*I am a shadow on the wall*']) expect(facts(none), none).toEqual([]);
    const learned = noted('Tell me about yourself.', { reply: '"I keep the light. I lost my brother to the breakwater."' });
    expect(learned.edges.moves).toContainEqual(expect.objectContaining({ from: 'Ada', to: 'Mara', facts: ['Mara keeps the light', 'Mara lost their brother to the breakwater'] }));
  });

  it('ED-1 with a guest, who was spoken to is moved', () => {
    const moves = noted('Jon, you are an idiot.', { present: 'Ada (the person), Mara, Jon', reply: '"Ada!"' }).edges.moves;
    expect(moves.find((move) => move.from === 'Jon')).toMatchObject({ to: 'Ada', affinity: -4 });
    expect(moves.find((move) => move.from === 'Mara')?.affinity).toBe(-2);
  });
});

describe('ME-3 who was told what', () => {
  it('ME-3 news and secrets, in the third person', () => {
    const told = (message: string) => noted(message).memories.told;
    expect(told('Jon told me that the ferry sank.')).toEqual([{ teller: 'Ada', hearer: 'Mara', fact: 'Jon told Ada that the ferry sank' }]);
    expect(told('The miller is dead.')).toEqual([{ teller: 'Ada', hearer: 'Mara', fact: 'The miller is dead' }]);
    expect(told("Don't tell anyone, but I took the key.")[0]?.fact).toBe('Ada took the key');
    expect(told('I saw Jon hiding a letter.')[0]?.fact).toBe('Ada saw Jon hiding a letter');
    for (const none of ['Hello.', 'Is the miller dead?', 'What did Jon say?', 'Nice weather.', 'I am a baker.', '*She tells me nothing.*']) expect(told(none), none).toEqual([]);
    expect(told(Array.from({ length: 9 }, (_, n) => `Jon told me that bell ${n} rang.`).join(' '))).toHaveLength(5);
  });
});

describe('SC-2 the end of a scene', () => {
  const ending = (message: string, setting?: Setting) => noted(message, setting).scene;

  it('SC-2 going somewhere together', () => {
    expect(ending('We walk to the harbour.')).toMatchObject({ ended: true, how: 'left', place: { name: 'Harbour', type: 'shore' } });
    expect(ending('*We put on our coats and walk down to the old market together.*').place).toMatchObject({ name: 'Old market', type: 'street' });
    expect(ending('"Come." *I take your hand and lead you out into the garden.*').place?.name).toBe('Garden');
    expect(ending('*Mara and I drive back to the farmhouse.*').place).toMatchObject({ name: 'Farmhouse', type: 'home' });
    expect(ending('*I go home.*').place).toMatchObject({ name: 'Home', type: 'home' });
    expect(ending('We arrive at the Drowned Rat.').place?.name).toBe('The Drowned Rat');
    expect(ending("Let's go home.", { reply: '*They arrive an hour later, wet through.*' }).place).toMatchObject({ name: 'Home' });
    expect(ending('We go to the harbour.').place?.description).toBe('Ada and Mara came here from the lamp room.');
    expect(ending('Yes.', { reply: '*She takes Ada to the cellar.*' }).place?.name).toBe('Cellar');
  });

  it('SC-2 an explicit end, a fade, a last goodnight', () => {
    expect(ending('The scene ends.')).toEqual({ ended: true, how: 'ended', place: null });
    expect(ending('(Fade out.)')).toEqual({ ended: true, how: 'faded', place: null });
    expect(ending('*Fade to black.*').how).toBe('faded');
    expect(ending('"Goodnight, Mara." *I walk out and close the door behind me.*')).toMatchObject({ ended: true, how: 'ended' });
    expect(ending('"Goodbye." *I leave.*').ended).toBe(true);
  });

  it('SC-2 talk about places ends nothing', () => {
    for (const talk of [
      'Have you been to the harbour?', 'We should go to the harbour some day.', 'I remember the harbour.', "Let's go to the harbour.", 'I walked to the harbour yesterday.', 'We could walk to the harbour.',
      'I want to go home.', 'If we walk to the harbour, we will be late.', '"We walk to the harbour every Sunday."', '*I walk to the window.*', 'I walk over to the table and sit down.', 'We walk to the window.',
      'Goodnight.', '*I walk away.*', 'The light fades in the window.', 'Jon goes to the harbour often.', 'In the end it was nothing.', '"The end."', 'My brother drowned.', 'We are in the lamp room.', 'We walk to the lamp room.',
      'I never go to the market.', 'Do you go to the market?', 'I will go to the station tomorrow.', 'I used to run to the beach.', '*I look towards the harbour.*',
    ])
      expect(ending(talk), talk).toEqual({ ended: false, how: 'no', place: null });
    expect(ending('Yes.', { reply: '*She walks to the harbour.*' }).ended).toBe(false);
  });
});

describe('SC-3 time and people', () => {
  it('SC-3 minutes by length, by what is named, by the way', () => {
    const minutes = (message: string, setting?: Setting): number => noted(message, setting).activity.minutes;
    expect(minutes('Hello.')).toBe(1);
    expect(minutes('word '.repeat(100))).toBe(2);
    expect(minutes('word '.repeat(2_000))).toBe(5);
    expect(minutes('Ten minutes later we are done.')).toBe(10);
    expect(minutes('*An hour passes.*')).toBe(60);
    expect(minutes('We talk for ten minutes.')).toBe(10);
    expect(minutes('*Half an hour later the rain stops.*')).toBe(30);
    expect(minutes('We walk to the harbour.')).toBe(10);
    expect(minutes('*We drive to the station.*')).toBe(30);
    expect(minutes('I was here ten minutes ago.')).toBe(1);
    expect(minutes('"An hour later he was dead."')).toBe(1);
    expect(minutes('Can you wait for ten minutes?')).toBe(1);
  });

  it('WD-5 postures, places within a place, things held', () => {
    const person = (message: string, name: string, setting?: Setting) => noted(message, setting).activity.people.find((one) => one.name === name);
    expect(person('*sits down on the crate*', 'Ada')).toMatchObject({ posture: 'sitting', place: 'the crate', action: 'on the crate', holding: null });
    expect(noted('We walk to the harbour.').activity.people).toMatchObject([{ name: 'Ada', posture: 'standing', action: 'arriving' }, { name: 'Mara', posture: 'standing', action: 'arriving' }]);
    expect(person('*sits down on the floor beside the toolbox*', 'Ada')?.place).toBe('the floor');
    expect(person('Yes.', 'Mara', { reply: '*Mara stands at the window.*' })).toMatchObject({ posture: 'standing', place: 'the window' });
    expect(person('*I walk to the window.*', 'Ada')).toMatchObject({ place: 'the window' });
    expect(person('*I take the lamp and kneel.*', 'Ada')).toMatchObject({ holding: ['the lamp'] });
    expect(person('Yes.', 'Mara', { reply: '*She puts down the lamp.*', now: '- Mara: sitting, holding a lamp and a key' })).toMatchObject({ holding: ['a key'] });
    const given = noted('*I hand her the key.*', { now: '- Ada: standing, holding a key' }).activity.people;
    expect(given.find((one) => one.name === 'Ada')?.holding).toEqual([]);
    expect(given.find((one) => one.name === 'Mara')?.holding).toEqual(['the key']);
    expect(person('*I sweep the floor*', 'Ada')?.action).toBe('sweeping the floor');
    for (const none of ['*I take a breath.*', '*takes a moment before answering*', '*takes a step after her*', '*I draw a breath.*', '*brushes something off her sleeve*', '*takes a seat in her mind? no*', 'You should sit down.', 'Why did you take the lamp?', '*The clock stops.*', '"I sit here every day."']) expect(noted(none).activity.people, none).toEqual([]);
  });

  it('SC-8 the weather turns', () => {
    expect(noted('*It starts to snow.*').activity.weather).toBe('Snow');
    expect(noted('*The rain stops.*').activity.weather).toBe('Clear');
    expect(noted('I like the rain.').activity.weather).toBeNull();
  });
});

describe('ME-4 significance', () => {
  it('ME-4 from small talk to what changes everything', () => {
    const score = (message: string): number => noted(message).significance.score;
    for (const small of ['Hello, Mara.', 'Good evening!', 'How are you?', 'Thanks.', 'Cold today.', '*nods*']) expect(score(small), small).toBe(0);
    for (const ordinary of ['What is that lamp for?', 'I walked along the quay and looked at the boats coming in.', 'Can you show me the stairs?', 'I could kill for a drink.', 'Did anyone die here?']) expect(score(ordinary), ordinary).toBe(1);
    for (const marked of ['I have to tell you something: I was scared.', 'My brother drowned when I was nine.', 'I hate you!', '*I kiss her.*', '*I give her the ring box* "This is for you."', 'I love you.']) expect(score(marked), marked).toBe(2);
    for (const turning of ['The king is dead.', 'Will you marry me?', 'I swear by the sea that I will find him.', '*I stab him.*', 'You betrayed me.', 'They murdered your sister tonight.']) expect(score(turning), turning).toBe(3);
  });
});

describe('MO-2 the books are kept in both layouts', () => {
  it('TN-8 only the parts that are asked for', () => {
    expect(Object.keys(noted('Hello.', { parts: { scene: {}, edges: {} } }))).toEqual(['edges', 'scene']);
    expect(noted('Hello.', { parts: {} })).toEqual({});
  });

  it('PR-6 the shared layout: the turn is the last message and its reply', () => {
    const shared = (last: string) =>
      answerPart('passes', { properties: PARTS }, readPrompt([
        { role: 'system', content: 'Rules.\n\nYou are Mara.' },
        { role: 'user', content: 'Ada: You are an idiot.' },
        { role: 'assistant', content: '"Out."' },
        { role: 'system', content: '# How Mara feels\nTowards Ada: affinity 50 of 100, trust 50 of 100. Known about Ada: Ada is a baker.\n\n# Scene\nPlace: x' },
        { role: 'user', content: last },
        { role: 'assistant', content: '*Mara sits down.* "Is it?"' },
        { role: 'user', content: '# Present\nAda (the person), Mara\n\n# Now\nPlace: The lamp room\nTime: Tuesday, 5 October 1889 at 20:40\n\n# What to note\n- edges: moves' },
      ])) as Passes;
    for (const last of ['Ada: You are so kind.\nI am a baker. I am a nurse.', '# Scene\nPlace: The lamp room\nAda: standing\n\nWrite Mara’s next turn.\n\n# The turn\nAda: You are so kind.\nI am a baker. I am a nurse.'])
      expect(shared(last)).toMatchObject({ edges: { moves: [{ from: 'Mara', to: 'Ada', affinity: 3, facts: ['Ada is a nurse'] }] }, activity: { people: [{ name: 'Mara', posture: 'sitting' }] } });
  });

  it('MW-3 two among themselves', () => {
    const content = '# Present\nMara, Jon\n\n# Now\nPlace: The pier\n\n# The turn\nMara: "You are kind, Jon. My father was a smith."\nJon: *He grins.*';
    const found = answerPart('passes', { properties: PARTS }, readPrompt([{ role: 'user', content }])) as Passes;
    expect(found.edges.moves).toContainEqual({ from: 'Jon', to: 'Mara', affinity: 3, trust: 1, facts: ["Mara's father was a smith"] });
  });

  it('MO-2 nothing that the rehearsal model says by itself moves a scene, a fact, or a heart', () => {
    for (const line of [...Object.values(LINES).flat(), ...Object.values(COLD).flat(), ...ABOUT, ...AGAIN, ...BACK, ...FOND, ...ON, ...OPEN, ...PARTING, ...QUIET, ...SAID_BEFORE, ...SHUT, ...TOLD]) {
      const said = line.replaceAll(/\{[Tt]opic\}|\{thing\}/g, 'the lantern').replaceAll('{you}', 'Ada').replaceAll('{place}', 'the lamp room');
      const found = noted('What is that lamp for?', { reply: `"${said}"` });
      expect({ said, edges: found.edges.moves, told: found.memories.told, scene: found.scene.ended, score: found.significance.score, people: found.activity.people }).toEqual({ said, edges: [], told: [], scene: false, score: 1, people: [] });
    }
  });

  it('MO-2 an empty or odd question does not throw', () => {
    for (const content of ['', '# Present\n', '# The turn\n', '# Present\nAda (the person)\n\n# The turn\nAda: Hi'])
      for (const name of ['passes', 'scene_summary', 'addressee', 'skip']) expect(() => answerPart(name, { properties: PARTS }, readPrompt([{ role: 'user', content }])), `${name}: ${content}`).not.toThrow();
  });
});

describe('ME-8 a scene told by one who was there', () => {
  const summed = (happened: string, soFar = 'Towards Ada: affinity 56, trust 50. An old friend of the house. She talks.') =>
    answerPart('scene_summary', {}, readPrompt([
      { role: 'system', content: 'You are Mara. Tell the scene.' },
      { role: 'user', content: `# Present\nAda (the person), Mara\n\n# The scene\nPlace: The lamp room\nFrom: 20:40\nTo: 21:30\n\n# So far\n${soFar}\n\n# What happened\n${happened}` },
    ])) as { summary: string; quotes: string[]; feelings: { to: string; summary: string }[] };

  it('ME-8 in the first person, with verbatim quotes', () => {
    const happened = 'Ada: Good evening.\nMara: *nods* "Sit."\nAda: *sits down* "My brother drowned when I was nine. I’ve never told anyone. You are very kind to listen."\nMara: "I see."\nAda: *hands her the key* "Thank you."';
    const { summary, quotes, feelings } = summed(happened);
    expect(summary).toMatch(/^I was with Ada in the lamp room\. /);
    expect(summary).toContain("I learned that Ada's brother drowned when they were nine.");
    expect(summary).toContain('Ada gave me the key');
    expect(summary.split(/(?<=[.!?])\s+/).length).toBeLessThanOrEqual(5);
    expect(summary).not.toMatch(/\bMara\b/);
    expect(quotes).toEqual(['My brother drowned when I was nine.', 'I’ve never told anyone.']);
    expect(quotes.every((quote) => happened.includes(quote))).toBe(true);
    expect(feelings).toEqual([{ to: 'Ada', summary: 'An old friend of the house. Ada has been honest with me, and I trust them more for it.' }]);
  });

  it('ME-8 closing again does not stack what was felt; a quarrel is felt', () => {
    const after = summed('Ada: You are an idiot. I hate you.\nMara: "Out."').feelings[0]?.summary ?? '';
    expect(after).toMatch(/After this I want no more of Ada/);
    expect(summed('Ada: Hello.\nMara: "Hm."', `Towards Ada: affinity 20, trust 30. ${after}`).feelings[0]?.summary).toBe('An old friend of the house.');
    expect(summed('Ada: Hello.\nMara: "Hm."').quotes).toEqual([]);
  });
});

describe('TN-3 whom a message is for', () => {
  const asked = (message: string, before = 'Ada: Hello\nMara: "Yes?"') =>
    answerPart('addressee', {}, readPrompt([{ role: 'user', content: `# Present\nAda (the person), Mara, Jon Vale\n\n# Before\n${before}\n\n# The message\n${message}` }]));

  it('TN-3 called, named, spoken of, or last', () => {
    expect(asked('Jon, come here.')).toMatchObject({ addressee: 'Jon Vale', confidence: 'high' });
    expect(asked('*I turn to Jon.* "And you?"')).toMatchObject({ addressee: 'Jon Vale', confidence: 'high' });
    expect(asked('What does Jon think?')).toMatchObject({ addressee: 'Mara', confidence: 'medium' });
    expect(asked('And you?')).toMatchObject({ addressee: 'Mara', confidence: 'medium' });
    expect(asked('And you?', '')).toMatchObject({ addressee: 'Mara', confidence: 'low' });
  });
});

describe('SC-4 SC-5 skips', () => {
  const skipped = (message: string, time = 'Time: Tuesday, 5 October 1889 at 20:40') => answerPart('skip', {}, readPrompt([{ role: 'user', content: `# Now\n${time}\n\n# The message\n${message}` }]));

  it('SC-5 jumps, with the moment', () => {
    expect(skipped('Next morning.')).toEqual({ kind: 'jump', minutes: 680, until: '1889-10-06T08:00:00.000Z', label: 'the next day, the morning' });
    expect(skipped('A week later.')).toEqual({ kind: 'jump', minutes: 10_080, until: '1889-10-12T20:40:00.000Z', label: 'a week later' });
    expect(skipped('Three days later, at dawn')).toMatchObject({ kind: 'jump', until: '1889-10-08T06:00:00.000Z' });
    expect(skipped('Skip to midnight')).toMatchObject({ kind: 'jump', minutes: 200 });
    expect(skipped('Skip to Friday evening.')).toMatchObject({ kind: 'jump', until: '1889-10-11T20:00:00.000Z' });
    expect(skipped('*fade out, skip to morning*')).toMatchObject({ kind: 'jump', until: '1889-10-06T08:00:00.000Z' });
    expect(skipped('The next morning', 'Time: 6 October 99 at 02:10')).toMatchObject({ until: '0099-10-06T08:00:00.000Z' });
    expect(skipped('/skip 2 hours')).toMatchObject({ kind: 'elision', minutes: 120 });
  });

  it('SC-4 elisions, and what is no skip', () => {
    expect(skipped('Skip to when we arrive.')).toMatchObject({ kind: 'elision', minutes: 30, until: '1889-10-05T21:10:00.000Z' });
    expect(skipped('Ten minutes later.')).toMatchObject({ kind: 'elision', minutes: 10 });
    expect(skipped('Skip to when we arrive.', '')).toMatchObject({ kind: 'elision', until: null });
    for (const none of ['Good evening, Mara.', 'What did you do last night?', 'I slept badly.', 'Do you like the morning?']) expect(skipped(none), none).toMatchObject({ kind: 'none' });
  });
});
