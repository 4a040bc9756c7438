import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { stem } from '../../src/search/stem.ts';
import { dateWordsOf, datesNamedIn, saidIn, speakersOf, stemsOf } from '../../src/search/words.ts';

describe('ME-5 words', () => {
  test('stems are those of SQLite\'s own porter tokenizer', () => {
    const words = `relational conditional rational hesitancy digitizer conformably radically differently vilely analogously operator feudalism
      decisiveness hopefulness callousness formality sensitivity sensibility triplicate formative formalize electricity electrical
      hopeful goodness revival allowance inference airliner gyroscopic adjustable defensible irritant replacement adjustment dependent
      adoption communism activate angularity effective probate rate cease control roll yes yellow skies dying happy sky feed agreed
      plastered motoring sing troubled sized hopping tanned falling hissing fizzed failing filing caresses ponies ties cats`.split(/\s+/);
    const database = new Sqlite(':memory:');
    database.exec(`create virtual table words using fts5(word, tokenize = 'porter ascii'); create virtual table terms using fts5vocab(words, 'instance')`);
    const insert = database.prepare('insert into words (rowid, word) values (?, ?)');
    words.forEach((word, n) => insert.run(n + 1, word));
    const stems = database.prepare('select term from terms order by doc').pluck().all();
    database.close();
    expect(words.map(stem)).toEqual(stems);
  });

  test('a text is its telling words', () => {
    expect(stemsOf("I don't think Ada's lanterns — those she'd bought — were the “brightest”.")).toEqual(['think', 'ada', 'lantern', 'bui', 'brightest']);
    expect(stemsOf('Łódź, Москва 1889')).toEqual(['łodz', 'москва', '1889']);
    expect(stemsOf('')).toEqual([]);
  });

  test('who speaks stands before what is said', () => {
    const text = 'Ada Vale said to me: Tell Tom: the ship is in.\nI said to Ada Vale: At last.';
    expect(speakersOf(text)).toEqual(['ada', 'vale']);
    expect(saidIn(text)).toBe('Tell Tom: the ship is in.\nAt last.');
    expect(speakersOf('Tom told me: the ship is in.')).toEqual(['tom']);
    expect(speakersOf('A plain account: nobody speaks.')).toEqual([]);
  });

  test('a moment has its words, and a question names them', () => {
    expect(dateWordsOf('1889-10-05T19:30:00.000Z')).toEqual(['5', 'october', '1889', 'saturday', 'evening']);
    expect(dateWordsOf('1889-10-05T02:30:00.000Z').at(-1)).toBe('night');
    expect(dateWordsOf(null)).toEqual([]);
    expect(dateWordsOf('no time')).toEqual([]);
    expect(datesNamedIn('What happened on 5th of October 1889, a Saturday?')).toEqual(['october', '5', 'saturday', '1889']);
    expect(datesNamedIn('On May 3, or may it be June?')).toEqual(['may', 'june', '3']);
    expect(datesNamedIn('You may go, 300 men.')).toEqual([]);
  });
});
