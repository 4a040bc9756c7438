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
    'rests a hand, briefly, on a sleeve',
  ],
  gruff: [
    'grunts, which from {name} is almost a speech',
    'keeps both hands busy and both eyes down',
    'rubs {their} jaw with the back of a hand, in no hurry at all',
    'folds {their} arms and leans until something creaks',
    'looks for a long moment at nothing in particular, weighing it',
  ],
  wry: [
    'raises one eyebrow, and lets it do most of the work',
    'turns a coin over between two fingers without looking at it',
    'smiles with exactly half of {their} mouth',
    'makes a small bow, not entirely in jest',
    'leans back as if it had all been arranged for {their} amusement',
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
  ],
  fierce: [
    'turns all at once, chin up, eyes bright',
    'closes the distance in two steps and stops just short',
    'laughs outright, head thrown back, and then is serious again',
    'holds the look and does not blink',
    'bares {their} teeth in something that is not quite a smile',
  ],
  dreamy: [
    'draws a shape with one finger on the nearest surface and wipes it away',
    'hums two notes of something and forgets the third',
    'looks through rather than at, and comes back from a long way off',
    'holds out a hand as if to feel whether the air has changed',
    'listens, head to one side, to something further away than the voices',
    'smiles at a thing that has not been said yet',
  ],
  plain: ['runs a hand along the edge of the nearest thing', 'glances towards the way in and back', 'stands with {their} thumbs in {their} belt, considering'],
};

/** Small acts of anybody, anywhere. */
export const COMMON: readonly string[] = [
  'looks up', 'takes a moment before answering', 'nods slowly, more to {themself} than to anyone', 'shifts {their} weight from one foot to the other', 'draws a breath and lets it go again', 'turns round properly, so as to be face to face',
  'is still for a while, thinking', 'pushes a sleeve up and lets it fall again', 'tilts {their} head', 'rubs the back of {their} neck', 'looks down at {their} own hands', 'glances aside, then back', 'lifts one shoulder and lets it drop',
  'begins to say something and thinks better of it', 'presses {their} lips together, not quite a smile', 'leans in a little to hear better', 'closes {their} eyes for the length of a breath', 'scratches {their} chin, taking the question seriously',
  'lets a silence pass that is not uncomfortable', 'brushes something off {their} sleeve', 'half smiles, and lets it go again', 'looks away to find the words', 'opens one hand, as if the answer might be lying in it', 'listens with {their} whole face',
];

/** Small acts of somebody who would rather be left alone. */
export const DISTANT: readonly string[] = [
  'does not look up', 'takes {their} time about turning round', 'looks past {you}, at nothing', 'folds {their} arms', 'goes on with what {they} {were} doing', 'lets the silence stand', 'shrugs', 'looks at the way out, and then not', 'answers without turning {their} head',
];

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
  [/^(?:kindness|thanks|touches|loves)$/, ['looks away a moment too late to hide it', 'opens {their} mouth and finds nothing ready', 'softens, and does not quite manage to cover it']],
  [/^(?:confession|apology|grieves)$/, ['says nothing for the space of three breaths', 'puts everything else down to listen', 'moves closer, slowly, as one does with birds']],
  [/^news$/, ['loses colour', 'reaches for the nearest thing to hold on to', 'stops in the middle of a movement']],
  [/^(?:farewell|leaves)$/, ['takes a step after, and stops', 'looks at the door and not at the one who is going', 'holds up a hand, not quite a wave']],
  [/^gives$/, ['takes it carefully in both hands', 'turns it to the light to see it better', 'hesitates, then accepts with a nod']],
  [/^(?:promises|introduces)$/, ['repeats it under {their} breath, to keep it', 'inclines {their} head as one does to a bargain', 'meets the look and holds it']],
  [/^shows$/, ['bends closer to see', 'puts out one finger and does not quite touch it', 'looks from {you} to it and back']],
  [/^jokes$/, ['snorts before {they} can help it', 'shakes {their} head, losing the fight with a grin']],
  [/^(?:greeting|arrives)$/, ['looks up at the sound', 'brightens, and tries not to make a show of it', 'half rises in welcome']],
];
