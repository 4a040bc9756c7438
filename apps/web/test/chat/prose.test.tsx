import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { mend } from '../../src/features/chat/prose/mend.ts';
import { Prose } from '../../src/features/chat/prose/prose.tsx';

const html = (text: string, unfinished = false): string =>
  renderToStaticMarkup(<Prose text={text} unfinished={unfinished} />).replaceAll(' dir="auto"', '');

describe('prose', () => {
  it.each([
    ['plain', '<p>plain</p>'],
    ['*She turns.* "You came."', '<p><em>She turns.</em> &quot;You came.&quot;</p>'],
    ['one **two** three', '<p>one <strong>two</strong> three</p>'],
    ['***both***', '<p><em><strong>both</strong></em></p>'],
    ['a\nb\n\nc', '<p>a<br/>b</p><p>c</p>'],
    ['> said\n> so\nthen', '<blockquote><p>said<br/>so</p></blockquote><p>then</p>'],
    ['yes ((brb, *tea*)) no', '<p>yes <span class="chat-ooc">brb, <em>tea</em></span> no</p>'],
    ['((one\n\ntwo))', '<p><span class="chat-ooc">one</span></p><p><span class="chat-ooc">two</span></p>'],
    ['{{char}} & {{user}}', '<p>{{char}} &amp; {{user}}</p>'],
    ['2 * 3 * 4', '<p>2 * 3 * 4</p>'],
    ['snake_case_name', '<p>snake_case_name</p>'],
    ['', ''],
  ])('UI-2 draws %j', (text, expected) => expect(html(text)).toBe(expected));

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[a](javascript:alert(1))',
    '![x](http://elsewhere/x.png)',
    'https://elsewhere.example/a',
    '<https://elsewhere.example>',
    '`code` ~~gone~~',
    '# heading',
    '- item',
    '    indented',
    '---',
  ])('OP-7 keeps %j as the characters it is', (text) => {
    const drawn = html(text);
    expect(drawn.replace(/<\/?p>/g, '')).not.toMatch(/<(?!br)/);
    expect(drawn).toContain(text.trim().replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
  });

  it('UI-2 isolates the direction of every paragraph', () => {
    expect(renderToStaticMarkup(<Prose text={'שלום\n\nhello'} />)).toBe('<p dir="auto">שלום</p><p dir="auto">hello</p>');
  });

  it('OP-8 draws tangled text in bounded time', () => {
    for (const text of ['*'.repeat(30_000), '*a '.repeat(9_000), '_a_'.repeat(9_000), '(('.repeat(9_000), '> '.repeat(9_000), '**a *b '.repeat(60)]) {
      const from = performance.now();
      html(text);
      html(text, true);
      expect(performance.now() - from).toBeLessThan(400);
    }
  });
});

describe('prose while it streams', () => {
  it.each([
    ['*She tur', '<p><em>She tur</em></p>'],
    ['*She ', '<p><em>She</em> </p>'],
    ['*', ''],
    ['She *', '<p>She</p>'],
    ['**bold*', '<p><strong>bold</strong></p>'],
    ['*a **b', '<p><em>a <strong>b</strong></em></p>'],
    ['***all', '<p><em><strong>all</strong></em></p>'],
    ['***all** but', '<p><em><strong>all</strong> but</em></p>'],
    ['said ((out', '<p>said <span class="chat-ooc">out</span></p>'],
    ['said ((out)', '<p>said <span class="chat-ooc">out</span></p>'],
    ['said (', '<p>said</p>'],
    ['_under', '<p><em>under</em></p>'],
    ['5 * 6', '<p>5 * 6</p>'],
  ])('LOOK-3 never shows a raw mark in %j', (text, expected) =>
    expect(html(text, true).replace(/\s+<\/p>/, '</p>').replace('<p></p>', '')).toBe(expected.replace(/\s+<\/p>/, '</p>')));

  it('LOOK-3 shows no raw mark at any moment of a whole reply', () => {
    const whole = '*She leans on the rail, **hard**, and laughs.* "You came," *softly* she says. ((typing)) _So_ it ends ***here***. Fin';
    for (let at = 0; at <= whole.length; at++) {
      const seen = html(whole.slice(0, at), true).replace(/<[^>]*>/g, '');
      expect(seen, whole.slice(0, at)).not.toMatch(/[*_]|\(\(|\)\)/);
    }
  });

  it('mends nothing that is closed', () => {
    for (const text of ['*a* b', '**a** *b*', 'a_b_c', '((x)) y', '\\*a']) expect(mend(text)).toBe(text);
  });
});
