/** A sheet of 200 users as a German Excel saves it, with eleven mistakes and one name that differs in case. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { explain } from '../../src/errors/problem.ts';
import type { CheckedTable } from '../../src/users/files/check/checked-table.ts';
import { managed } from '../users/fixtures.ts';
import { csvBytes, csvText, encoded, excelInGermany } from './csv-writing.ts';
import { checkFile, websiteHeaders } from './tables.ts';

const germany = { ...managed, defaultCountry: 'DE' };
const titles = websiteHeaders.managed.split(',');
const at = (title: string) => titles.findIndex((known) => known.startsWith(title));
const names = ['Jürgen', 'Käthe', 'Björn', 'Zoë', 'Anna'];
const surnames = ['Müller', 'Groß', 'Öztürk', 'Schäfer', 'Weiß'];

function right(number: number): string[] {
  const login = `agent${number}`;
  const row = titles.map(() => '');
  row[at('first name')] = names[number % 5] ?? '';
  row[at('last name')] = surnames[(number * 3) % 5] ?? '';
  row[at('email')] = `${login}@example.com`;
  row[at('user login')] = login;
  row[at('routing')] = 'Basic Routing Profile';
  row[at('security')] = number % 3 === 0 ? 'Agent|Supervisor' : 'Agent';
  row[at('phone type')] = number % 2 === 0 ? 'desk' : 'soft';
  row[at('phone number')] = number % 2 === 0 ? `030 901820${10 + (number % 90)}` : '';
  row[at('soft phone')] = number % 2 === 0 ? '' : 'yes';
  row[at('ACW')] = '30';
  return row;
}

/** Row of the sheet → the wrong cell in it. */
const mistakes = new Map<number, readonly [title: string, value: string]>([
  [5, ['routing', 'Basic Ruting Profile']],
  [17, ['security', 'Agent|Supervisr']],
  [23, ['user login', 'AGENT20']],
  [42, ['user login', 'JDoe']],
  [60, ['email', 'agent60example.com']],
  [77, ['ACW', '30 min']],
  [80, ['phone number', '0']],
  [99, ['soft phone', 'vielleicht']],
  [120, ['password', 'kurz']],
  [150, ['last name', '']],
  [181, ['phone type', 'Handy']],
]);

const rows = Array.from({ length: 200 }, (_, index) => {
  const row = right(index + 2);
  const mistake = mistakes.get(index + 2);
  if (mistake) row[at(mistake[0])] = mistake[1];
  return row;
});

describe('200 rows from a German Excel', () => {
  let checked: CheckedTable;
  before(async () => {
    checked = await checkFile(csvBytes([titles, ...rows], excelInGermany), germany);
  });

  it('are read with their umlauts, 189 of them good', () => {
    assert.equal(checked.table.dialect.encoding, 'windows-1252');
    assert.equal(checked.table.dialect.delimiter, ';');
    assert.deepEqual(checked.counts, { good: 189, exists: 0, invalid: 11, created: 0, empty: 0 });
    const [first] = checked.rows;
    assert.ok(first?.verdict.kind === 'good');
    const { user } = first.verdict;
    assert.deepEqual([user.firstName, user.lastName], ['Björn', 'Groß']);
    assert.deepEqual(user.phone, { type: 'desk', number: '+493090182012' });
  });

  it('name every mistake with its row, its column and a suggestion', () => {
    const found = checked.findings.map((finding) => [
      finding.row,
      finding.column,
      finding.code,
      finding.suggestion,
    ]);
    const column = (title: string) => titles[at(title)];
    assert.deepEqual(found, [
      [5, column('routing'), 'choice.unknown', 'Basic Routing Profile'],
      [17, column('security'), 'choice.unknown', 'Supervisor'],
      [20, column('user login'), 'row.username-twice', undefined],
      [23, column('user login'), 'row.username-twice', undefined],
      [60, column('email'), 'email.form', undefined],
      [77, column('ACW'), 'seconds.not-whole', '1800'],
      [80, column('phone number'), 'phone.too-short', undefined],
      [99, column('soft phone'), 'field.not-yes-or-no', undefined],
      [120, column('password'), 'password.length', undefined],
      [120, column('password'), 'password.too-simple', undefined],
      [150, column('last name'), 'field.missing', undefined],
      [181, column('phone type'), 'phone-type.unknown', undefined],
    ]);
    const twice = checked.findings.find((finding) => finding.row === 23);
    assert.match(twice ? explain(twice.problem) : '', /“AGENT20” .* rows 20 and 23\./);
  });

  it('warn of a username that differs from an existing one in case only', () => {
    const warned = checked.warnings.filter((warning) => warning.row === 42);
    assert.deepEqual(
      warned.map((warning) => warning.code),
      ['username.other-case'],
    );
    assert.match(warned[0] ? explain(warned[0].problem) : '', /jdoe/);
  });

  it('never repeat the password that was too short', () => {
    assert.ok(!JSON.stringify([checked.findings, checked.corrections]).includes('kurz'));
  });

  it('list every value that was corrected', () => {
    const second = checked.corrections.find((correction) => correction.row === 2);
    assert.deepEqual(second, {
      row: 2,
      column: 'phone number',
      field: 'deskPhoneNumber',
      from: '030 90182012',
      to: '+493090182012',
    });
  });

  it('give the same result in every other dialect of CSV', async () => {
    for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'] as const) {
      const dialect = { ...excelInGermany, encoding, bom: true };
      const bytes = encoded(csvText([titles, ...rows], dialect), dialect);
      const checkedAgain = await checkFile(bytes, germany);
      assert.deepEqual(checkedAgain.rows, checked.rows);
    }
  });
});
