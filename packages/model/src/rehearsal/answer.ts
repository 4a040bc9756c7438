import { spoil } from './books/spoil.ts';
import type { Conduct } from './conduct.ts';
import { answerPart } from './parts.ts';
import { readPrompt } from './prompt.ts';
import { reply } from './prose.ts';
import { asksTransition, transition } from './transition.ts';
import type { CompletionRequest } from './shape.ts';

/** Words of a reply that is made to last, for `slow` and `long`. */
const SLOW_WORDS = 130;
const LONG_WORDS = 450;

/** The whole text of the rehearsal model's answer: a structured one where a schema is given, else prose in character, another one for each `take`. */
export function answer(request: CompletionRequest, conduct: Conduct, take: number): string {
  if (conduct.kind === 'empty') return '';
  if (conduct.kind === 'refuse') return "I'm sorry, but I can't help with that.";
  const prompt = readPrompt(request.messages);
  const tool = request.tools?.[0]?.function;
  const wanted = request.response_format?.json_schema ?? (tool && { name: tool.name, schema: tool.parameters });
  if (wanted) {
    if (conduct.kind === 'bad-json') return 'Well, let me think about that. It all began on a quiet evening, and nobody had brought a lamp.';
    const whole = answerPart(wanted.name, wanted.schema ?? {}, prompt);
    return conduct.kind === 'spoil' ? spoil(whole, conduct.how) : JSON.stringify(whole);
  }
  const least = conduct.kind === 'slow' ? SLOW_WORDS : conduct.kind === 'long' ? LONG_WORDS : 0;
  const prose = asksTransition(prompt) ? transition(prompt, take) : reply(prompt, take, least);
  return conduct.kind === 'think' ? `<think>They said something. I should stay in character and keep it short.</think>\n\n${prose}` : prose;
}
