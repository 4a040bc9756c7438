/** How a character carries itself; chosen from its traits and persona. */
export type Manner = 'warm' | 'gruff' | 'wry' | 'shy' | 'formal' | 'fierce' | 'dreamy' | 'plain';

/** Words of a card that speak for a manner. */
export const MANNER_WORDS: readonly (readonly [Manner, RegExp])[] = [
  ['warm', /\b(?:warm|kind|gentle|caring|motherly|fatherly|generous|friendly|cheerful|loving|patient|soft|nurturing|sweet|hospitable)\b/gi],
  ['gruff', /\b(?:gruff|blunt|stern|grumpy|taciturn|stoic|stubborn|weathered|surly|rough|laconic|hardened|grizzled|curt)\b/gi],
  ['wry', /\b(?:wry|witty|sarcastic|dry|playful|mischievous|sly|charming|teasing|ironic|clever|sardonic|flirtatious|roguish|cunning)\b/gi],
  ['shy', /\b(?:shy|timid|anxious|nervous|awkward|quiet|reserved|soft-spoken|hesitant|introverted|bashful|cautious|guarded)\b/gi],
  ['formal', /\b(?:formal|noble|proper|dignified|precise|polite|regal|elegant|disciplined|courteous|scholarly|composed|meticulous|aristocratic|butler)\b/gi],
  ['fierce', /\b(?:fierce|proud|bold|hot-headed|hot-tempered|aggressive|passionate|reckless|warrior|ruthless|defiant|brash|fiery|commanding|competitive|ambitious)\b/gi],
  ['dreamy', /\b(?:dreamy|mystical|poetic|strange|otherworldly|wistful|melancholy|melancholic|artist|romantic|eccentric|prophet|oracle|haunted|curious|imaginative)\b/gi],
];

/** Small acts, without a subject; `{their}` is the character's own. */
export const GESTURES: Readonly<Record<Manner, readonly string[]>> = {
  warm: [
    'sets aside what {they} {were} doing and gives all of {their} attention',
    'smiles before {they} can think better of it, and makes room',
    'reaches over to straighten a collar that was straight already',
    'tilts {their} head and listens the way one listens to rain',
    'lets out a breath, and the tiredness goes out of {their} face with it',
    'draws a second seat closer with one foot and pats it',
    'rests a hand, briefly, on a sleeve',
  ],
  gruff: [
    'grunts, which from {name} is almost a speech',
    'keeps both hands busy and both eyes down',
    'rubs {their} jaw with the back of a hand, in no hurry at all',
    'folds {their} arms and leans until something creaks',
    'looks for a long moment at nothing in particular, weighing it',
    'sets a thing down harder than it needs to be set down',
    'jerks {their} chin at the nearest seat',
  ],
  wry: [
    'raises one eyebrow, and lets it do most of the work',
    'turns a coin over between two fingers without looking at it',
    'smiles with exactly half of {their} mouth',
    'makes a small bow, not entirely in jest',
    'leans back as if the evening had been arranged for {their} amusement',
    'pretends to consider it, counting on {their} fingers',
    'winks, then looks away as though it had been somebody else',
  ],
  shy: [
    'looks up, then down again at {their} own hands',
    'tucks a loose strand of hair away that does not need it',
    'starts to speak, stops, and starts a little further on',
    'turns the hem of a sleeve over and over between {their} fingers',
    'takes half a step closer, and seems surprised to have done so',
    'goes pink at the ears and studies the floor',
    'laughs once, very quietly, at nothing anyone else has noticed',
  ],
  formal: [
    'inclines {their} head by precisely as much as is proper',
    'straightens a cuff before replying',
    'clasps {their} hands behind {their} back and considers the matter',
    'waits until it is quite certain that nobody else is going to speak',
    'permits {themself} the beginning of a smile',
    'indicates the better of the two seats with an open palm',
    'squares a stack of papers that was square before',
  ],
  fierce: [
    'turns all at once, chin up, eyes bright',
    'closes the distance in two steps and stops just short',
    'strikes the wood with the flat of a hand, so that things jump',
    'laughs outright, head thrown back, and then is serious again',
    'paces to the wall and back as though the room were too small',
    'holds the look and does not blink',
    'bares {their} teeth in something that is not quite a smile',
  ],
  dreamy: [
    'watches the light move along the wall before answering',
    'draws a shape with one finger on the nearest surface and wipes it away',
    'hums two notes of something and forgets the third',
    'looks through rather than at, and comes back from a long way off',
    'holds out a hand as if to feel whether the air has changed',
    'listens, head to one side, to something further away than the voices',
    'smiles at a thing that has not been said yet',
  ],
  plain: [
    'looks up and takes a moment before answering',
    'shifts {their} weight and glances towards the door',
    'nods slowly, more to {themself} than to anyone',
    'runs a hand along the edge of the nearest thing',
    'draws a breath and lets it go again',
    'turns round properly, so as to be face to face',
    'is still for a while, thinking',
  ],
};

/** A word or two to begin with, by manner. */
export const OPENERS: Readonly<Record<Manner, readonly string[]>> = {
  warm: ['Oh.', 'Ah, now.', 'Come, come.', 'My dear.'],
  gruff: ['Hm.', 'Huh.', 'Bah.', 'Aye.'],
  wry: ['Well, well.', 'Naturally.', 'Oh, splendid.', 'Let me guess.'],
  shy: ['I... well.', 'Um.', 'Oh, I...', 'It is only...'],
  formal: ['Indeed.', 'I see.', 'If I may.', 'Quite so.'],
  fierce: ['Ha!', 'Listen.', 'Good.', 'No, look at me.'],
  dreamy: ['Mm.', 'Strange.', 'I dreamt of this.', 'Listen to that.'],
  plain: ['Right.', 'Well.', 'So.', 'All right.'],
};

/** How a touchy moment shows, whatever the manner. */
export const REACTIONS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:insult|threat)$/, ['goes very still', 'does not move, but something behind {their} eyes shuts', 'lets the words hang until they sound foolish', 'takes it without a flinch, which costs something']],
  [/^attacks$/, ['staggers, catches {themself}, and comes up with both hands raised', 'takes the blow and does not give ground', 'is out of reach before it lands a second time']],
  [/^(?:kindness|thanks|touches)$/, ['looks away a moment too late to hide it', 'opens {their} mouth and finds nothing ready', 'softens, and does not quite manage to cover it']],
  [/^(?:confession|apology)$/, ['says nothing for the space of three breaths', 'puts everything else down to listen', 'moves closer, slowly, as one does with birds']],
  [/^news$/, ['loses colour', 'reaches for the nearest thing to hold on to', 'stops in the middle of a movement']],
  [/^(?:farewell|leaves)$/, ['takes a step after, and stops', 'looks at the door and not at the one who is going', 'holds up a hand, not quite a wave']],
  [/^(?:gives|offer)$/, ['takes it carefully in both hands', 'turns it to the light to see it better', 'hesitates, then accepts with a nod']],
  [/^jokes$/, ['snorts before {they} can help it', 'shakes {their} head, losing the fight with a grin']],
  [/^(?:greeting|arrives)$/, ['looks up at the sound', 'brightens, and tries not to make a show of it', 'half rises in welcome']],
];
