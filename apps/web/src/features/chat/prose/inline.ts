import { Lexer, Marked } from 'marked';
import type { Token, Tokens } from 'marked';

/** The inline forms that prose may take: nothing else is ever drawn as more than its plain characters. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'em' | 'strong' | 'ooc'; readonly children: readonly Inline[] };

/** Above these a paragraph is drawn as it stands: nobody writes so, and deep nesting costs time out of proportion. */
const MAX_LENGTH = 20_000;
const MAX_MARKS = 400;

const nothing = (): undefined => undefined;

const remark = {
  name: 'ooc',
  level: 'inline' as const,
  start: (src: string) => {
    const at = src.indexOf('((');
    return at === -1 ? undefined : at;
  },
  tokenizer(this: { lexer: Lexer }, src: string) {
    const match = /^\(\(([^]*?)\)\)(?!\))/.exec(src);
    if (match === null) return undefined;
    return { type: 'ooc', raw: match[0], tokens: this.lexer.inlineTokens((match[1] ?? '').trim()) };
  },
};

const options = new Marked({
  gfm: true,
  breaks: true,
  extensions: [remark],
  // Links, images, code and tags stay the characters they are: model and card text never becomes markup or an address.
  tokenizer: { link: nothing, reflink: nothing, autolink: nothing, url: nothing, tag: nothing, codespan: nothing, del: nothing },
}).defaults;

/** The inline forms of one paragraph. Never throws; text that is too tangled comes back plain. */
export function inlineOf(paragraph: string): readonly Inline[] {
  const marks = paragraph.match(/[*_]|\(\(/g)?.length ?? 0;
  if (paragraph.length > MAX_LENGTH || marks > MAX_MARKS) return plain(paragraph);
  return merged(Lexer.lexInline(paragraph, options).map(inline));
}

function plain(paragraph: string): readonly Inline[] {
  return paragraph
    .split('\n')
    .flatMap((text, at): Inline[] => (at === 0 ? [{ kind: 'text', text }] : [{ kind: 'break' }, { kind: 'text', text }]));
}

function inline(token: Token): Inline {
  switch (token.type) {
    case 'em':
    case 'strong':
    case 'ooc':
      return { kind: token.type, children: merged((token as Tokens.Generic).tokens?.map(inline) ?? []) };
    case 'br':
      return { kind: 'break' };
    case 'escape':
      return { kind: 'text', text: (token as Tokens.Escape).text };
    default:
      return { kind: 'text', text: token.raw };
  }
}

/** The lexer cuts text wherever a mark might have stood; joined, it is one run that a screen reader reads in one go. */
function merged(parts: readonly Inline[]): readonly Inline[] {
  const out: Inline[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (part.kind === 'text' && last?.kind === 'text') out[out.length - 1] = { kind: 'text', text: last.text + part.text };
    else out.push(part);
  }
  return out;
}
