import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { recognizeEncoding } from '../../../../src/users/files/encodings/detect-encoding.ts';
import {
  assertText,
  decodeUnicode,
  encode,
} from '../../../../src/users/files/encodings/unicode.ts';

/** Many non-ASCII characters of Windows-1252, as Excel writes them. */
const western = 'Aé€ŠšŽžŒœŸ–—“”„…™ÄÖÜß';

describe('text in the encoding of a file', () => {
  it('is written so that it reads back the same, marked or not', () => {
    // Zero bytes indicate UTF-16, and an escape character Japanese; UTF-8 text has neither.
    const readable = fc
      .string({ unit: 'binary' })
      .filter((text) => !text.includes('\0') && !text.includes('\u001B'));
    const how = fc.constantFrom(
      { encoding: 'utf-8' as const, bom: true },
      { encoding: 'utf-8' as const, bom: false },
      { encoding: 'utf-16le' as const, bom: true },
      { encoding: 'utf-16be' as const, bom: true },
    );
    fc.assert(
      fc.property(readable, how, (typed, dialect) => {
        const text = `name,${typed.toWellFormed()}`;
        const readAs = dialect.encoding;
        assert.deepEqual(decodeUnicode(encode(text, dialect)), { ...dialect, text, readAs });
      }),
    );
  });

  it('is written in Windows-1252 with the characters that only this encoding has', () => {
    const bytes = encode(western, { encoding: 'windows-1252', bom: false });
    assert.equal(bytes.length, western.length);
    assert.equal(decodeUnicode(bytes), undefined);
    assert.equal(new TextDecoder('windows-1252').decode(bytes), western);
    assert.ok(recognizeEncoding(bytes));
  });

  it('becomes UTF-8 with a byte order mark when Windows-1252 lacks one of its characters', () => {
    const text = 'Łódź 🙂';
    const bytes = encode(text, { encoding: 'windows-1252', bom: false });
    assert.deepEqual(decodeUnicode(bytes), { encoding: 'utf-8', bom: true, text, readAs: 'utf-8' });
  });

  it('loses half a surrogate pair, and nothing else', () => {
    const bytes = encode('a\uD83Db', { encoding: 'utf-8', bom: false });
    assert.equal(decodeUnicode(bytes)?.text, 'a\uFFFDb');
  });

  it('may end in half a UTF-16 code unit', () => {
    assert.equal(decodeUnicode(Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x62))?.text, 'a\uFFFD');
  });
});

describe('a file that is not text', () => {
  it('is recognized by control characters at its beginning', () => {
    assert.throws(() => assertText('a\u0001\u0002\u0003b'), /isn’t text/);
    assert.doesNotThrow(() => assertText(`\u001B${'text '.repeat(50)}\u0007`));
    assert.doesNotThrow(() => assertText('a\tb\r\nc'));
  });

  it('is recognized by a NUL character in any row, which is named', () => {
    for (const eol of ['\n', '\r', '\r\n']) {
      const text = `${'a,b'.repeat(40)}${eol}c${eol}d\0`;
      assert.throws(() => assertText(text), /Row 3 /);
    }
  });
});
