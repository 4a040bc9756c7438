import { describe, expect, it } from 'vitest';
import { thirdPerson } from '../src/rehearsal/books/thirdPerson.ts';

describe('ME-3 what is told, as somebody else would say it', () => {
  it('ME-3 "I" and "you" become names, then pronouns', () => {
    const told = (sentence: string) => thirdPerson(sentence, 'Ada', 'Jonas');
    expect(told('I am a baker')).toBe('Ada is a baker');
    expect(told("I'm sure that I've seen it")).toBe('Ada is sure that they have seen it');
    expect(told('I never learned it, and I was sorry')).toBe('Ada never learned it, and they were sorry');
    expect(told('I carry it and I worked')).toBe('Ada carries it and they worked');
    expect(told('my brother gave me his; it is mine, I made it myself')).toBe("Ada's brother gave them his; it is theirs, they made it themself");
    expect(told('You are late, and you have lost your way')).toBe('Jonas is late, and they have lost their way');
    expect(told("you're in danger; the key is yours")).toBe('Jonas is in danger; the key is theirs');
    expect(told('Your house burns')).toBe("Jonas' house burns");
    expect(told('Mara saw you')).toBe('Mara saw Jonas');
  });

  it('ME-3 what cannot be told gives nothing', () => {
    expect(thirdPerson('We are lost', 'Ada', 'Jonas')).toBeUndefined();
    expect(thirdPerson('You are lost', 'Ada', undefined)).toBeUndefined();
  });
});
