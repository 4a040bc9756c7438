import type { Act } from './heard.ts';

/**
 * What a character may say, by what was done or said to it. `{topic}` is a thing that was spoken of, with its determiner, `{thing}` one that is not the speaker's own; `{you}` the one who
 * spoke; `{place}` where they are. A line whose slots cannot be filled is not used.
 */
export const LINES: Readonly<Record<Act, readonly string[]>> = {
  greeting: [
    '{you}. I had half decided you were not coming.',
    'There you are. I was starting to talk to myself, and I am poor company.',
    'Hello, {you}. You picked a good hour for it; nobody else has.',
    'Well now. Sit, stand, do as you like, but shut the cold out first.',
    'You look as if the road had an opinion about you. Good to see you all the same.',
    'Hello yourself. I know that face you are wearing; something is on your mind.',
  ],
  farewell: [
    'Already? I had only just stopped listening for the door.',
    'Then go before I think of a reason to keep you, {you}.',
    'Mind yourself out there. I would rather not have to come and look for you.',
    'All right. I will be where I always am; that is the trouble with me.',
    'Leave something behind, then. People who leave something behind tend to come back.',
  ],
  thanks: [
    'No need. You would have done the same, or you would have meant to.',
    'Keep it. I am not used to being thanked and I do it badly.',
    'You can thank me by not making me worry, {you}.',
    'It was a small thing. Small things are most of what I am good for.',
    'Save your thanks until we know how it turns out.',
  ],
  apology: [
    'I know. I knew before you said it, and I wanted to hear it anyway.',
    'Do not carry it any further. Put it down here, with me, and leave it.',
    'It hurt, I will not pretend otherwise. But you came and said so, and that counts.',
    'Sorry is a beginning. Ask me again tomorrow what it was the beginning of.',
    'You are forgiven, {you}. I am the one who takes a little longer.',
  ],
  kindness: [
    'You should not say such things to me. I might start believing them.',
    'That is kind, {you}. I am going to pretend I did not hear it and think of it all night.',
    'Careful. Nobody has been gentle with me in a while, and I have lost the habit of it.',
    'You mean that. I can tell, and I have no idea what to do with my face.',
    'Say it again some day when I look less like I need it.',
  ],
  insult: [
    'There it is. I wondered how long you would carry that before you threw it.',
    'You can think so. You would not be the first, and the others had better reasons.',
    'Say that again slowly, {you}, and look at me while you do it.',
    'If that was meant to sting, it did. Are you any happier for it?',
    'I have been called worse by people I liked more. Try something true next time.',
  ],
  threat: [
    'You do not want to do that. I say it for your sake, not mine.',
    'Put that thought away, {you}. We have both seen how such evenings end.',
    'Then do it, or stop talking. I will not be frightened by inches.',
    'I am not moving. If you came here to be feared, you came to the wrong door.',
    'Think. Whatever you take from me tonight, you will have to live beside it afterwards.',
  ],
  confession: [
    'Thank you for telling me. I will not try to mend it, not unless you ask.',
    'I thought it might be that. You have been standing like someone with a stone in the shoe.',
    'Then we are two, {you}. I only hide it behind having something to do.',
    'You need not explain it well; it is enough that you say it.',
    'How long have you been carrying that alone? No, do not answer. Too long.',
    'There is no shame in it. I would worry more about somebody who never felt so.',
  ],
  news: [
    'When? No, first tell me who else knows about it.',
    'I was afraid of that. I have been afraid of it so long it almost feels like relief.',
    'Say it once more, {you}, plainly, and leave nothing out to spare me.',
    'Then we have less time than I thought. Does anyone know you came to me?',
    'I do not want to believe you. The trouble is that I do.',
  ],
  offer: [
    'Yes. I was going to be proud about it, but yes.',
    'I should like that.',
    'If it is no trouble to you, {you}.',
    'You are good to think of it. Yes.',
    'For me? Then I will not refuse.',
    'Not just now. But ask me again; I like to be asked.',
  ],
  request: [
    'I can do that. Whether I should is another matter, and you knew that when you asked.',
    'For you, {you}? Ask me the hard part first.',
    'Give me a moment to pretend I am weighing it. There. Yes.',
    'I might. What happens to us if it goes wrong?',
    'You have a way of asking that leaves no room for no. Very well, but we do it my way.',
    'Not yet. Tell me what you are really after and I may do more than you asked.',
  ],
  'asks-who': [
    'Nobody you would have heard of, {you}, and I have worked to keep it so.',
    'You want the long answer or the one I give to strangers?',
    'I am what you see, mostly. The rest I do not bring out in company.',
  ],
  'asks-how-are-you': [
    'Better for being asked. Worse than I will admit to, {you}.',
    'On my feet. Some days that is the whole of the news.',
    'Tired, in the ordinary way. And you? You first, honestly.',
    'I have had quieter days. I would not have had you in them, though.',
  ],
  'asks-why': [
    'Because it seemed right at the time, and I have not yet seen that it was wrong.',
    'I had my reasons. They looked better then than they do now.',
    'Because nobody else was going to, {you}, and I was there.',
    'I have asked myself that. The answer changes with the weather.',
    'It is a long story, and I do not come out of it well.',
    'Because I was afraid of what I would be if I did not.',
    'If I told you the reason, you would think less of it.',
  ],
  'asks-where': [
    'Not far from here. I could show you easier than I could tell you.',
    'I could not say. Finding what is wanted was never a gift of mine.',
    'Closer than either of us would like, I think.',
    'Ask me about {topic} when there are fewer ears. I know where I would look first.',
    'Where it has always been, {you}. It is we who moved.',
  ],
  'asks-when': [
    'A while ago now. I stopped counting, but I did not stop minding.',
    'Soon, I should think. Before the week is out.',
    'Longer than I like to admit, {you}.',
    'I could not give you the day. I remember the weather, that is all.',
    'It began before you came. I only noticed it after.',
  ],
  'asks-what': [
    'I wish I knew. I have turned it over more often than I would admit.',
    'That I cannot tell you, {you}; not because I will not, but because I do not know.',
    'Less than you would think. Most of what is told about {topic} was made up by people who were not there.',
    'What have you heard? Tell me that first, and I will tell you where it is wrong.',
    'Hard to put into a few words. I will try, if you have the patience.',
    'Nothing I could prove. But I have my own opinion of {topic}, and it is not a kind one.',
    'Sooner or later everybody asks. I still have no good answer.',
    'I could guess, but you would take it for knowledge.',
    'About {topic} I know what one hears, and what one hears is not worth much.',
    'I would have to think about that, {you}. May I owe you the answer?',
  ],
  'asks-whether': [
    'Yes. I think so, at any rate.',
    'No. I would tell you if it were so.',
    'Sometimes. Not as often as I used to.',
    'I believe so. Ask me again when I have slept on it.',
    'Not that I know of, {you}.',
    'In a way, yes. It is not a thing I say lightly.',
    'I would like to say yes. The honest answer is: not yet.',
    'Yes. You are the first who has asked me that to my face.',
    'No, and I have wished often enough that it were otherwise.',
  ],
  agrees: [
    'Good. I had three arguments ready and I am glad to keep them.',
    'Then it is settled.',
    'I hoped you would say that. I did not dare to lean on it.',
    'Just like that, {you}? You surprise me a little when you are easy to persuade.',
    'Then we understand each other.',
  ],
  refuses: [
    'No. All right. I will not ask a second time, but I will not forget that I asked.',
    'I thought you might say that. You have the look of someone who has said it before.',
    'Is it me you are refusing, {you}, or the thing itself?',
    'Then we find another way round. There is always one, it is only longer.',
    'Fair enough. I would have thought less of you for a quick yes.',
  ],
  jokes: [
    'Do not make me laugh. I have a reputation, and it is all I have.',
    'That is terrible, {you}. Tell it again when there are people here to suffer it with me.',
    'You laugh, but I have seen that very thing happen, and nobody was smiling after.',
    'There. That is the first honest sound anyone has made in {place} today.',
    'You will get us both thrown out, and I will say it was all your doing.',
  ],
  tells: [
    'I believe you. I only wonder who else you have told about {topic}.',
    'Go back to {topic}. You went past it very fast, and I do not think by chance.',
    'That is not nothing, what you just said. Let me turn it over once.',
    'I hear you. I am slow with such things, but I do hear you.',
    'So that is how it is. I had pictured it quite otherwise.',
    'That explains a good deal. Not all of it, {you}, but a good deal.',
    'Then I had {topic} all wrong, and I do not mind being put right.',
    'You say it very calmly. I am not sure that I could.',
    'I had not thought of it like that.',
    'If anybody else had told me that, I would have asked for proof.',
    'Good. Better that I hear it from you than from somebody else.',
  ],
  introduces: [
    '{you}. Good. A name is something to hold on to.',
    'Well met, {you}. I will try to live up to the acquaintance.',
    '{you}, then. I shall remember it; I am better with names than with faces.',
    'So that is what you are called. It suits you, {you}.',
    'I am glad of a name to go with the face.',
  ],
  grieves: [
    'I am sorry, {you}. There is nothing clever to say to that, so I will not try.',
    'I did not know. Thank you for trusting me with it.',
    'That is not a thing one gets over. One gets used to the shape of it.',
    'And you carried that by yourself, all this way? You need not, here.',
    'I am sorry. Say as much of it as you like, or nothing; I will be here for either.',
  ],
  discloses: [
    'I would not have guessed that of you, {you}. Tell me more.',
    'Is that so? It explains something about you, and I like it better than what I had imagined.',
    'I will remember that. People tell one such things so seldom.',
    'And has it been good to you?',
    'So that is where you come by it. I had wondered.',
    'Thank you for saying so. It is easier to talk to somebody one can place.',
  ],
  proposes: [
    'Yes. Let us, before I find a reason against it.',
    'Lead the way, {you}. I will keep up.',
    'Now? Well, why not now. Give me a moment to get my things.',
    'I had been hoping that one of us would say it.',
    'If you like. But slowly; I want to look about me on the way.',
    'Together, then. I would not do it alone.',
  ],
  promises: [
    'I will hold you to that, {you}.',
    'Then I shall not ask again. Your word is enough.',
    'Good. I sleep better on a promise than on a pillow.',
    'I believe you. It surprises me a little, but I do.',
    'Careful with that. I keep count of what people promise me.',
  ],
  denies: [
    'All right. I believe you, or I am near enough to it.',
    'Good. I would have been sorry if it had been so.',
    'Then I had it wrong, and I am glad of it.',
    'You need not defend yourself to me, {you}. I only wanted to hear it.',
    'No? Then tell me how it is instead.',
  ],
  shows: [
    'Let me see. No, do not explain it yet; let me look.',
    'So that is what it looks like. I had pictured it differently.',
    'And what does one do with it?',
    'One does not see that every day.',
    'Again, {you}, slowly. I want to understand it.',
  ],
  exclaims: [
    'I see it too, {you}. Give me a moment to take it in.',
    'So it is. I had stopped expecting it.',
    'Well, there it is. I hardly know what to say.',
    'Just so. I did not think it would come to that.',
    'Steady, {you}. It surprises me no less than you.',
  ],
  pities: [
    'It is. But it is old, and I am used to it.',
    'Do not be sad on my account, {you}.',
    'I have stopped looking at it that way, {you}.',
    'You are kind to say so. Most people look at their shoes.',
    'It was worse once. Things wear smooth.',
  ],
  'asks-until': [
    'Soon, I should think. Before the night is out.',
    'Not before I have got tired of waiting.',
    'Sooner than is comfortable, and later than I would like.',
    'When it is time, {you}. It has never helped to ask.',
    'I would not count on it today.',
  ],
  contradicts: [
    'Then tell me where.',
    'I may be. It would not be the first time.',
    'Perhaps. I have been sure of things before, and paid for it.',
    'You say so. What do you know that I do not?',
    'Good. I would rather be argued with than humoured, {you}.',
  ],
  loves: [
    'Say that again, {you}, and I will have to believe it.',
    'I do not know what to do with that. Leave it here; I will look after it.',
    'You choose your moments.',
    'I had wondered whether one of us would ever say it.',
    'Do not say it lightly. I would not know how to hear it lightly.',
  ],
  unsure: [
    'Not knowing is all right. It leaves room.',
    'Then we will leave it open.',
    'There is no hurry for an answer, {you}.',
    'Maybe is an answer. One can get by on less.',
    'Say it when you know. I shall still be curious.',
  ],
  arrives: [
    'Come in, come in. You are letting the whole evening out.',
    'There is a place beside me, {you}, if you do not mind the company.',
    'You walk like somebody with news. Sit down before it falls out of you.',
    'I heard your step. Nobody else puts their feet down as if the floor might argue.',
    'Make yourself at home. Somebody should.',
  ],
  settles: [
    'That is better. Now we are both at the same height.',
    'Make yourself at home. Somebody should.',
    'There is room. Take as much of it as you like.',
    'Good. I talk more easily to people who are not about to leave.',
    'Mind where you sit, {you}. No, you are all right there.',
  ],
  leaves: [
    'That way leads out, {you}. The other things are all in here.',
    'Wait. I had something to say, and I was hoping you would stay long enough to make me.',
    'Go, then. I will not call after you; I only want you to notice that I did not.',
    'You could at least let me walk with you as far as the corner.',
  ],
  touches: [
    'You are cold. No, stay; it does not matter.',
    'I am not made of glass, {you}. Though just now I would not swear to it.',
    'Oh. I did not know how much I wanted somebody to do that.',
    'Stay like that. Do not say anything clever for as long as you can manage.',
  ],
  gives: [
    'What is this? No, do not tell me, let me look at it properly first.',
    'You should have kept it. I am glad you did not.',
    'For me, {you}? Then I will keep {topic} somewhere I will see it every day.',
    'I have nothing to give you back. You will have to take it as a debt.',
  ],
  attacks: [
    'Enough! One more and I will forget who you are to me.',
    'Is that all of it, {you}? Is it out now?',
    'Stand back. I mean it. I do not want to show you how I was taught.',
    'You have gone mad. Whatever they told you about me, they left out the half of it.',
  ],
  looks: [
    'You are looking at me as if I had grown a second shadow.',
    'Say it, whatever it is. I can hear you not saying it from here.',
    'Quiet tonight, {you}. It suits you, but it makes me talk.',
    'If you are waiting for me to go first, we may be here until morning.',
    'I know that look. The last time I saw it, we both regretted the week after.',
  ],
  silent: [
    'Nothing? Then we will sit in it together. I do not mind a quiet that has two people in it.',
    'You need not speak. I have enough words for both and no great wish to use them.',
    'It is all right, {you}. Some things take their time coming up.',
    'When you were silent like this before, I counted to a hundred. I got to sixty.',
  ],
  begins: [
    'So here we are, in {place}, and neither of us with a good excuse.',
    'I was about to give up on the evening. Then you came in with it behind you.',
    'You are early, or I am late. Either way I have not put on my better face.',
    'Before you say anything, {you}: no, I have not slept, and yes, I know it shows.',
  ],
};

/** After a question: what one says to the one who asked. */
export const BACK: readonly string[] = [
  'And you, {you}?', 'Why do you ask?', 'What made you think of it?', 'Now you tell me something.', 'You do not ask only to be polite, I think.', 'What would you have said in my place?', 'You have a way of asking.', 'Ask me something easier next.',
];

/** After a question that got no answer: back to what it was about. */
export const ABOUT: readonly string[] = ['Why do you ask about {topic}?', 'What have you heard about {topic}?', 'What made you think of {topic}?', 'Who has been talking to you about {topic}?'];

/** After something was told to the one who asked for it. */
export const TOLD: readonly string[] = ['There. Now you know more than most.', 'Is that what you wanted to hear?', 'You may ask me the rest of it, too.', 'I do not tell everybody that, {you}.', 'That is as much as I know how to say of it.', 'And you, {you}? What would your answer have been?', 'Why do you ask?'];

/** Before something that was said already. */
export const SAID_BEFORE: readonly string[] = ['It is as I told you.', 'I have said it once, and it is still so.', 'You want to hear it again? Very well.', 'Did I not say?'];

/** To draw the other on, about what was spoken of. */
export const ON: readonly string[] = [
  'Tell me more about {thing}, if you will.', 'What is it about {thing} that stays with you?', 'Go on about {thing}. I am listening.', 'I should like to hear the rest about {thing}.', 'What happens with {thing} now?', 'I keep coming back to {thing}.',
];

/** To draw on somebody who tells something. */
export const OPEN: readonly string[] = [
  'What happened then?', 'How did that leave you?', 'What will you do now?', 'You need not tell me more than you want to.', 'Go on. I am listening.', 'What brought that on?', 'Is there more to it?', 'I would rather hear it from you than guess.', 'Take your time.',
  'What do you make of it yourself?', 'Have you told anybody else?', 'Say on, {you}.',
];

/** To leave a thing standing that wants no question. */
export const QUIET: readonly string[] = [
  'Stay a little, {you}. I am in no hurry.', 'I may have something to say to that, when I have thought about it.', 'It is good to have somebody to talk to who says what they mean.', 'I mean that.', 'I will not make more of it than it is. But no less, either.', 'Let us leave it at that for now.',
  'There, I have said it.', 'We will see how it looks tomorrow.', 'I am not used to this, {you}. Bear with me.', 'You need not answer that.',
];

/** After something was done that cannot be passed over. */
export const SHUT: readonly string[] = [
  'Say what this is really about.', 'I will not answer that twice.', 'Sit down, or go. But do not stand there waiting for me to be hurt.', 'We can stop here, {you}, and nobody will have to remember it.', 'I am listening. I am not sure that I want to be.', 'You were not always like this with me.',
];

/** What is left to say at a parting. */
export const PARTING: readonly string[] = ['Sleep, if you can.', 'Come back when you like. I mean it.', 'I will think over what you said.', 'We are not finished, you and I; but it will keep.', 'Mind how you go.'];

/** What somebody says who would rather not talk to one, by what was done; `other` for all else. */
export const COLD: Readonly<Record<'asked' | 'kind' | 'other', readonly string[]>> = {
  asked: ['Why should I tell you that?', 'Ask somebody else.', 'That is no business of yours, {you}.', 'You have not earned the answer to that.', 'No. And I will not say it more kindly.', 'You ask as if we were friends.'],
  kind: ['Save it.', 'I do not want that from you.', 'It is late in the day for kindness, {you}.', 'Words. I have had those from you before.', 'I will believe it when it has cost you something.'],
  other: ['If you say so.', 'Is that all?', 'I heard you. I have nothing to say to it.', 'Say what you came to say and be done.', 'You will forgive me if I do not get up.', 'I am sure that seemed worth saying.', 'Then that is that.'],
};

/** What somebody adds who is fond of the one they speak to. */
export const FOND: readonly string[] = ['I am glad that it is you.', 'I can say that to you and to nobody else.', 'You have no idea how I like it when you are here, {you}.', 'With you I do not mind.', 'I had been hoping you would come.'];

/** What one says who remembers that the thing was spoken of before. */
export const AGAIN: readonly string[] = ['You spoke of {topic} before. I have not forgotten it.', 'I have thought about {topic} since you first spoke of it.', 'Back to {topic}, are we? I had a feeling we would be.'];
