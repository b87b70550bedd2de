/** Properties that must hold for every file, tested with unusual files. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { explain, ProblemError } from '../../../src/errors/problem.ts';
import { checkRows } from '../../../src/users/files/check/check-rows.ts';
import { createCsvReader } from '../../../src/users/files/read/csv-records.ts';
import { readTable } from '../../../src/users/files/read/read-table.ts';
import { standardLimits } from '../../../src/users/files/table/file-limits.ts';
import { guardedCell, plainCell } from '../../../src/users/files/table/formula-guard.ts';
import { oddRow } from '../../../src/users/files/table/title-and-total-rows.ts';
import { csvBytes, type WrittenDialect } from '../../files/csv-writing.ts';
import { header, text, userRow } from '../../files/tables.ts';
import { sheetOf } from '../../files/workbook-writing.ts';
import { anyContext, anyText } from '../drafts.ts';
import { managed } from '../fixtures.ts';

/** Characters of every kind, and those with a special meaning for parsers of tables. */
const spicy = fc.constantFrom(
  ...',;\t"\'\n\r =+-@|[{<éЖ李🙂\u0301\u200B\u00A0\uFEFFa1'.split(/(?:)/u),
);
/** Without control characters, which make a file binary and have their own tests. */
const cell = fc.oneof(
  fc.string({ unit: spicy, maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
/** In Windows-1252, and never valid UTF-8 by chance: its umlauts are never followed by a continuation byte. */
const westernCell = fc.string({
  unit: fc.constantFrom(...',;\t"\'\n\r =+-@|abcÄÖÜäöüßéñ'),
  maxLength: 12,
});
const rowsOf = (unit: fc.Arbitrary<string>) =>
  fc.array(fc.array(unit, { minLength: header.length, maxLength: header.length }), {
    minLength: 1,
    maxLength: 20,
  });

const delimiter = fc.constantFrom(',' as const, ';' as const, '\t' as const);
const eol = fc.constantFrom('\r\n' as const, '\n' as const, '\r' as const);
const wide: fc.Arbitrary<WrittenDialect> = fc
  .record({
    delimiter,
    eol,
    encoding: fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'),
    bom: fc.boolean(),
  })
  // UTF-16 without a byte order mark is detected by its Western characters, of which these tables have too few.
  .map((shape) => ({ ...shape, bom: shape.bom || shape.encoding !== 'utf-8' }));
const western: fc.Arbitrary<WrittenDialect> = fc.record({
  delimiter,
  eol,
  encoding: fc.constant('windows-1252'),
  bom: fc.constant(false),
});
const written = fc.oneof(
  fc.record({ rows: rowsOf(cell), dialect: wide }),
  fc.record({ rows: rowsOf(westernCell), dialect: western }),
);

const isBlank = (row: readonly string[]) => row.every((cell) => cell.trim() === '');

/** Comments, totals and separators between rows are left out, and have their own tests. */
const isSomebody = (row: readonly string[]) =>
  oddRow(row, { texts: header, isKnown: header.map(() => true) }) === undefined;

/** Reads any bytes: returns a table, or the sentence that explains why not. Fails on every other error. */
async function outcomeOf(bytes: Uint8Array, context = managed): Promise<string> {
  try {
    const checked = await checkRows(await readTable(bytes, 'users.csv'), context);
    const { good, exists, invalid, created, empty } = checked.counts;
    assert.equal(good + exists + invalid + created + empty, checked.table.rows.length);
    for (const { problem } of [...checked.findings, ...checked.warnings, ...checked.remarks]) {
      assert.match(explain(problem), /^\P{Cc}{10,600}$/u);
    }
    return 'checked';
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    assert.match(explain(error.problem), /^\P{Cc}{10,600}$/u);
    return error.problem.code;
  }
}

describe('any table', () => {
  it('written as CSV in any dialect reads back the same', async () => {
    await fc.assert(
      fc.asyncProperty(written, async ({ rows, dialect }) => {
        const kept = rows.filter((row) => !isBlank(row));
        fc.pre(kept.length > 0 && kept.every(isSomebody));
        const guarded = rows.map((row) => row.map(guardedCell));
        const bytes = csvBytes([header, ...guarded], dialect);
        // The sender chooses the encoding of a country where the characters alone do not determine it.
        const choices = dialect.encoding === 'windows-1252' ? { encoding: dialect.encoding } : {};
        const table = await readTable(bytes, 'users.csv', standardLimits, choices);
        assert.deepEqual(
          table.rows.map((row) => row.cells),
          kept,
        );
        // A single cell can be a title between the rows; all other rows have no problems.
        const odd = table.rows.filter(({ problems }) => problems !== undefined);
        for (const { cells } of odd) {
          assert.equal(cells.filter((text) => text.trim() !== '').length, 1);
        }
        const { delimiter, encoding, bom } = table.dialect;
        assert.deepEqual({ delimiter, bom }, { delimiter: dialect.delimiter, bom: dialect.bom });
        const beyondAscii = /[^\x20-\x7E\s]|[^\P{Zs} ]/u.test(rows.flat().join(''));
        if (dialect.encoding !== 'windows-1252' || beyondAscii) {
          assert.equal(encoding, dialect.encoding);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('written as a workbook reads back the same', async () => {
    // XML cannot represent a carriage return and similar characters; Excel writes them with an escape.
    const safe = cell.filter(
      (character) => !/[\r\p{Cc}\uFFFE\uFFFF]/u.test(character.replaceAll(/[\n\t]/g, '')),
    );
    await fc.assert(
      fc.asyncProperty(rowsOf(safe), async (rows) => {
        const kept = rows.filter((row) => !isBlank(row));
        fc.pre(kept.length > 0 && kept.every(isSomebody));
        const table = await readTable(
          sheetOf([header, ...rows.map((row) => row.map(guardedCell))]),
          'x',
        );
        assert.deepEqual(
          table.rows.map((row) => row.cells),
          kept,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('written as JSON reads back the same', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf(anyText), fc.boolean(), async (rows, aLine) => {
        const entries = rows.map((row) =>
          Object.fromEntries(row.map((cell, at) => [`c${at}`, cell])),
        );
        const json = aLine
          ? entries.map((entry) => JSON.stringify(entry)).join('\n')
          : JSON.stringify(entries, null, 2);
        const table = await readTable(text(json), 'users.json');
        assert.deepEqual(
          table.rows.map((row) => row.cells),
          rows,
        );
      }),
      { numRuns: 100 },
    );
  });

  it('reads as csv-parse reads it, where both take it', () => {
    const line = fc.string({ unit: fc.constantFrom(...',;ab\n\r'), maxLength: 60 });
    const quoted = rowsOf(cell).map((rows) => Buffer.from(csvBytes(rows)).toString());
    fc.assert(
      fc.property(fc.oneof(line, quoted), (content) => {
        const reader = createCsvReader(content, ',', standardLimits);
        const records: (readonly string[])[] = [];
        for (let record = reader.next(); record; record = reader.next()) records.push(record.cells);
        const others: string[][] = parse(content, {
          relax_column_count: true,
          record_delimiter: ['\r\n', '\n', '\r'],
        });
        assert.deepEqual(records, others);
      }),
      { numRuns: 300 },
    );
  });
});

describe('any cell', () => {
  it('is read back unchanged after it was guarded against being a formula', () => {
    fc.assert(
      fc.property(fc.oneof(cell, anyText), (content) => {
        const guarded = guardedCell(content);
        assert.equal(plainCell(guarded), content);
        assert.doesNotMatch(guarded, /^[=+\-@\t\r]/);
      }),
      { numRuns: 200 },
    );
  });
});

describe('any bytes', () => {
  const real: readonly Uint8Array[] = [
    csvBytes([header, userRow('one', { first: 'Jörg, "x"' }), userRow('two'), userRow('three')]),
    csvBytes([header, userRow('one')], {
      delimiter: ';',
      eol: '\r',
      encoding: 'utf-16be',
      bom: true,
    }),
    sheetOf([header, userRow('one'), userRow('two')]),
    text(
      JSON.stringify([{ Username: 'a', Tags: { a: 'b' } }, { IdentityInfo: { FirstName: 'x' } }]),
    ),
  ];
  const beginnings = fc.constantFrom(
    ...['', '[', '{"a":', 'PK\x03\x04', '\xff\xfe', '\xef\xbb\xbf', '"', '<', `${header}\n`].map(
      (text) => Buffer.from(text, 'latin1'),
    ),
  );
  const change = fc.record({
    at: fc.double({ min: 0, max: 0.999, noNaN: true }),
    drop: fc.oneof(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 12 })),
    // One character more or less usually leaves a readable file; other bytes rarely do.
    put: fc.oneof(
      fc.uint8Array({ maxLength: 6 }),
      fc.constantFrom('x', 'ab', '').map((letters) => Buffer.from(letters)),
    ),
  });

  it('are read, or refused with a message', async () => {
    const bytes = fc
      .tuple(beginnings, fc.uint8Array({ maxLength: 400 }))
      .map((parts) => Buffer.concat(parts));
    await fc.assert(
      fc.asyncProperty(bytes, anyContext, async (content, context) => {
        await outcomeOf(content, context);
      }),
      { numRuns: 150 },
    );
  });

  it('are read, or refused with a message, when they come from a damaged real file', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...real),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        async (whole, changes) => {
          let bytes = Buffer.from(whole);
          for (const { at, drop, put } of changes) {
            const from = Math.floor(at * bytes.length);
            bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + drop)]);
          }
          seen.add(await outcomeOf(bytes));
        },
      ),
      { numRuns: 300 },
    );
    assert.ok(seen.has('checked') && seen.size > 5, [...seen].join());
  });

  it('become rows with findings when they are text below a valid header', async () => {
    const rows = fc.array(fc.array(anyText, { minLength: 1, maxLength: 8 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, anyContext, async (cells, context) => {
        await outcomeOf(csvBytes([header, ...cells]), context);
      }),
      { numRuns: 100 },
    );
  });
});
