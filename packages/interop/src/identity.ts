import { type BotIdentity, botIdentity } from '@offstage/domain/shapes';
import { CardError } from './cardError.ts';
import { type Fields, isFields, pick, readText, readTexts, readWords } from './lenient.ts';
import { checked } from './limits.ts';
import { voiceSamples } from './voiceSamples.ts';

/** Words for the fields of an identity as card writers know them. */
const WORDS: Readonly<Record<string, string>> = {
  persona: 'description with its personality',
  kickoff: 'scenario',
  greeting: 'first message',
  alternateGreetings: 'alternate greetings',
  exampleDialogue: 'example dialogue',
  creatorNotes: "creator's notes",
};

/**
 * Who the character of a card is (WD-2). Macros stay in the texts, since the names that they stand for are known only in
 * a chat. `whole` is the card as it came, kept so that an export gives everything back (IO-1).
 * @throws CardError `no_name`, or `too_large` where a text is longer than can be kept.
 */
export function readIdentity(fields: Fields, whole: Record<string, unknown>, notes: Set<string>): BotIdentity {
  const name = readName(fields, notes);
  const [greeting, otherGreetings] = readGreetings(fields, notes);
  const exampleDialogue = readText(pick(fields, 'mes_example', 'example_dialogue'), 'The example dialogue', notes);
  sayWhatIsUnused(fields, notes);
  const identity = checked(
    botIdentity,
    {
      name,
      persona: readPersona(fields, notes),
      kickoff: readText(pick(fields, 'scenario', 'world_scenario'), 'The scenario', notes),
      tags: readWords(fields['tags'], 'The tags', notes),
      greeting,
      alternateGreetings: otherGreetings,
      exampleDialogue,
      creatorNotes: readCreatorNotes(fields, notes),
    },
    (field) => WORDS[field] ?? field,
  );
  return { ...identity, voiceSamples: voiceSamples(identity.exampleDialogue, identity.name, notes), card: whole };
}

function readName(fields: Fields, notes: Set<string>): string {
  const name = readText(pick(fields, 'name', 'char_name'), 'The name', notes).trim();
  // A name of blanks and invisible marks alone could neither be read nor chosen.
  if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(name)) return name;
  throw new CardError('no_name', 'The character in this card has no name; give it one in the card and import it again.');
}

/** Description and personality stand apart in cards but say the same kind of thing; many cards say it twice. */
function readPersona(fields: Fields, notes: Set<string>): string {
  const description = readText(pick(fields, 'description', 'char_persona'), 'The description', notes);
  const personality = readText(fields['personality'], 'The personality', notes);
  if (personality.trim() === '' || description.includes(personality)) return description;
  return description.trim() === '' ? personality : `${description}\n\n${personality}`;
}

function readGreetings(fields: Fields, notes: Set<string>): [greeting: string, others: string[]] {
  const first = pick(fields, 'first_mes', 'char_greeting');
  const others = readOtherGreetings(fields['alternate_greetings'], notes);
  if (!Array.isArray(first)) return [readText(first, 'The first message', notes), others];
  const [greeting = '', ...more] = readTexts(first, 'The first message', notes);
  notes.add('The first message came as a list; the first of it greets, the others are alternates.');
  return [greeting, [...more, ...others]];
}

function readOtherGreetings(value: unknown, notes: Set<string>): string[] {
  // One card site wrote a time stamp here for a while.
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\d{6,20}$/.test(value));
  if (!isNumber) return readTexts(value, 'The alternate greetings', notes);
  notes.add('The alternate greetings were only a number, which was left out.');
  return [];
}

function readCreatorNotes(fields: Fields, notes: Set<string>): string {
  const own = readText(pick(fields, 'creator_notes', 'creatorcomment'), "The creator's notes", notes);
  const translated = fields['creator_notes_multilingual'];
  if (own.trim() !== '' || !isFields(translated)) return own;
  return readText(translated['en'] ?? translated, "The creator's notes", notes);
}

function sayWhatIsUnused(fields: Fields, notes: Set<string>): void {
  const prompts = [fields['system_prompt'], fields['post_history_instructions']];
  if (prompts.some((prompt) => typeof prompt === 'string' && prompt.trim() !== '')) {
    notes.add("The card's own instructions to the model are kept with it, but not used.");
  }
  if (Array.isArray(fields['group_only_greetings']) && fields['group_only_greetings'].length > 0) {
    notes.add('Greetings meant for groups only are kept with the card, but not used.');
  }
}
