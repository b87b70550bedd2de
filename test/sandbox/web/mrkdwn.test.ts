import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { emojiName, emojiPattern } from '../../../sandbox/web/text/emoji.ts';
import { parseMrkdwn, parsePlain, safeUrl } from '../../../sandbox/web/text/mrkdwn.ts';
import type { Inline, Paragraph } from '../../../sandbox/web/text/nodes.ts';

/** The nodes of a text that must be a single paragraph. */
function line(text: string, options = {}): Inline[] {
  const [paragraph, ...others] = parseMrkdwn(text, options);
  assert.equal(others.length, 0);
  assert.equal(paragraph?.kind, 'paragraph');
  return paragraph.children;
}

const words = (text: string): Inline => ({ kind: 'text', text });

describe('marks', () => {
  for (const [mark, kind] of [
    ['*', 'bold'],
    ['_', 'italic'],
    ['~', 'strike'],
  ] as const) {
    test(`${mark} makes ${kind}`, () => {
      assert.deepEqual(line(`a ${mark}b c${mark}, d`), [
        words('a '),
        { kind, children: [words('b c')] },
        words(', d'),
      ]);
    });
  }

  test('formatting marks can be nested', () => {
    assert.deepEqual(line('*a _b_*'), [
      { kind: 'bold', children: [words('a '), { kind: 'italic', children: [words('b')] }] },
    ]);
  });

  for (const text of ['2 * 3 * 4', 'snake_case_name', '*open', 'a*b*c', '* a*', '**', '~ no ~']) {
    test(`nothing is marked in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(line(text), [words(text)]);
    });
  }

  test('a mark does not reach over a line', () => {
    assert.deepEqual(line('*a\nb*'), [words('*a'), { kind: 'break' }, words('b*')]);
  });

  test('a mark inside of a link does not close one outside', () => {
    assert.deepEqual(line('*<https://x.example/a*b|x>*'), [
      {
        kind: 'bold',
        children: [{ kind: 'link', url: 'https://x.example/a*b', children: [words('x')] }],
      },
    ]);
  });

  test('text in code is not interpreted', () => {
    assert.deepEqual(line('`*a* &lt;b&gt; :x:`'), [
      { kind: 'code', children: [words('*a* <b> :x:')] },
    ]);
  });
});

describe('paragraphs', () => {
  test('lines that begin with > are a quote', () => {
    assert.deepEqual(parseMrkdwn('a\n&gt; b\n> c\nd'), [
      { kind: 'paragraph', children: [words('a')] },
      { kind: 'quote', children: [words('b'), { kind: 'break' }, words('c')] },
      { kind: 'paragraph', children: [words('d')] },
    ]);
  });

  test('three backticks make a block in which nothing is a mark', () => {
    assert.deepEqual(parseMrkdwn('a\n```\n*b*\n```\nc'), [
      { kind: 'paragraph', children: [words('a')] },
      { kind: 'pre', children: [words('*b*')] },
      { kind: 'paragraph', children: [words('c')] },
    ]);
  });

  test('an opening fence alone is three backticks', () => {
    assert.deepEqual(line('a ```b'), [words('a ```b')]);
  });

  test('a list stays text', () => {
    assert.deepEqual(line('• a\n• b'), [words('• a'), { kind: 'break' }, words('• b')]);
  });
});

describe('control sequences', () => {
  const cases: [string, Inline][] = [
    ['<@U0TARA>', { kind: 'user', id: 'U0TARA', label: null }],
    ['<@U0TARA|tara>', { kind: 'user', id: 'U0TARA', label: 'tara' }],
    ['<#C0GENERAL|general>', { kind: 'channel', id: 'C0GENERAL', label: 'general' }],
    ['<!subteam^S0LEADS>', { kind: 'usergroup', id: 'S0LEADS', label: null }],
    ['<!channel>', { kind: 'broadcast', range: 'channel' }],
    ['<!here>', { kind: 'broadcast', range: 'here' }],
    [
      '<!date^1700000000^{date} at {time}^https://x.example/|then>',
      {
        kind: 'date',
        seconds: 1_700_000_000,
        format: '{date} at {time}',
        url: 'https://x.example/',
        fallback: 'then',
      },
    ],
    [
      '<https://x.example/?a=1&amp;b=2|a &lt; b>',
      { kind: 'link', url: 'https://x.example/?a=1&b=2', children: [words('a < b')] },
    ],
    ['<mailto:a@x.example|a>', { kind: 'link', url: 'mailto:a@x.example', children: [words('a')] }],
  ];
  for (const [text, node] of cases) {
    test(text, () => assert.deepEqual(line(text), [node]));
  }

  test('a link that would run something stays text', () => {
    assert.deepEqual(line('<javascript:alert(1)|x>'), [words('<javascript:alert(1)|x>')]);
    assert.equal(safeUrl('javascript:alert(1)'), null);
    assert.equal(safeUrl('data:text/html,x'), null);
  });

  test('an escaped sequence is words', () => {
    assert.deepEqual(line('&lt;!channel&gt; &amp;amp;'), [words('<!channel> &amp;')]);
  });
});

describe('emoji and bare links', () => {
  test('a known name is an emoji, an unknown one stays', () => {
    assert.deepEqual(line(':warning: :nope: 10:30:00'), [
      { kind: 'emoji', name: 'warning' },
      words(' :nope: 10:30:00'),
    ]);
  });

  test('an address is a link, without the full stop behind it', () => {
    assert.deepEqual(line('see https://x.example/a.'), [
      words('see '),
      { kind: 'link', url: 'https://x.example/a', children: [words('https://x.example/a')] },
      words('.'),
    ]);
  });

  test('verbatim text makes no links', () => {
    assert.deepEqual(line('https://x.example/a', { verbatim: true }), [
      words('https://x.example/a'),
    ]);
  });
});

test('an emoji character has its name, with and without its variation selector', () => {
  const found = [...'a ⚠️ b ⚠ c ✅'.matchAll(emojiPattern)].map(([character]) => character);
  assert.deepEqual(found, ['⚠️', '⚠', '✅']);
  assert.deepEqual(found.map(emojiName), ['warning', 'warning', 'white_check_mark']);
});

describe('plain_text', () => {
  test('only emoji names are interpreted', () => {
    assert.deepEqual(parsePlain('*a* <@U1> &lt; :x:\nb'), [
      words('*a* <@U1> &lt; '),
      { kind: 'emoji', name: 'x' },
      { kind: 'break' },
      words('b'),
    ]);
  });

  test('leaves emoji names as they are when emoji is false', () => {
    assert.deepEqual(parsePlain(':x:', false), [words(':x:')]);
  });
});

test('no text makes it throw, and text without marks keeps every word', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      parseMrkdwn(text);
      const bare = text.replace(/[*_~`<>&:\n]/g, '').replace(/https?/g, '');
      assert.equal(parseMrkdwn(bare).map(textOf).join(''), bare);
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'*_~`<>|!@#^&:a \n') }), (text) => {
      assert.ok(Array.isArray(parseMrkdwn(text)));
    }),
    { numRuns: 1000 },
  );
});

function textOf(paragraph: Paragraph): string {
  assert.equal(paragraph.kind, 'paragraph');
  return paragraph.children.map((node) => (node.kind === 'text' ? node.text : '?')).join('');
}
