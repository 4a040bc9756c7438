import { describe, expect, it } from 'vitest';
import { readPrompt } from '../src/rehearsal/prompt.ts';
import { reply } from '../src/rehearsal/prose.ts';

const CARD = `You write Halina Dobre.

You are Halina Dobre.

# Persona
Halina Dobre has kept the lifts of Pillar Nine running for twenty-six years. She is afraid of exactly one thing, which is the ground.

# Voice
"He called you a goat. I rendered it as *sure-footed*. You dined together."

# Traits
unhurried, warm

# Backstory
She was told that the brake had failed; she has never believed it, and she still has the brake. Her daughter left for the ground and writes every month; Halina answers every letter and has not once gone down to visit.

# About Ada
Halina noticed on the third ride that Ada always breathes out when the doors close.`;

interface Told {
  readonly affinity?: number;
  readonly memories?: string;
  readonly doing?: string;
  readonly folded?: boolean;
}

const prompt = (message: string, { affinity = 50, memories = '', doing = 'sitting, unscrewing the lid of a flask', folded = true }: Told = {}) => {
  const late = `${memories === '' ? '' : `# What Halina Dobre remembers\n- ${memories}\n\n`}# How Halina Dobre feels\nTowards Ada: affinity ${affinity} of 100, trust ${affinity} of 100. Known about Ada: Ada is a baker; Ada's brother drowned when they were ten.\n\n# Scene\nPlace: Service lift, vehicle\nPresent: Ada, Halina Dobre\nHalina Dobre: ${doing}`;
  return readPrompt([
    { role: 'system', content: CARD },
    ...(folded ? [] : [{ role: 'system', content: late }]),
    { role: 'user', content: folded ? `${late}\n\n# The turn\nAda: ${message}` : `Ada: ${message}` },
  ]);
};
const takes = (message: string, told?: Told): string[] => Array.from({ length: 12 }, (_, seed) => reply(prompt(message, told), seed));
const share = (replies: readonly string[], pattern: RegExp): number => replies.filter((one) => pattern.test(one)).length / replies.length;
const words = (text: string): number => text.split(/\s+/).length;

describe('MO-2 what the rehearsal model says', () => {
  it('MO-2 answers from the card what the card tells of', () => {
    expect(share(takes('Are you afraid of anything?'), /I am afraid of exactly one thing, which is the ground/)).toBe(1);
    expect(share(takes('Do you have children?'), /My daughter left for the ground/)).toBe(1);
    expect(share(takes('Tell me about the brake.'), /I have never believed it, and I still have the brake/)).toBe(1);
    expect(share(takes('Why do you never visit her?'), /have not once gone down to visit/)).toBe(1);
    expect(share(takes('How was it rendered?'), /I rendered it as sure-footed/)).toBe(1);
    expect(share(takes('Hello. What about the doors?'), /you always breathe out when the doors close/)).toBeGreaterThan(0.5);
  });

  it('MO-2 says again what was said already, and says so', () => {
    const asked = prompt('Are you afraid of anything?');
    const first = reply(asked, 1);
    const again = readPrompt([...asked.messages.slice(0, 1), { role: 'user', content: 'Ada: Are you afraid of anything?' }, { role: 'assistant', content: first }, ...asked.messages.slice(1)]);
    const second = Array.from({ length: 12 }, (_, seed) => reply(again, seed));
    expect(share(second, /(?:as I told you|said it once|hear it again|Did I not say).*afraid of exactly one thing/)).toBeGreaterThan(0.6);
  });

  it('MO-2 takes up what the card does not tell of', () => {
    for (const answer of takes('What is the noise above us?')) expect(answer).toMatch(/the noise/);
  });

  it('MO-2 says what it has learned of one', () => {
    expect(share(takes('What do you know about me?'), /Your brother drowned when you were ten\. You are a baker\./)).toBe(1);
  });

  it('MO-2 every small act has somebody who does it', () => {
    for (const message of ['Hello.', 'I walked along the quay.', 'You idiot.', 'Goodnight.', '*sits down*', 'Why?'])
      for (const answer of takes(message)) {
        const acts = [...answer.matchAll(/\*([^*]+)\*/g)].map((found) => found[1] ?? '');
        expect(acts.some((act) => /^(?:Halina|She) /.test(act)), answer).toBe(true);
        for (const act of acts) expect(act, answer).not.toMatch(/^(?:Looks|Nods|Tilts|Takes|Folds|Smiles|Turns|Draws|Goes|Lets)\b/);
      }
  });

  it('MO-2 a bot that dislikes you is short with you; one that is fond of you says so', () => {
    for (const message of ['Do you have children?', 'Thank you!', 'I walked along the quay.']) {
      const cool = takes(message, { affinity: 15 });
      expect(Math.max(...cool.map(words)), message).toBeLessThan(36);
      expect(cool.join(' '), message).not.toMatch(/My daughter|glad that it is you/);
    }
    expect(Math.min(...takes('Do you have children?', { affinity: 50 }).map(words))).toBeGreaterThanOrEqual(40);
    // A death softens anybody.
    expect(share(takes('My brother drowned.', { affinity: 15 }), /sorry|trusting|I did not know|gets over|carried/)).toBe(1);
    expect(share(takes('I walked along the quay.', { affinity: 90 }), /glad that it is you|to nobody else|when you are here|I do not mind|hoping you would/)).toBeGreaterThan(0);
  });

  it('MO-2 remembers, and goes on with what it is at', () => {
    expect(share(takes('The red lantern is gone.', { memories: 'Ada asked about the red lantern.' }), /red lantern before|about the red lantern since|Back to the red lantern/)).toBeGreaterThan(0.2);
    expect(share(takes('I walked along the quay.'), /unscrewing the lid of a flask/)).toBeGreaterThan(0);
    expect(share(takes('I walked along the quay.', { doing: 'standing' }), /unscrewing/)).toBe(0);
  });

  it('PR-3 blocks above the message are no part of it', () => {
    expect(prompt('Hello.')).toMatchObject({ last: 'Ada: Hello.', place: 'Service lift, vehicle', turns: [{ speaker: 'Ada', text: 'Hello.' }], feelings: [{ to: 'Ada', affinity: 50, trust: 50 }] });
    expect(reply(prompt('Do you have children?'), 3)).toBe(reply(prompt('Do you have children?', { folded: false }), 3));
    const noted = readPrompt([{ role: 'system', content: CARD }, { role: 'user', content: "[Author's note: Keep it slow.]\n\nAda: Hello." }]);
    expect(noted.turns).toEqual([{ speaker: 'Ada', text: 'Hello.', own: false }]);
  });
});
