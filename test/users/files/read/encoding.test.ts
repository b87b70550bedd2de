import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { assertText, decode, encode } from '../../../../src/users/files/read/encoding.ts';

/** Every letter that Windows-1252 has, as Excel writes them. */
const western = 'Aé€ŠšŽžŒœŸ–—“”„…™ÄÖÜß';

describe('text in the encoding of a file', () => {
  it('is written so that it reads back the same, marked or not', () => {
    const how = fc.constantFrom(
      { encoding: 'utf-8' as const, bom: true },
      { encoding: 'utf-8' as const, bom: false },
      { encoding: 'utf-16le' as const, bom: true },
      { encoding: 'utf-16be' as const, bom: true },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), how, (typed, dialect) => {
        const text = `name,${typed.toWellFormed()}`;
        assert.deepEqual(decode(encode(text, dialect)), { ...dialect, text });
      }),
    );
  });

  it('is written in Windows-1252 with the letters that only it has', () => {
    const bytes = encode(western, { encoding: 'windows-1252', bom: false });
    assert.equal(bytes.length, western.length);
    assert.equal(decode(bytes).text, western);
    assert.equal(decode(bytes).encoding, 'windows-1252');
  });

  it('becomes marked UTF-8 when Windows-1252 lacks a letter of it', () => {
    const text = 'Łódź 🙂';
    const bytes = encode(text, { encoding: 'windows-1252', bom: false });
    assert.deepEqual(decode(bytes), { encoding: 'utf-8', bom: true, text });
  });

  it('loses half a surrogate pair, and nothing beside it', () => {
    const bytes = encode('a\uD83Db', { encoding: 'utf-8', bom: false });
    assert.equal(decode(bytes).text, 'a\uFFFDb');
  });

  it('may end in half a letter of UTF-16', () => {
    assert.equal(decode(Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x62)).text, 'a\uFFFD');
  });
});

describe('what is no text', () => {
  it('is told by the controls at its beginning', () => {
    assert.throws(() => assertText('a\u0001\u0002\u0003b'), /isn’t text/);
    assert.doesNotThrow(() => assertText(`\u001B${'text '.repeat(50)}\u0007`));
    assert.doesNotThrow(() => assertText('a\tb\r\nc'));
  });

  it('is told by a NUL in any row, which is named', () => {
    for (const eol of ['\n', '\r', '\r\n']) {
      const text = `${'a,b'.repeat(40)}${eol}c${eol}d\0`;
      assert.throws(() => assertText(text), /Row 3 /);
    }
  });
});
