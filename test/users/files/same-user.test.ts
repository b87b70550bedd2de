/** The user read from a file is the user that was written into it, or a note says what differs. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { answerOf } from '../../../src/check-file/file-answer.ts';
import { createReportWriter } from '../../../src/users/files/report/write-report.ts';
import { plainCell } from '../../../src/users/files/table/formula-guard.ts';
import type { UserDraft } from '../../../src/users/new-user.ts';
import { csvBytes, type WrittenDialect } from '../../files/csv-writing.ts';
import { checkFile, header } from '../../files/tables.ts';
import { sheetOf } from '../../files/workbook-writing.ts';
import { anyText, rightDraft } from '../drafts.ts';
import { managed, routingProfiles, securityProfiles } from '../fixtures.ts';

const titles = [
  'first name',
  'last name',
  'user login',
  'email address',
  'secondary email address',
  'mobile',
  'routing profile name',
  'security profiles',
  'hierarchy group',
  'phone type',
  'phone number',
  'auto accept',
  'ACW timeout',
  'tags',
] as const;

const barred = (names: readonly string[]) => names.filter((name) => !name.includes('|'));
const draft = rightDraft({
  routingProfiles: routingProfiles.map(({ name }) => name),
  securityProfiles: barred(securityProfiles.map(({ name }) => name)),
  hierarchyGroups: ['Tier 1', 'North|Sales', '/ North', 'In/Out'],
});

function cellsOf(user: UserDraft): string[] {
  const nameOf = (choice: UserDraft['routingProfile']) =>
    choice && 'name' in choice ? choice.name : '';
  return [
    user.firstName ?? '',
    user.lastName ?? '',
    user.username ?? '',
    user.email ?? '',
    user.secondaryEmail ?? '',
    user.mobile ?? '',
    nameOf(user.routingProfile),
    (user.securityProfiles ?? []).map(nameOf).join('|'),
    nameOf(user.hierarchyGroup),
    user.phoneType ?? '',
    user.deskPhoneNumber ?? '',
    user.autoAccept ?? '',
    user.afterContactWorkSeconds ?? '',
    user.tags ?? '',
  ];
}

const dialect: fc.Arbitrary<WrittenDialect> = fc.record({
  delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const),
  eol: fc.constantFrom('\r\n' as const, '\n' as const, '\r' as const),
  encoding: fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'),
  bom: fc.constant(true),
});

describe('any users in a report', () => {
  it('are read back as the same users, in every dialect', async () => {
    let good = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(draft, { minLength: 1, maxLength: 5 }),
        dialect,
        fc.constantFrom('checked' as const, 'results' as const),
        async (drafts, how, kind) => {
          const first = await checkFile(csvBytes([titles, ...drafts.map(cellsOf)], how));
          const report = createReportWriter(first.table, kind);
          for (const [at, row] of first.table.rows.entries()) {
            const isGood = first.rows[at]?.verdict.kind === 'good';
            report.add(row, {
              status: isGood ? (kind === 'checked' ? 'ready' : 'failed') : 'invalid',
              problem: 'Row 2, user login: “x” is taken.',
              suggestion: '=HYPERLINK("x")',
            });
          }
          const again = await checkFile(Buffer.concat(report.parts()));
          assert.equal(again.rows.length, first.rows.length);
          for (const [at, { verdict }] of first.rows.entries()) {
            if (verdict.kind !== 'good') continue;
            const read = again.rows[at]?.verdict;
            assert.deepEqual(read?.kind === 'good' ? read.user : read, verdict.user);
          }
          good += first.counts.good;
        },
      ),
      { numRuns: 80 },
    );
    assert.ok(good > 50, `${good} rows were good`);
  });
});

describe('any text in the cells of a person', () => {
  const named = header.slice(0, 4);
  const person = fc.tuple(
    textOr('Zoe\u0308 Ann'),
    textOr("O'Neil-Quinn"),
    textOr('zoe@harbour.example'),
    textOr('Zoe.Quinn'),
  );
  const valuesOf = (user: NonNullable<ReturnType<typeof answerOf>['rows'][0]['user']>) => [
    user.IdentityInfo?.FirstName,
    user.IdentityInfo?.LastName,
    user.IdentityInfo?.Email,
    user.Username,
  ];

  /** Usually the valid value, typed untidily; sometimes any text. */
  function textOr(right: string): fc.Arbitrary<string> {
    return fc.oneof(
      { weight: 4, arbitrary: fc.constant(right) },
      { weight: 5, arbitrary: untidy(right) },
      { weight: 1, arbitrary: anyText },
    );
  }

  /** A valid value as programs and people change it, by inserting something. */
  function untidy(right: string): fc.Arbitrary<string> {
    const odd = fc.constantFrom(
      ...['', ' ', '  ', '\u00A0', '\u200B', '\u00AD', '\uFEFF', '\t', '\n', '\u200D', '\uFE0F'],
      ...["'", '"', '=', '#', '0', '.0', '*', '\u202A', '\u0301', '&amp;', 'Ã©', '?', '\uE000'],
    );
    return fc
      .tuple(fc.nat({ max: right.length }), odd)
      .map(([at, put]) => right.slice(0, at) + put + right.slice(at));
  }

  for (const kind of ['CSV', 'workbook'] as const) {
    it(`becomes exactly that person, or a note tells what was taken instead, in a ${kind}`, async () => {
      let good = 0;
      let noted = 0;
      await fc.assert(
        fc.asyncProperty(person, async (cells) => {
          // An apostrophe that our own reports put before a formula is removed again.
          fc.pre(cells.every((cell) => plainCell(cell) === cell && cell.isWellFormed()));
          // XML cannot represent these.
          fc.pre(
            kind === 'CSV' ||
              !cells.some((cell) => /[\p{Cc}\uFFFE\uFFFF]/u.test(cell.replaceAll(/[\n\t]/g, ''))),
          );
          const rows = [header, [...cells, 'Basic Routing Profile', 'Agent']];
          const bytes = kind === 'CSV' ? csvBytes(rows) : sheetOf(rows);
          const answer = await checkFile(bytes, managed).then(
            (checked) => answerOf(checked, 'i'),
            () => null,
          );
          const row = answer?.rows[0];
          if (!row?.user) return;
          good += 1;
          const values = valuesOf(row.user);
          for (const [at, title] of named.entries()) {
            if ((values[at] ?? '') === cells[at]?.trim().normalize('NFC')) continue;
            noted += 1;
            assert.ok(
              row.findings.some(({ column, code }) => column === title && code === 'note.taken-as'),
              `${JSON.stringify(cells[at])} became ${JSON.stringify(values[at])} without a note`,
            );
          }
        }),
        { numRuns: kind === 'CSV' ? 1_500 : 300 },
      );
      assert.ok(good > 30 && noted > 10, `${good} good, ${noted} noted`);
    });
  }
});
