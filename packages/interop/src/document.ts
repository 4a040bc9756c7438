import { CardError } from './cardError.ts';
import { type Fields, isFields } from './lenient.ts';

/** Versions of the card standard. */
export type CardSpec = 'v1' | 'v2' | 'v3';

/** A card's JSON, with the fields of the character found in it. */
export interface CardDocument {
  readonly spec: CardSpec;
  readonly fields: Fields;
  readonly whole: Fields;
}

/** Fields that only a character has, by the standard's names and by those of older programs. */
const TELLING = [
  'first_mes', 'mes_example', 'personality', 'scenario', 'alternate_greetings', 'character_book',
  'char_name', 'char_persona', 'char_greeting', 'world_scenario', 'example_dialogue',
];
/** Fields that other JSON files have as well. */
const COMMON = ['name', 'description', 'tags', 'creator', 'creator_notes', 'avatar'];
/** Every field that is read. */
const READ = [
  ...TELLING, ...COMMON,
  'creatorcomment', 'creator_notes_multilingual', 'system_prompt', 'post_history_instructions', 'group_only_greetings',
];

/**
 * Finds the character in a card's JSON: under `data` (V2, V3) or at the top (V1, and cards that lost their `data`).
 * Where `data` lacks a field, the copy at the top that many programs write stands in.
 * @throws CardError `not_a_card`, saying what the JSON was found to be.
 */
export function readDocument(json: unknown, notes: Set<string>): CardDocument {
  if (!isFields(json)) throw notACard({});
  const declared = declaredSpec(json, notes);
  const data = json['data'];
  if (isFields(data) && (declared !== undefined || isCharacter(data))) {
    return { spec: declared ?? 'v2', fields: fieldsOf(data, json), whole: json };
  }
  if (!isCharacter(json)) throw notACard(json);
  if (declared === 'v2' || declared === 'v3') notes.add('The card had its fields in the wrong place; they were found.');
  return { spec: declared ?? 'v1', fields: json, whole: json };
}

function declaredSpec(json: Fields, notes: Set<string>): CardSpec | undefined {
  const spec = json['spec'];
  const version = typeof spec === 'string' ? Number(/^chara_card_v(\d{1,3})/i.exec(spec)?.[1]) : Number.NaN;
  if (version > 3) notes.add('The card is of a newer version than is known here; it was read like a V3 card.');
  if (version >= 3) return 'v3';
  if (version === 2) return 'v2';
  return version === 1 ? 'v1' : undefined;
}

function isCharacter(fields: Fields): boolean {
  if (TELLING.some((name) => Object.hasOwn(fields, name))) return true;
  const names = Object.keys(fields);
  return names.length > 1 && names.includes('name') && names.every((name) => COMMON.includes(name));
}

/** What `data` says, else what the top says; an empty name says nothing. */
function fieldsOf(data: Fields, top: Fields): Fields {
  return Object.fromEntries(READ.map((name) => [name, (name === 'name' && data[name] === '' ? null : data[name]) ?? top[name]]));
}

function notACard(json: Fields): CardError {
  if (typeof json['entries'] === 'object' || json['spec'] === 'lorebook_v3') {
    return new CardError('not_a_card', 'This is a lorebook without a character; import the character card that it belongs to.');
  }
  if ('chat_metadata' in json || 'user_name' in json) {
    return new CardError('not_a_card', 'This is a chat, not a character card; choose the card of its character.');
  }
  return new CardError('not_a_card', 'This JSON holds no character; choose a character card.');
}
