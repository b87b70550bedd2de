import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain } from '../../../../src/errors/problem.ts';
import { checkRows } from '../../../../src/users/files/check/check-rows.ts';
import { withRemovedMarks } from '../../../../src/users/files/check/hide-passwords.ts';
import { readTable } from '../../../../src/users/files/read/read-table.ts';
import { createReportWriter } from '../../../../src/users/files/report/write-report.ts';
import { csvBytes } from '../../../files/csv-writing.ts';
import { checkFile, header, lines, refusalOf, text, userRow } from '../../../files/tables.ts';
import { branch, managed, saml } from '../../fixtures.ts';

type Row = readonly string[];
const check = (rows: readonly Row[], extra: readonly string[] = [], context = managed) =>
  checkFile(csvBytes([[...header, ...extra], ...rows]), context);
/** The result for one row with these additional columns. */
const checkOneRow = (columns: Readonly<Record<string, string>>, context = managed) =>
  check([[...userRow('one'), ...Object.values(columns)]], Object.keys(columns), context);
const userOf = async (columns: Readonly<Record<string, string>>) => {
  const { rows, findings } = await checkOneRow(columns);
  const verdict = rows[0]?.verdict;
  assert.ok(verdict?.kind === 'good', JSON.stringify(findings));
  return verdict.user;
};

describe('the rows of a file', () => {
  it('stay to be corrected in the report when a password was removed from an optional cell', async () => {
    const columns = ['mobile', 'tags'];
    const { rows, table } = await check([[...userRow('one'), 'Secret-123x', 'team=blue']], columns);
    assert.equal(rows[0]?.verdict.kind, 'invalid');
    const [row] = table.rows;
    assert.equal(row?.cells[header.length], '');
    const report = createReportWriter(table, 'checked');
    report.add({ cells: withRemovedMarks(row?.cells ?? [], row?.problems ?? []) });
    const bytes = Buffer.concat(report.parts());
    const again = await checkFile(bytes);
    assert.deepEqual(lines(again), ['2 mobile: cell.password-removed']);
    assert.doesNotMatch(bytes.toString(), /Secret/);
  });

  it('get all their findings at once, each with row, column, code, sentence and suggestion', async () => {
    const bad = userRow('two three', { routing: 'basic ruting profile', security: '', last: ' ' });
    const { findings, counts } = await check([userRow('one'), bad]);
    const told = findings.map(({ row, column, problem, suggestion }) => [
      row,
      column,
      explain(problem),
      suggestion,
    ]);
    assert.deepEqual(
      told.toSorted(([, a], [, b]) => String(a).localeCompare(String(b))),
      [
        [
          3,
          'email address',
          '“two three@example.com” doesn’t look like an email address.',
          'three@example.com',
        ],
        [3, 'last name', 'The last name is missing.', undefined],
        [
          3,
          'routing profile name',
          'There is no routing profile “basic ruting profile” in production.',
          'Basic Routing Profile',
        ],
        [3, 'security profiles', 'The security profile is missing.', undefined],
        [3, 'user login', 'A username can’t contain spaces.', 'two.three'],
      ],
    );
    assert.deepEqual(counts, { good: 1, exists: 0, invalid: 1, created: 0, empty: 0 });
  });

  it('find names regardless of case and surrounding spaces, and report them as corrected', async () => {
    const { corrections, counts } = await check([
      userRow(' one\u00A0', { routing: ' BASIC routing profile ', security: 'agent | supervisor' }),
    ]);
    assert.equal(counts.good, 1);
    assert.deepEqual(
      corrections.map(({ row, column, from, to }) => [row, column, from, to]),
      [
        [2, 'user login', ' one\u00A0', 'one'],
        [2, 'routing profile name', ' BASIC routing profile ', 'Basic Routing Profile'],
        [2, 'security profiles', 'agent | supervisor', 'Agent|Supervisor'],
      ],
    );
  });

  it('find a hierarchy group by name or by path, and list the ones that a name could mean', async () => {
    const groupOf = async (text: string) =>
      (await userOf({ hierarchy: text })).hierarchyGroup?.path;
    assert.deepEqual(await groupOf('tier 1'), ['North', 'Sales', 'Tier 1']);
    assert.deepEqual(await groupOf('south|sales'), ['South', 'Sales']);
    const { findings } = await checkOneRow({ 'agent hierarchy': 'Sales' });
    assert.deepEqual(
      findings.map((finding) => finding.code),
      ['choice.ambiguous'],
    );
    assert.match(
      findings.map((finding) => explain(finding.problem)).join(),
      /North.*Sales.*South.*Sales/,
    );
  });

  it('may name the hierarchy group in both columns of the website when both name the same group', async () => {
    const both = (agent: string, path: string) =>
      checkOneRow({ 'agent hierarchy': agent, 'user_hierarchy_1|user_hierarchy_2': path });
    assert.deepEqual(lines(await both('Night', 'SOUTH')), [
      '2 agent hierarchy: row.two-hierarchies',
    ]);
    for (const [agent, path] of [
      ['Night', 'NIGHT'],
      ['', 'Night'],
      ['Night', ' '],
    ] as const) {
      const { findings, rows } = await both(agent, path);
      assert.deepEqual(findings, []);
      const verdict = rows[0]?.verdict;
      assert.deepEqual(verdict?.kind === 'good' && verdict.user.hierarchyGroup?.path, [
        'In/Out',
        'Night',
      ]);
    }
  });

  it('take profiles and groups by id and ARN, as CreateUser’s input has them', async () => {
    const arn = 'arn:aws:connect:eu-central-1:123456789012:instance/1/routing-profile/rp-000001';
    const directory = {
      ...managed.directory,
      routingProfiles: {
        ...managed.directory.routingProfiles,
        byId: (id: string) => (id === 'rp-000001' ? { id, name: 'By ARN' } : undefined),
      },
    };
    const context = { ...managed, directory };
    const { rows, findings } = await check([userRow('one', { routing: arn })], [], context);
    assert.deepEqual(findings, []);
    const verdict = rows[0]?.verdict;
    assert.equal(verdict?.kind === 'good' && verdict.user.routingProfile.name, 'By ARN');
  });

  it('read phone settings in the spellings that people use', async () => {
    const desk = await userOf({ 'phone type': 'Desk-Phone', 'phone number': '+1 (206) 555-0100' });
    assert.deepEqual(desk.phone, { type: 'desk', number: '+12065550100' });
    const soft = await userOf({
      'phone type (soft/desk)': ' SOFT phone',
      'soft phone auto accept (yes/no)': 'Y',
      'persistent connection': 'TRUE',
      'audio enhancement': 'Suppress Noise',
      'ACW timeout (seconds)': '60.0',
      tags: 'team=sales|site=b=c',
    });
    assert.deepEqual(soft.phone, { type: 'soft', autoAccept: true, persistentConnection: true });
    assert.equal(soft.voiceEnhancement, 'NOISE_SUPPRESSION');
    assert.equal(soft.afterContactWorkSeconds, 60);
    assert.deepEqual(soft.tags, { team: 'sales', site: 'b=c' });
  });

  it('are told apart when their users exist already or their values are wrong', async () => {
    const { counts, rows } = await check([
      userRow('jdoe'),
      userRow('jdoe', { first: '' }),
      userRow('new'),
    ]);
    // The first two rows also have the same username.
    assert.deepEqual(counts, { good: 1, exists: 0, invalid: 2, created: 0, empty: 0 });
    assert.equal(rows[2]?.verdict.kind, 'good');
    const single = await check([userRow('jdoe'), userRow('mary@example.com', { first: '' })]);
    assert.deepEqual(single.counts, { good: 0, exists: 1, invalid: 1, created: 0, empty: 0 });
  });

  it('are told apart when an existing user is identical or a different person', async () => {
    const first = await check([userRow('jdoe')]);
    const { draft } = first.rows[0] ?? {};
    const there = {
      id: 'u-1',
      arn: 'arn:1',
      username: 'jdoe',
      firstName: draft?.firstName ?? '',
      lastName: draft?.lastName ?? '',
      routingProfileId: 'id of Basic Routing Profile',
      securityProfileIds: ['id of Agent'],
    };
    const kindWith = async (change: object) => {
      const existingUsers = new Map([['jdoe', { ...there, ...change }]]);
      return (await check([userRow('jdoe')], [], { ...managed, existingUsers })).rows[0]?.verdict;
    };
    const same = await kindWith({});
    assert.ok(same?.kind === 'created', JSON.stringify(same));
    assert.equal(same.userId, 'u-1');
    assert.match(
      same.problem ? explain(same.problem) : '',
      /same names and profiles.*nothing to do/,
    );
    for (const changedRow of [
      { firstName: 'John' },
      { securityProfileIds: ['id of Agent', 'id of Supervisor'] },
      { routingProfileId: 'id of Tier 2' },
      { hierarchyGroupId: 'id of North' },
    ]) {
      assert.equal((await kindWith(changedRow))?.kind, 'exists', JSON.stringify(changedRow));
    }
  });

  it('with a username that is repeated in the file name a few of the other rows', async () => {
    const { findings } = await check(Array.from({ length: 9 }, () => userRow('one')));
    assert.equal(findings.length, 9);
    assert.match(
      findings.map((finding) => explain(finding.problem))[0] ?? '',
      /rows 2, 3, 4, 5, 6 and 4 more\./,
    );
  });

  it('are not requested again when a results file marks them as created', async () => {
    const extra = ['status', 'user_id', 'user_arn', 'problem', 'suggestion'];
    const { counts, rows, findings } = await check(
      [
        [...userRow('jdoe'), 'created', 'u-1', 'arn:1', '', ''],
        [...userRow('two'), 'FAILED', '', '', 'Throttled.', ''],
        [...userRow('three'), 'created', '', '', '', ''],
        [...userRow('JDOE2', { first: '' }), ' Already created', 'u-2', '', '', ''],
      ],
      extra,
    );
    assert.deepEqual(findings, []);
    assert.deepEqual(counts, { good: 2, exists: 0, invalid: 0, created: 2, empty: 0 });
    assert.deepEqual(rows[0]?.verdict, { kind: 'created', userId: 'u-1', userArn: 'arn:1' });
  });

  it('are not checked further when cells are missing, because values may be in the wrong column', async () => {
    const { findings } = await checkFile(text(`${header.join(',')}\nMary,two words\n`));
    assert.deepEqual(
      findings.map((finding) => finding.code),
      ['row.cells-few'],
    );
  });

  it('leave out columns that nobody knows, and say so once', async () => {
    const { remarks, counts } = await checkOneRow({ ' cost centre ': '12', desk: 'b' });
    assert.equal(counts.good, 1);
    assert.deepEqual(
      remarks.map((note) => [note.row, note.code, explain(note.problem)]),
      [
        [1, 'column.unknown', 'The column “cost centre” is unknown and is left out.'],
        [1, 'column.unknown', 'The column “desk” is unknown and is left out.'],
      ],
    );
  });

  it('let timers run while thousands of them are checked', async () => {
    const rows = Array.from({ length: 3_000 }, (_, at) => userRow(`user${at}`));
    const table = await readTable(csvBytes([header, ...rows]), 'users.csv');
    let turns = 0;
    let over = false;
    const count = () => {
      turns += 1;
      if (!over) setImmediate(count);
    };
    setImmediate(count);
    const { counts } = await checkRows(table, managed).finally(() => {
      over = true;
    });
    assert.equal(counts.good, 3_000);
    assert.ok(turns >= 50, `${turns} turns`);
  });
});

describe('passwords in a file', () => {
  it('are taken where the instance keeps them, and in the draft alone', async () => {
    const checked = await checkOneRow({ password: 'Sommer-2026' });
    const verdict = checked.rows[0]?.verdict;
    assert.equal(verdict?.kind === 'good' && verdict.password, 'typed');
    assert.equal(checked.rows[0]?.draft.password, 'Sommer-2026');
    const { rows, findings, warnings, corrections, remarks } = checked;
    const told = [rows.map((row) => row.verdict), findings, warnings, corrections, remarks];
    assert.ok(!JSON.stringify(told).includes('Sommer'));
  });

  it('are generated where the cell is empty', async () => {
    const verdict = (await checkOneRow({ password: '' })).rows[0]?.verdict;
    assert.equal(verdict?.kind === 'good' && verdict.password, 'generated');
  });

  it('refuse the whole file when nothing can keep them safe', async () => {
    const file = csvBytes([
      [...header, 'password'],
      [...userRow('one'), 'Sommer-2026'],
    ]);
    const context = { ...managed, canTypePassword: false };
    const refusal = await refusalOf(file, 'users.csv', context);
    assert.equal(refusal.code, 'file.passwords-not-kept');
    assert.match(refusal.text, /SECRETS_KEY/);
    const empty = csvBytes([
      [...header, 'password'],
      [...userRow('one'), ' '],
    ]);
    assert.equal((await checkFile(empty, context)).counts.good, 1);
  });

  for (const [mode, context] of [
    ['SAML', saml],
    ['an existing directory', branch],
  ] as const) {
    it(`are a finding with ${mode}, with a key or without`, async () => {
      for (const canTypePassword of [true, false]) {
        const { findings } = await checkOneRow(
          { password: 'Sommer-2026' },
          { ...context, canTypePassword },
        );
        const codes = findings
          .filter((finding) => finding.column === 'password')
          .map((finding) => finding.code);
        assert.deepEqual(codes, ['password.not-here']);
      }
    });
  }
});
