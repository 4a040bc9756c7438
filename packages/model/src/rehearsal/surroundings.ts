/** What a place offers to the eye and ear, by words in its name or description. Each is a whole sentence. */
const PLACES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/tavern|\binn\b|\bbar\b|pub|café|cafe|restaurant|saloon|diner/i, [
    'Somebody at the back drops a glass, and a thin cheer goes up.',
    'The fire settles in the grate with a sound like a sigh.',
    'A chair scrapes, and for a moment every voice in the room is low.',
    'The lamp over the counter gutters and recovers.',
  ]],
  [/harbou?r|ship|boat|dock|pier|beach|lighthouse|\bsea\b|coast|deck|ferry|island|port\b|quay/i, [
    'A gull complains somewhere overhead and is not answered.',
    'Water slaps at the stones, patient as a clerk.',
    'Far out a bell sounds twice, and then thinks better of it.',
    'The air tastes of salt and of rope.',
  ]],
  [/forest|wood|field|mountain|garden|meadow|camp|river|lake|desert|cave|swamp|hill|trail|road/i, [
    'Something small moves in the undergrowth and stops when they do.',
    'Leaves turn over all at once, showing their pale side.',
    'A bird starts up, finds nobody listening, and gives up.',
    'The path behind is already hard to make out.',
  ]],
  [/street|market|square|alley|city|station|plaza|bridge|platform|rooftop|park\b/i, [
    'A cart goes by, or a car; the walls make the same noise of both.',
    'Somebody laughs two windows up, and a shutter closes on it.',
    'Footsteps pass, slow down, and go on.',
    'A dog trots by with the air of having an appointment.',
  ]],
  [/library|office|study|shop|archive|school|lab|museum|classroom|bookshop|observatory|clinic|hospital/i, [
    'Dust turns over slowly in the one good beam of light.',
    'A clock somewhere ticks as though it were being paid by the piece.',
    'A page lifts by itself in the draught and lies down again.',
    'On the far side of the room a door closes very softly.',
  ]],
  [/castle|church|temple|throne|hall\b|court|palace|tower|chapel|manor|crypt/i, [
    'The stone keeps the sound a little longer than it should.',
    'High up, something with wings shifts in its sleep.',
    'A candle bends as if a door had opened, though none has.',
    'The cold comes up through the flagstones.',
  ]],
  [/kitchen|house|room|bedroom|parlou?r|cottage|apartment|flat\b|porch|attic|cellar|home|cabin|balcony/i, [
    'Pipes knock in the wall, twice, like a polite visitor.',
    'The kettle has begun to think about singing.',
    'A board creaks overhead where nobody is walking.',
    'The window has misted over at the corners.',
  ]],
  [/spaceship|starship|airlock|bridge of|cockpit|orbit|station module|shuttle|colony/i, [
    'The hum in the deck plates drops by half a tone and comes back.',
    'A row of lights goes amber, reconsiders, and goes green.',
    'Somewhere aft a hatch cycles.',
  ]],
];

const WEATHER: readonly (readonly [RegExp, readonly string[]])[] = [
  [/storm|thunder|gale/i, ['Thunder walks along the edge of things, in no hurry.', 'The wind leans on everything that will bear it.']],
  [/rain|drizzle|downpour|wet/i, ['The rain keeps on, steady as somebody reading aloud.', 'Rain runs in the gutters, talking to itself.']],
  [/snow|frost|ice|blizzard|cold/i, ['Outside, the snow has taken the sound out of everything.', 'Breath shows white and is gone.']],
  [/fog|mist|haze/i, ['The fog has come up close, like someone wanting to overhear.', 'Past a few steps there is only grey.']],
  [/wind|breez/i, ['A gust tries the latch and moves on.', 'The wind turns, and brings the smell of somewhere else.']],
  [/sun|clear|bright|hot|warm|heat/i, ['The light lies along the floor like something spilled.', 'It is warm enough that even the flies have sat down.']],
];

const TIMES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/midnight|night|late/i, ['It is late enough that every sound has a meaning.', 'The dark has settled in as though it had paid for the night.']],
  [/dawn|sunrise|early|morning/i, ['The day has not made up its mind yet.', 'Morning is coming up grey at the edges.']],
  [/dusk|twilight|evening|sunset/i, ['The light is going, a little at a time.', 'It is that hour of the evening when voices drop of themselves.']],
  [/noon|midday|afternoon/i, ['The middle of the day stands still over them.', 'Shadows have pulled in under whatever casts them.']],
];

/** Sentences about the surroundings that fit what is known of them. */
export function surroundings(place: string, weather: string, time: string): string[] {
  const fitting = (text: string, list: readonly (readonly [RegExp, readonly string[]])[]): readonly string[] =>
    text === '' ? [] : (list.find(([pattern]) => pattern.test(text))?.[1] ?? []);
  return [...fitting(place, PLACES), ...fitting(weather, WEATHER), ...fitting(`${time} ${partOfDay(time)}`, TIMES)];
}

/** The time of day in a word, where a clock tells it: "at 22:10" is night. */
function partOfDay(time: string): string {
  const hour = Number(/\b(\d{1,2}):\d\d\b/.exec(time)?.[1] ?? Number.NaN);
  if (Number.isNaN(hour)) return '';
  if (hour < 5 || hour >= 22) return 'night';
  if (hour < 11) return 'morning';
  return hour < 17 ? 'afternoon' : 'evening';
}
