/** H4: a password in an unexpected place of a file is neither stored nor shown. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain } from '../../src/errors/problem.ts';
import { looksLikePassword, withoutPasswords } from '../../src/users/fields/password-like.ts';
import type { CheckedTable } from '../../src/users/files/check/checked-table.ts';
import { keptColumns } from '../../src/users/files/check/hide-passwords.ts';
import { csvBytes } from '../files/csv-writing.ts';
import { checkFile, header, lines, text, userRow } from '../files/tables.ts';

const secrets = [
  'Tr0ub4dor&3',
  'Summer2026!',
  'xK9mPq2Lw7',
  'Passw0rd',
  'Willkommen2024',
  '1Qaz2wsX',
];
const secret = 'Tr0ub4dor&3';

/** Everything from a checked file that is stored, shown or posted. */
function outside(checked: CheckedTable): string {
  const kept = keptColumns(checked.plan);
  const cells = checked.table.rows.map((row) =>
    kept.map(({ key, at }) => (key === 'password' ? '' : row.cells[at])),
  );
  const drafts = checked.rows.map(({ draft: { password: _sealed, ...draft } }) => draft);
  const { findings, warnings, remarks, corrections } = checked;
  const said = [...findings, ...warnings, ...remarks].map((note) => explain(note.problem));
  return JSON.stringify([cells, drafts, said, findings, warnings, remarks, corrections]);
}

const unusual = [
  ...['Passwort', 'pwd', 'Kennwort', 'pass', 'secret', 'Initial PW', 'New Password', 'contraseña'],
  ...['mot de passe', 'パスワード', 'Geheimnis', 'IdentityInfo.Password', 'notes', 'PIN code'],
];

describe('a password', () => {
  for (const title of unusual) {
    it(`under “${title}” is not kept in clear`, async () => {
      const checked = await checkFile(
        csvBytes([
          [...header, title],
          [...userRow('one'), secret],
        ]),
      );
      assert.ok(!outside(checked).includes(secret), outside(checked));
    });
  }

  for (const title of [
    'Passwort',
    'pwd',
    'Initial PW',
    'contraseña',
    'mot de passe',
    'パスワード',
  ]) {
    it(`under “${title}” is what the user signs in with`, async () => {
      const checked = await checkFile(
        csvBytes([
          [...header, title],
          [...userRow('one'), secret],
        ]),
      );
      assert.equal(checked.rows[0]?.draft.password, secret);
      assert.deepEqual(lines(checked), []);
    });
  }

  it('is not kept in clear text, whichever member of a JSON file holds it', async () => {
    const user = {
      Username: 'one',
      IdentityInfo: { FirstName: 'Mary', LastName: 'Major', Password: secret },
      Credentials: { password: secret },
      Account: { Secret: [secret] },
      RoutingProfileId: 'Basic Routing Profile',
      SecurityProfileIds: ['Agent'],
    };
    const checked = await checkFile(text(JSON.stringify([user])));
    assert.ok(!outside(checked).includes(secret));
  });

  for (const password of secrets) {
    for (const change of ['login', 'routing', 'security', 'first', 'email'] as const) {
      it(`such as ${password} in place of the ${change} is removed, and the removal is reported`, async () => {
        const checked = await checkFile(
          csvBytes([header, userRow('one'), userRow('two', { [change]: password })]),
        );
        assert.ok(!outside(checked).includes(password), outside(checked));
        const codes = checked.findings.map((finding) => finding.code);
        assert.deepEqual(codes, ['cell.looks-like-password']);
        assert.equal(checked.counts.good, 1);
      });
    }
    it(`such as ${password} in a row that a comma has shifted is removed`, async () => {
      const title = [...header.slice(0, 3), 'password', ...header.slice(3)];
      const row = (login: string, from: number) => userRow(login).toSpliced(from, 0, password);
      const checked = await checkFile(
        csvBytes([
          title,
          row('one', 3),
          ['', ...row('two', 3)],
          row('three', 4),
          row('four', 2),
          row('five', 3).slice(1),
        ]),
      );
      assert.ok(!outside(checked).includes(password), outside(checked));
      assert.equal(checked.counts.good, 1);
    });
  }

  const odd: readonly [about: string, rows: readonly (readonly string[])[]][] = [
    ['in a row above the header', [[`Start: ${secret}`], header, userRow('one')]],
    ['in a comment', [[`# ${secret}`], header, userRow('one')]],
    ['beside a name', [header, userRow('one', { first: `Mary ${secret}` })]],
    ['among names behind a comma', [header, userRow('one', { security: `Agent, ${secret}` })]],
    [
      'among names on a line of its own',
      [header, userRow('one', { security: `Agent\n${secret}` })],
    ],
    [
      'in a tag',
      [
        [...header, 'tags'],
        [...userRow('one'), `password=${secret}`],
      ],
    ],
    [
      'in place of the instance',
      [
        [...header, 'InstanceId'],
        [...userRow('one'), secret],
      ],
    ],
  ];
  for (const [about, rows] of odd) {
    it(`${about} is neither kept nor shown`, async () => {
      const checked = await checkFile(csvBytes(rows));
      assert.ok(!outside(checked).includes(secret), outside(checked));
    });
  }

  const withPassword = [...header.slice(0, 3), 'password', ...header.slice(3), 'tags'];
  const rowWith = (login: string, password: string, tags = '') => {
    const row = userRow(login);
    return [...row.slice(0, 3), password, ...row.slice(3), tags];
  };
  const joinedRows: readonly [about: string, rows: readonly (readonly string[])[]][] = [
    ['to an email by a control character', [['Mary', 'Major', `a@example.com\v${secret}`, 'x']]],
    ['to other cells by tabs', [['Mary', `Major\ta@example.com\t${secret}\tone`]]],
    ['to a tag without any separator', [['Mary', 'Major', `team=blue${secret}`]]],
    ['to a tag of a row that has its password', [rowWith('one', secret, `team=blue${secret}`)]],
    [
      'to a tag of a row beside the one whose password it is',
      [rowWith('one', 'Xy7#aaaa', `team=${secret}`), rowWith('two', secret)],
    ],
    [
      'to other cells by a quote that was never closed',
      [rowWith('one', secret, `yes;one@example.com;${secret};one;Agent`)],
    ],
  ];
  for (const [about, rows] of joinedRows) {
    it(`that is joined ${about} is neither kept nor shown`, async () => {
      const checked = await checkFile(csvBytes([withPassword, ...rows]));
      assert.ok(!outside(checked).includes(secret), outside(checked));
    });
  }

  it('is not shown when it is in the place of a header', async () => {
    const checked = await checkFile(csvBytes([[...header, secret], userRow('one').concat('x')]));
    assert.ok(!outside(checked).includes(secret));
  });
});

describe('a value that is not a password', () => {
  const names: [keyof NonNullable<Parameters<typeof userRow>[1]>, string][] = [
    ['login', 'Agent0042'],
    ['login', 'Mary.Major2'],
    ['login', 'MMajor2026'],
    ['login', 'McDonald_17'],
    ['login', 'TeamLead.North7'],
    ['first', 'Mary1234'],
    ['first', 'Anne-Sophie'],
    ['last', 'Major10000'],
    ['email', 'Mary.Major1@Example.com'],
  ];
  for (const [where, value] of names) {
    it(`such as ${value} stays where it is`, async () => {
      const checked = await checkFile(csvBytes([header, userRow('mary1', { [where]: value })]));
      assert.deepEqual(lines(checked), []);
    });
  }

  it('a misspelled name is shown as it was typed', async () => {
    const checked = await checkFile(
      csvBytes([header, userRow('one', { routing: 'BasicRoutingProfil1' })]),
    );
    assert.deepEqual(lines(checked), ['2 routing profile name: choice.unknown']);
  });
});

it('any text is examined for passwords within a bounded time', () => {
  const clues = { names: [], strict: false };
  const before = process.cpuUsage();
  for (const unit of ['a', 'aA', 'Aa', 'A', "a'", 'a1', 'a.', 'a1.', '1', 'É']) {
    for (const end of ['!', '1A!', 'A1', 'aA1!', '\u0000']) {
      looksLikePassword(`aA1${unit.repeat(60)}`.slice(0, 60) + end, clues);
    }
  }
  withoutPasswords('aA1!bB2?'.repeat(1_000_000));
  assert.ok(process.cpuUsage(before).user < 500_000);
});
