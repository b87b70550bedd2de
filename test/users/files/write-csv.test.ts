/** A file that is written line by line is identical to one that is written at once. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCsvWriter } from '../../../src/users/files/report/write-csv.ts';

const german = { delimiter: ';', encoding: 'windows-1252', bom: false, eol: '\r\n' } as const;
const row = ['Jörg', 'Müller', 'x'.repeat(200)];

describe('a CSV that is written line by line', () => {
  it('stays in Windows-1252 while the encoding has every character', () => {
    const csv = createCsvWriter(german);
    for (let count = 0; count < 1_000; count += 1) csv.add(row);
    const text = `${row.join(';')}\r\n`.repeat(1_000);
    assert.deepEqual(Buffer.concat(csv.parts()), Buffer.from(text, 'latin1'));
  });

  it('becomes UTF-8 as a whole when a late character is not in Windows-1252', () => {
    const csv = createCsvWriter(german);
    for (let count = 0; count < 1_000; count += 1) csv.add(row);
    csv.add(['李', '', '']);
    const text = `${`${row.join(';')}\r\n`.repeat(1_000)}李;;\r\n`;
    assert.deepEqual(Buffer.concat(csv.parts()), Buffer.from(`\uFEFF${text}`, 'utf8'));
  });

  it('has one byte order mark', () => {
    for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'] as const) {
      const csv = createCsvWriter({ ...german, encoding, bom: true });
      for (let count = 0; count < 1_000; count += 1) csv.add(row);
      const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(
        Buffer.concat(csv.parts()),
      );
      assert.equal(text.split('\uFEFF').length, 2);
      assert.equal(text, `\uFEFF${`${row.join(';')}\r\n`.repeat(1_000)}`);
    }
  });
});
