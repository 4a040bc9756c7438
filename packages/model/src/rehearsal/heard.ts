import { hash } from './seed.ts';

/** What a message does, as far as its words show. */
export type Act =
  | 'greeting' | 'farewell' | 'thanks' | 'apology' | 'kindness' | 'insult' | 'threat' | 'confession' | 'news' | 'offer' | 'request'
  | 'asks-who' | 'asks-how-are-you' | 'asks-why' | 'asks-where' | 'asks-when' | 'asks-until' | 'asks-what' | 'asks-whether' | 'agrees' | 'refuses' | 'jokes'
  | 'introduces' | 'grieves' | 'discloses' | 'proposes' | 'promises' | 'denies' | 'shows' | 'exclaims' | 'pities' | 'contradicts' | 'loves' | 'unsure' | 'tells'
  | 'arrives' | 'settles' | 'leaves' | 'touches' | 'gives' | 'attacks' | 'looks' | 'silent' | 'begins';

export interface Heard {
  readonly act: Act;
  /** What it is about: nouns as they may be said back, "my" and "your" turned round. Best first. */
  readonly topics: readonly string[];
  readonly speech: string;
  readonly action: string;
}

/** Reads a message: what is said ("..." or plain), what is done (*...*), and what it does to the one who hears it. */
export function hear(message: string, names: readonly string[]): Heard {
  // A stage direction as the whole message: the scene is to be opened.
  if (/^\([^()]*\)$/.test(message.trim())) return { act: 'begins', topics: [], speech: '', action: '' };
  const text = message.replaceAll(/\(\([\s\S]*?\)\)/g, ' ').trim();
  const action = [...text.matchAll(/\*([^*]+)\*/g)].map((found) => found[1] ?? '').join(' ');
  const plain = text.replaceAll(/\*[^*]*\*/g, ' ');
  const quoted = [...plain.matchAll(/["“]([^"”]+)["”]/g)].map((found) => found[1] ?? '').join(' ');
  // Where speech is quoted, the rest is narration.
  const speech = (quoted || plain).trim();
  const done = quoted ? `${action} ${plain.replaceAll(/["“][^"”]*["”]/g, ' ')}` : action;
  return { act: actOf(speech, done.trim()), topics: [...new Set([...topicsOf(speech, names), ...topicsOf(done, names)])], speech, action: done.trim() };
}

/** Words meant to hurt whoever they are said to; said of others they are none. */
export const INSULT =
  /\b(?:shut up|(?:i )?(?:hate|despise|loathe) you|you disgust|get lost|go to hell|damn you|screw you|you stink|you(?:'|’)re nothing|you make me sick)\b|\byou(?:(?:'|’)re| are)? (?:such |nothing but |just |all |so |a |an |old |damned? |bloody |filthy |stupid |little |nosy |lying |miserable |complete ){0,4}(?:idiot|fool|liar|coward|bastard|bitch|pig|thief|traitor|monster|disgrace|joke|worthless|pathetic|stupid|useless|ugly|disgusting|boring|ridiculous|weak|corpse|hag|crone|wretch|brute|rat|nosy (?:old )?(?:woman|man)|rude|cruel|heartless)\b|^(?:idiot|fool|liar|coward|bastard|traitor)\b/i;

const SAID: readonly (readonly [Act, RegExp])[] = [
  ['threat', /\b(?:i(?:'|’)?ll (?:kill|hurt|end|break|report|expose)|kill you|or else|you(?:'|’)ll regret|i (?:could|will|can|might) (?:kill|hurt|report|expose|denounce) you|i could have you)\b/i],
  ['insult', INSULT],
  ['pities', /\b(?:i(?:'|’)?m (?:so |very )?sorry to hear|poor (?:you|thing|man|woman)|(?:that|this|it)(?:'|’)?s? (?:is |must (?:be|have been) |sounds )?(?:so |very |really )?(?:sad|terrible|awful|horrible|dreadful|tragic|hard for you))\b/i],
  ['apology', /\b(?:i(?:'|’)?m (?:so |very |truly )?sorry|i apologi[sz]e|forgive me|my fault|pardon me)\b/i],
  ['promises', /\bi (?:promise|swear|vow)\b|\b(?:you have my word|i give you my word)\b/i],
  ['grieves', /\bmy (?:\p{L}+ )?(?:brother|sister|mother|father|son|daughter|husband|wife|friend|child|baby|twin|dog|cat|grandmother|grandfather)\b.{0,30}\b(?:died|drowned|dead|killed|murdered|vanished|passed away|was taken)\b|\bi lost my (?:\p{L}+ )?(?:brother|sister|mother|father|son|daughter|husband|wife|friend|child|baby|twin)\b/iu],
  ['introduces', /\b(?:my name(?:'|’)?s|my name is|i am called|call me|they call me)\b/i],
  ['proposes', /\b(?:shall we|let(?:'|’)s|let us|come with me|why don(?:'|’)t we|we should go|how about we)\b/i],
  ['asks-who', /\b(?:who are you|what(?:'|’)?s your name|your name\?|tell me about yourself|what do you do(?: here| for a living)?\?|what are you\?)/i],
  ['asks-what', /\b(?:tell me (?:more )?(?:about|what|how|of)|(?:describe|explain) (?:the|your|it|to me|that))\b/i],
  ['loves', /\bi (?:do |still )?love you\b|\b(?:i(?:'|’)?m|i am) in love with you\b/i],
  ['contradicts', /\byou(?:'|’)?(?:re| are) (?:wrong|mistaken)\b|\bthat(?:'|’)?s? (?:is )?not (?:true|right|so)\b|\bi (?:disagree|don(?:'|’)t agree)\b|^nonsense\b/i],
  ['thanks', /\b(?:thank you|thanks|much obliged|i(?:'|’)?m grateful|i owe you)\b/i],
  ['asks-how-are-you', /\bhow (?:are|have) (?:you|things)\b|\bare you (?:all right|alright|ok|okay|well)\b|\bhow(?:'|’)s (?:it going|your (?:day|night|evening))/i],
  ['kindness', /\b(?:you(?:'|’)re|you are|you look) (?:so |very |really |quite )?(?:kind|good|beautiful|lovely|brave|clever|funny|sweet|wonderful|amazing|handsome|right)\b|\bi (?:like|love|admire|trust|believe in|missed) (?:you|your|this|it)\b|\b(?:well done|good work|beautiful|wonderful|proud of you|glad to see you|good to see you)\b/i],
  ['asks-why', /\b(?:why|how come|what for)\b[^.!]*\?/i],
  ['asks-where', /\bwhere\b[^.!]*\?/i],
  ['asks-until', /\b(?:how long (?:until|till|before)|when (?:will|do|does|can|are|is|shall|should))\b[^.!]*\?/i],
  ['asks-when', /\b(?:when|how long|what time)\b[^.!]*\?/i],
  ['asks-what', /^(?:\W|and |but |so |then )*(?:what|which|how|who|whose)\b[^.!]*\?|[,;:.!-]\s*(?:what|which|how|who|whose)\b[^.!]*\?/i],
  ['offer', /\b(?:(?:can|could|may) i (?:do|help|get|bring|fetch)|anything i can do|do you need)\b/i],
  ['request', /\b(?:please|can you|could you|would you(?! like)|will you|help me|show me|give me|bring me|let me|i need you|i want you|may i|can i)\b/i],
  ['offer', /\b(?:would you like|do you want|have some|here, take|i brought|i can help|for you|you can have|take my)\b/i],
  ['asks-whether', /\?/],
  ['news', /\b(?:died|dead|killed|murdered|burned|on fire|gone missing|missing|vanished|arrested|they(?:'|’)re coming|found (?:a|the) body|war|escaped|stolen)\b/i],
  ['confession', /\b(?:i(?:(?:'|’)?m| am) (?:so |very |a little |a bit )?(?:afraid|scared|tired|lonely|lost|sad|ashamed|worried)|we(?:(?:'|’)?re| are) (?:all )?going to die|you (?:frighten|scare) me|i (?:feel|miss|never told|should have (?:said|told)|don(?:'|’)t know what)|can(?:'|’)t sleep|the truth is|i have to tell you|i confess)\b/i],
  ['farewell', /\b(?:goodbye|good ?night|farewell|see you|take care|i (?:should|must|have to|need to) (?:go|leave)|i(?:'|’)?m (?:leaving|off)|until (?:tomorrow|next time))\b/i],
  ['greeting', /^(?:hi|hello|hey|howdy|greetings|good (?:morning|evening|afternoon|day)|evening|morning|well met|hail)\b/i],
  ['jokes', /\b(?:haha|lol|just kidding|joking|joke|funny|ha!)/i],
  ['denies', /^(?:no|nope|never|not at all)[,.!]\s+(?:\S+\s*){3,}|\bi(?:(?:'|’)m| am) not (?:here|going|trying|a|an|the|your|lying)\b|\bi (?:didn(?:'|’)t|did not|never) (?:mean|say|do|take|steal)\b/i],
  ['unsure', /^(?:maybe|perhaps|possibly|i (?:do not|don(?:'|’)t) know|i(?:'|’)m not sure|who knows)\b/i],
  ['agrees', /^(?:yes|yeah|yep|sure|of course|all right|alright|okay|ok|fine|agreed|indeed|deal|exactly|i do|i will|gladly)\b/i],
  ['refuses', /^(?:no|nope|never|not really|i can(?:'|’)t|i won(?:'|’)t|i don(?:'|’)t|absolutely not|i refuse|leave me)\b/i],
  ['shows', /^(?:\W|look,? |so )*(?:this is|here is|here are|here(?:'|’)s|these are|that is|look at|behold)\s+(?:the|a|an|my|your|our|what|how|it)\b/i],
  ['discloses', /\bmy (?:brother|sister|mother|father|mum|dad|son|daughter|husband|wife|uncle|aunt|grandmother|grandfather|family) (?:used|was|were|is|had|has|made|taught|lives?|lived|works?|worked|kept|always|never)\b|\b(?:i (?:was born|grew up|live (?:in|on|alone|with)|lived|work (?:as|in|at|for|on)|worked|used to|come from|never learned|have (?:a|two|three|four|no) (?:brother|sister|son|daughter|child|dog|cat|husband|wife)|moved)|i(?:(?:'|’)?m| am) (?:a|an|the|from|married) (?!bit|little))/i],
  ['exclaims', /^[^.?]{1,60}!+$|^(?:oh (?:my )?god|my god|good god|good heavens|goodness|wow|oh no|dear god|oh my)\b/i],
];

/** Blows drown out whatever is said with them. */
const ATTACK = /\b(?:hit|hits|slap|slaps|punch|punches|shove|shoves|push|pushes|stab|stabs|draws? (?:a|my|his|her|their|the) (?:sword|knife|gun|blade|pistol)|attack|attacks|throws? .{0,20} at|kicks?|grabs? (?:you|her|him|them) by)\b/i;

const DONE: readonly (readonly [Act, RegExp])[] = [
  ['silent', /\b(?:says? nothing|is silent|stays? (?:silent|quiet)|keeps? (?:silent|quiet)|without a word)\b/i],
  ['gives', /\b(?:hands?|gives?|offers?|slides?|holds? out|passes|places|sets? down|puts? down|lays?)\b.{0,60}\b(?:you|her|him|them|table|counter|bar|desk|over|down|to)\b/i],
  ['touches', /\b(?:hugs?|embraces?|kiss(?:es)?|touch(?:es)?|takes? (?:your|her|his|their) (?:hand|arm)|holds? (?:your|her|his|their) (?:hand|arm)|pats?|strokes?|leans? (?:in|against|on)|leans? .{1,24} (?:on|against) (?:your|his|her|their)|(?:puts?|lays?|wraps?|drapes?) .{1,30}(?:around|over|about) (?:you|her|him|them|your|his|their)|rests? .{0,20}(?:hand|head))\b/i],
  ['leaves', /\b(?:leaves?|walks? (?:away|out|off)|turns? to go|heads? (?:for|to) the door|goes out|slips out|storms? out|backs? away)\b/i],
  ['settles', /\b(?:sits?|takes? a seat|settles?|lies down|lowers? (?:my|her|him|them)sel(?:f|ves)|perch(?:es)?|kneels?)\b/i],
  ['arrives', /\b(?:enters?|walks? (?:in|up|over)|steps? (?:in|inside|through|closer)|comes? (?:in|over|up)|approach(?:es)?|arrives?|pulls? up|joins?|knocks?|opens? the door|follows?|shuffles? in)\b/i],
  ['jokes', /\b(?:laugh(?:s|ing)?|chuckles?|giggles?|grins?|winks?|smirks?)\b/i],
  ['looks', /\b(?:looks?|glances?|stares?|watch(?:es)?|studies|nods?|smiles?|gazes?|peers?|listens?|waits?|shrugs?|sighs?|frowns?|leans?)\b/i],
];

function actOf(speech: string, done: string): Act {
  // "Honestly? I hate it." asks nothing.
  const told = speech.replace(/^(\p{L}+)\?\s+(?=\p{L})/u, '$1. ');
  const words = told.replaceAll(/[^\p{L}\p{N}?]+/gu, ' ').trim();
  if (ATTACK.test(done)) return 'attacks';
  if (words !== '') {
    // A greeting that goes on to something else is about that.
    const said = SAID.find(([, pattern]) => pattern.test(told))?.[0];
    if (said) return said;
    if (words.split(' ').length > 3 || done === '') return 'tells';
  }
  const acted = DONE.find(([, pattern]) => pattern.test(done))?.[0];
  return acted ?? (done !== '' ? 'looks' : words === '' ? 'silent' : 'tells');
}

const STOP = new Set(
  ('about above after again all almost along already also always am among and another any anyone anything are aren around as ask asked at away back be because been before behind being ' +
    'below beside best better between both but by came can cannot come comes could day did does doing done down each else enough even ever every everyone everything few fine first for ' +
    'forget found from gave get gets give go goes going gone good got great had half has have having hear heard hello her here hers herself him himself his how i if in inside into is it its ' +
    'itself just keep kind knew know last least leave left less let life like likely little long look looking looks lot made make makes many matter may maybe me mean means meant might mind ' +
    'mine moment more most much must my myself near need never new next nice no nobody none not nothing now of off often oh okay old on once one ones only or other others our out over own part people ' +
    'perhaps please point put quite rather really rest right said same say says see seem seems seen shall she should show side since so some someone something somewhere soon sorry sort ' +
    'still such sure take talk tell than thank thanks that the their them then there these they thing things think this those though thought through time times to together told tomorrow tonight too took ' +
    'toward two under until up upon us use used very wait want wanted was way ways we well went were what whatever when where whether which while who whole whom whose why will wish ' +
    'with within without won wonder word words work would yes yesterday yet you your yours yourself while whole bit truth fact problem question answer reason idea favor favour minute second hour hand hands head face eyes eye arm arms shoulder lips cheek hair voice smile breath ' +
    'liar fool idiot coward bastard joke nothing god hell damn sake').split(' '),
);
const ADJECTIVES = new Set(
  ('old young big small little great long short red black white blue green dark bright cold warm hot strange odd last first next second third lost broken empty full heavy quiet lonely silver golden ' +
    'wooden iron tall narrow deep secret hidden wet dry new other whole good bad best worst dead poor rich sweet bitter late early only same real true big wild grey gray ancient tiny huge torn burnt favourite favorite nosy lovely stuffed boundary two three four five strangest left right upper lower older younger elder').split(' '),
);
const NOT_NOUN = /(?:ly|ing|ed|n't|’t|'s|’s|'re|'ve|'ll)$|^\d+$/;
/** Verbs that stand after a noun: "the general finds out" is about the general. */
const VERBS = new Set(
  'finds says comes goes knows looks makes takes gets wants stands sits keeps runs falls works means holds lies dies has does gives tells asks thinks sees hears lives starts stops opens closes turns moves waits needs seems becomes burns happens smells tastes sounds belongs rings knocks sways died fell went came found took left made stood'.split(' '),
);
const NEVER_TOPIC = new Set('name names kind sort lot bit way thing things mean sense time use sake rest'.split(' '));
const DETERMINED = /\b(the|an?|my|your|this|that|these|those|our|his|her|their|some)\s+(?!(?:the|an?|my|your|this|his|her|their|some)\s)(?=([a-z][a-z'’-]*(?:\s+[a-z][a-z'’-]*){0,2}))/gi;

/** Nouns worth saying back, best first: what is possessed or named before what is only mentioned. */
function topicsOf(text: string, names: readonly string[]): string[] {
  const found = new Map<string, number>();
  const known = new Set(names.flatMap((name) => name.toLowerCase().split(' ')));
  const note = (topic: string, weight: number): void => {
    if (topic.length > 2 && topic.length < 40) found.set(topic, Math.max(found.get(topic) ?? 0, weight));
  };
  const noun = (word: string | undefined): word is string =>
    word !== undefined && word.length > 2 && !STOP.has(word) && !NOT_NOUN.test(word) && !known.has(word) && !ADJECTIVES.has(word) && !VERBS.has(word) && !NEVER_TOPIC.has(word);

  for (const match of text.matchAll(DETERMINED)) {
    const determiner = (match[1] ?? '').toLowerCase();
    const phrase = phraseOf((match[2] ?? '').toLowerCase().split(/\s+/));
    if (phrase.length > 0 && noun(phrase.at(-1))) note(`${turned(determiner)} ${phrase.join(' ')}`, determiner === 'my' || determiner === 'your' ? 4 : 2 + (phrase.length > 1 ? 1 : 0));
  }
  for (const match of text.matchAll(/(?<=[a-z,;]\s)(\p{Lu}[\p{Ll}'’]{2,}(?:\s\p{Lu}\p{Ll}+)?)/gu)) {
    const name = match[1] ?? '';
    if (!known.has(name.toLowerCase().split(' ')[0] ?? '') && !STOP.has(name.toLowerCase())) note(name, 3);
  }
  for (const match of text.matchAll(/\b(?:about|of|for|with|from|against|like|into)\s+([a-z]{4,})\b/gi)) {
    const word = match[1]?.toLowerCase();
    if (noun(word)) note(word, 1);
  }
  return [...found].toSorted(([a, x], [b, y]) => y - x || hash(a) - hash(b)).map(([topic]) => topic);
}

/** The words after a determiner that make one noun with what describes it: "old ferry house", "favourite soup". */
function phraseOf(words: readonly string[]): string[] {
  const phrase: string[] = [];
  for (const word of words) {
    const describes = ADJECTIVES.has(word);
    // A second noun that looks like a verb or goes on with the sentence ends the phrase.
    if (!describes && (STOP.has(word) || VERBS.has(word) || /(?:ly|n't|’t|'s|’s)$/.test(word) || (phrase.length > 0 && /(?:ed|ing)$/.test(word)))) break;
    phrase.push(word);
  }
  while (phrase.length > 0 && ADJECTIVES.has(phrase.at(-1) ?? '')) phrase.pop();
  return phrase;
}

function turned(determiner: string): string {
  const other: Readonly<Record<string, string>> = { my: 'your', your: 'my', this: 'that', these: 'those', our: 'your', a: 'that', an: 'that', some: 'the' };
  return other[determiner] ?? determiner;
}
