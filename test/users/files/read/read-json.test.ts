import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain } from '../../../../src/errors/problem.ts';
import { readTable } from '../../../../src/users/files/read/read-table.ts';
import { checkFile, refusalOf, text } from '../../../files/tables.ts';

const input = {
  Username: 'mary',
  Password: 'Secret-123',
  IdentityInfo: { FirstName: 'Mary', LastName: 'Major', Email: 'mary@example.com' },
  PhoneConfig: { PhoneType: 'SOFT_PHONE', AutoAccept: true, AfterContactWorkTimeLimit: 30 },
  SecurityProfileIds: ['id of Agent', 'Supervisor'],
  RoutingProfileId: 'Basic Routing Profile',
  HierarchyGroupId: 'North|Sales',
  InstanceId: '',
  Tags: { team: 'sales' },
};
const read = (content: unknown) =>
  readTable(text(typeof content === 'string' ? content : JSON.stringify(content)), 'users.json');
const problemsOf = async (entry: unknown) =>
  (await read(entry)).rows.flatMap((row) =>
    (row.problems ?? []).map((problem) => `${problem.column}: ${explain(problem.problem)}`),
  );

describe('a JSON file', () => {
  it('has a finding for a repeated member, with both values unless they are passwords', async () => {
    const user = (more: string) =>
      `{"IdentityInfo":{"FirstName":"Mary"},${more},"Username":"mary"}`;
    assert.deepEqual(await problemsOf(user('"Username":"marie"')), [
      '1: “Username” is there twice, as “marie” and “mary”, but a single value is required.',
    ]);
    assert.deepEqual(await problemsOf(user('"Username":"mary"')), []);
    assert.deepEqual(await problemsOf(user('"Password":"Secret-123","Password":"Secret-124"')), [
      '1: “Password” is there twice, with two values, but a single value is required.',
    ]);
    assert.deepEqual(await problemsOf(user('"Tags":{"a":"b","\\u0061":"c"}')), [
      'null: “Tags.a” is there twice, as “b” and “c”, but a single value is required.',
    ]);
    const wrapped = `{"User":{"Username":"a","IdentityInfo":{"LastName":"A"},"IdentityInfo":{"LastName":"B"}}}`;
    assert.deepEqual(await problemsOf(wrapped), [
      'null: “IdentityInfo” is there twice, with two values, but a single value is required.',
    ]);
  });

  it('may be one CreateUser input, as --generate-cli-skeleton prints it', async () => {
    const table = await read(JSON.stringify(input, null, 4));
    assert.equal(table.kind, 'json');
    assert.equal(table.headerRow, null);
    assert.deepEqual(table.headers, [
      'Username',
      'Password',
      'IdentityInfo.FirstName',
      'IdentityInfo.LastName',
      'IdentityInfo.Email',
      'PhoneConfig.PhoneType',
      'PhoneConfig.AutoAccept',
      'PhoneConfig.AfterContactWorkTimeLimit',
      'SecurityProfileIds',
      'RoutingProfileId',
      'HierarchyGroupId',
      'InstanceId',
      'Tags',
    ]);
    const checked = await checkFile(text(JSON.stringify(input)));
    assert.deepEqual(checked.findings, []);
    const [row] = checked.rows;
    assert.ok(row?.verdict.kind === 'good');
    const { user } = row.verdict;
    assert.deepEqual(user.phone, { type: 'soft', autoAccept: true, persistentConnection: false });
    assert.equal(user.afterContactWorkSeconds, 30);
    assert.deepEqual(user.hierarchyGroup?.path, ['North', 'Sales']);
    assert.deepEqual(user.tags, { team: 'sales' });
    assert.deepEqual(
      user.securityProfiles.map((securityProfile) => securityProfile.name),
      ['Agent', 'Supervisor'],
    );
  });

  it('may be a list, or one entry a line, with the same rows', async () => {
    const entries = ['a', 'b', 'c'].map((Username) => ({ Username }));
    const list = await read(entries);
    assert.deepEqual(
      list.rows.map((row) => [row.number, ...row.cells]),
      [
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
      ],
    );
    const lines = entries.map((entry) => JSON.stringify(entry));
    for (const eol of ['\n', '\r\n', '\n\n']) {
      assert.deepEqual((await read(lines.join(eol) + eol)).rows, list.rows);
    }
  });

  it('has a column for every member that some entry has', async () => {
    const table = await read([{ Username: 'a' }, { Tags: { x: 'y' }, Username: 'b' }]);
    assert.deepEqual(table.headers, ['Username', 'Tags']);
    assert.deepEqual(table.rows[0]?.cells, ['a', '']);
  });

  it('may have the newer settings per channel', async () => {
    const { PhoneConfig: _old, ...rest } = input;
    const newer = {
      ...rest,
      PhoneNumberConfigs: [
        { Channel: 'VOICE', PhoneType: 'DESK_PHONE', PhoneNumber: '+12065550100' },
      ],
      AutoAcceptConfigs: [{ Channel: 'CHAT', AutoAccept: true }],
      AfterContactWorkConfigs: [
        { Channel: 'TASK', AfterContactWorkConfig: { AfterContactWorkTimeLimit: 5 } },
        {
          Channel: 'VOICE',
          AgentFirstCallbackAfterContactWorkConfig: { AfterContactWorkTimeLimit: 9 },
        },
      ],
      VoiceEnhancementConfigs: [{ Channel: 'VOICE', VoiceEnhancementMode: 'NOISE_SUPPRESSION' }],
    };
    const { rows, findings } = await checkFile(text(JSON.stringify(newer)));
    assert.deepEqual(findings, []);
    const verdict = rows[0]?.verdict;
    assert.ok(verdict?.kind === 'good');
    assert.deepEqual(verdict.user.phone, { type: 'desk', number: '+12065550100' });
    assert.equal(verdict.user.voiceEnhancement, 'NOISE_SUPPRESSION');
    assert.deepEqual(verdict.user.channels, {
      VOICE: { agentFirstCallbackAfterContactWorkSeconds: 9 },
      CHAT: { autoAccept: true },
      TASK: { afterContactWorkSeconds: 5 },
    });
  });

  it('reports where an object or a list is in the place of a single value', async () => {
    assert.deepEqual(await problemsOf({ Username: ['a', 'b'] }), [
      '0: “Username” is a list, but a single value is required.',
    ]);
    assert.deepEqual(await problemsOf({ Username: { a: 1 } }), [
      '0: “Username” is an object, but a single value is required.',
    ]);
    assert.equal((await problemsOf({ AutoAcceptConfigs: [{ Channel: 'FAX' }] })).length, 1);
    assert.equal((await problemsOf({ PhoneNumberConfigs: [{}, {}] })).length, 1);
    assert.deepEqual(await problemsOf({ Notes: ['a', { b: 1 }], Tags: { a: 'b' } }), []);
  });

  it('may be what describe-user and search-users print', async () => {
    const { Password: _not, ...user } = input;
    const arn = 'arn:aws:connect:us-west-2:123456789012:instance/a1b2/agent/c3d4';
    const answer = { Id: 'c3d4', Arn: arn, ...user, Tags: {}, LastModifiedRegion: 'us-west-2' };
    const single = await checkFile(text(JSON.stringify({ User: answer }, null, 4)));
    assert.deepEqual([single.findings, single.remarks, single.counts.good], [[], [], 1]);
    const users = [answer, { ...answer, Username: 'mary2' }];
    const output = { Users: users, NextToken: 'more', ApproximateTotalCount: 12 };
    const found = await checkFile(text(JSON.stringify(output, null, 4)));
    assert.deepEqual([found.findings, found.counts.good], [[], 2]);
    assert.deepEqual(
      found.table.leftOut.map((member) => member.problem.code),
      ['left-out.more-pages'],
    );
    const many = Array.from({ length: 3_000 }, (_, at) => ({ ...answer, Username: `m${at}` }));
    assert.equal((await read({ ApproximateTotalCount: 3_000, Users: many })).rows.length, 3_000);
    const broken = await refusalOf(text('{"Users": [\n{"Username": "a"}\n], "NextToken": }'));
    assert.match(broken.text, /^Line 3 /);
  });

  it('is refused when it is the output of list-users, with what to send instead', async () => {
    const list = { UserSummaryList: [{ Id: 'a', Arn: 'b', Username: 'mary' }] };
    const { code, text: said } = await refusalOf(text(JSON.stringify(list)));
    assert.equal(code, 'file.only-usernames');
    assert.match(said, /search-users/);
  });

  it('names the members that it lacks', async () => {
    const { text: said } = await refusalOf(text(JSON.stringify({ Username: 'mary' })));
    assert.match(said, /“IdentityInfo.FirstName”.*“RoutingProfileId”/);
  });

  /** The output of version 2 of the AWS CLI; it chooses the values of enumerations at random. */
  const skeleton = {
    Username: '',
    Password: '',
    IdentityInfo: { FirstName: '', LastName: '', Email: '', SecondaryEmail: '', Mobile: '' },
    PhoneConfig: {
      PhoneType: 'DESK_PHONE',
      AutoAccept: true,
      AfterContactWorkTimeLimit: 0,
      DeskPhoneNumber: '',
      PersistentConnection: true,
    },
    DirectoryUserId: '',
    SecurityProfileIds: [''],
    RoutingProfileId: '',
    HierarchyGroupId: '',
    InstanceId: '',
    Tags: { KeyName: '' },
    AutoAcceptConfigs: [{ Channel: 'TASK', AutoAccept: true, AgentFirstCallbackAutoAccept: true }],
    AfterContactWorkConfigs: [
      {
        Channel: 'EMAIL',
        AfterContactWorkConfig: { AfterContactWorkTimeLimit: 0 },
        AgentFirstCallbackAfterContactWorkConfig: { AfterContactWorkTimeLimit: 0 },
      },
    ],
    PhoneNumberConfigs: [{ Channel: 'CHAT', PhoneType: 'DESK_PHONE', PhoneNumber: '' }],
    PersistentConnectionConfigs: [{ Channel: 'CHAT', PersistentConnection: true }],
    VoiceEnhancementConfigs: [{ Channel: 'CHAT', VoiceEnhancementMode: 'VOICE_ISOLATION' }],
  };
  const filledIn = {
    ...skeleton,
    Username: 'mary',
    IdentityInfo: {
      ...skeleton.IdentityInfo,
      FirstName: 'Mary',
      LastName: 'Major',
      Email: 'm@example.com',
    },
    PhoneConfig: {
      ...skeleton.PhoneConfig,
      PhoneType: 'SOFT_PHONE',
      AfterContactWorkTimeLimit: 30,
    },
    SecurityProfileIds: ['id of Agent'],
    RoutingProfileId: 'id of Tier 2',
  };

  it('may be the skeleton of the AWS command line with what is not needed left alone', async () => {
    const checked = await checkFile(text(JSON.stringify(filledIn, null, 4)));
    assert.deepEqual([checked.findings, checked.remarks], [[], []]);
    const verdict = checked.rows[0]?.verdict;
    assert.ok(verdict?.kind === 'good');
    const { user } = verdict;
    assert.deepEqual(user.phone, { type: 'soft', autoAccept: true, persistentConnection: true });
    assert.deepEqual(
      [user.afterContactWorkSeconds, user.tags, user.channels, user.voiceEnhancement],
      [30, {}, undefined, undefined],
    );
    assert.deepEqual(
      checked.table.leftOut.map((member) => Object.values(member.problem.params)[0]),
      [
        'AutoAcceptConfigs',
        'AfterContactWorkConfigs',
        'PersistentConnectionConfigs',
        'VoiceEnhancementConfigs',
      ],
    );
  });

  it('may have the number in the newer member of the skeleton and the older one left alone', async () => {
    const newer = {
      ...filledIn,
      PhoneConfig: skeleton.PhoneConfig,
      PhoneNumberConfigs: [
        { Channel: 'VOICE', PhoneType: 'DESK_PHONE', PhoneNumber: '+12065550100' },
      ],
    };
    const checked = await checkFile(text(JSON.stringify(newer)));
    assert.deepEqual([checked.findings, checked.remarks], [[], []]);
    const verdict = checked.rows[0]?.verdict;
    assert.ok(verdict?.kind === 'good');
    assert.deepEqual(verdict.user.phone, { type: 'desk', number: '+12065550100' });
  });

  it('names both members where they contradict each other, and nothing as unknown', async () => {
    const both = {
      ...input,
      PhoneNumberConfigs: [
        { Channel: 'VOICE', PhoneType: 'DESK_PHONE', PhoneNumber: '+12065550100' },
      ],
    };
    const { findings, remarks } = await checkFile(text(JSON.stringify(both)));
    const said = findings.map((finding) => explain(finding.problem)).join();
    assert.match(
      said,
      /“PhoneNumberConfigs.PhoneType” is another value than “PhoneConfig.PhoneType”/,
    );
    assert.doesNotMatch(said, /soft\/desk/);
    assert.deepEqual(remarks, []);
  });

  it('names the line on which it goes wrong', async () => {
    const at = async (content: string) => (await refusalOf(text(content))).text;
    assert.match(await at('{"Username": "a"}\n{"Username": }'), /^Line 2 /);
    assert.match(await at('[\n{"Username": "a"}\n{"Username": "b"}\n]'), /^Line 3 /);
    assert.match(await at('{\n"Username": "a",\n"Tags": "x\n}'), /^Line 3 /);
    assert.match(await at('[{"Username": "a"}]\n]'), /^Line 2 /);
    assert.match(await at('{\n"Username": "a",\n"Tags": x\n}'), /^Line 3 /);
    assert.match(await at('{\n"Username": "a"\n"Tags": 1,\n"x": 2}'), /^Line 3 /);
    assert.match(await at('{\n"Username":\n\n\n}'), /^Line 5 /);
    assert.match(await at('[{},\n{\n"Username": "a\tb"\n\n}]'), /^Line 3 /);
    assert.match(await at('{"Username": "a"}}'), /^Line 1 /);
  });

  it('takes keys that would change every object for columns like any other', async () => {
    const table = await read('{"__proto__": {"polluted": true}, "constructor": "x"}');
    assert.deepEqual(table.headers, ['__proto__', 'constructor']);
    assert.deepEqual(table.rows[0]?.cells, ['{"polluted":true}', 'x']);
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });

  it('is recognized by its first character, whatever its name and byte order mark', async () => {
    const table = await readTable(text('\uFEFF \n{"Username":"a"}'), 'users.csv');
    assert.equal(table.kind, 'json');
  });
});
