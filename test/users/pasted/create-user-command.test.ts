import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ProblemError } from '../../../src/errors/problem.ts';
import { isPastedUser, readPastedUser } from '../../../src/users/pasted/create-user-command.ts';
import { createUserExample as example } from './example.ts';

const read = (text: string): unknown => JSON.parse(JSON.stringify(readPastedUser(text)));
const inputOf = (text: string): unknown => JSON.parse(JSON.stringify(readPastedUser(text).input));

describe('a pasted create-user command', () => {
  test('AWS’s own example, without its password', () => {
    const expected = {
      instance: 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111',
      hadPassword: true,
      input: {
        Username: 'Mary',
        IdentityInfo: { FirstName: 'Mary', LastName: 'Major' },
        PhoneConfig: {
          PhoneType: 'DESK_PHONE',
          AutoAccept: 'true',
          AfterContactWorkTimeLimit: '60',
          DeskPhoneNumber: '+15555551212',
        },
        SecurityProfileIds: ['12345678-1111-2222-aaaa-a1b2c3d4f5g7'],
        RoutingProfileId: '87654321-9999-3434-abcd-x1y2z3a1b2c3',
      },
    };
    assert.deepEqual(read(example), expected);
    // The text that Slack sends: a line break has become a space, and the command itself is missing.
    assert.deepEqual(read(example.replaceAll(' \\\n', ' ')), expected);
    assert.deepEqual(read(example.slice(example.indexOf('--username'))), expected);
    assert.deepEqual(read(`$ ${example}`), expected);
  });

  for (const [about, text, input] of [
    [
      'JSON for a structure',
      `--identity-info '{"FirstName": "Mary"}'`,
      { IdentityInfo: { FirstName: 'Mary' } },
    ],
    [
      'JSON with typographic quotation marks',
      '--cli-input-json ‘{“Username”: “Mary”, “Tags”: {“team”: “blue”}}’',
      { Username: 'Mary', Tags: { team: 'blue' } },
    ],
    [
      'typographic quotation marks in a text of JSON',
      `--identity-info '{"FirstName": "Mary “May”"}'`,
      { IdentityInfo: { FirstName: 'Mary “May”' } },
    ],
    ['several ids', '--security-profile-ids a b', { SecurityProfileIds: ['a', 'b'] }],
    ['ids as JSON', `--security-profile-ids '["a","b"]'`, { SecurityProfileIds: ['a', 'b'] }],
    ['tags as pairs', '--tags team=blue,site=Berlin', { Tags: { team: 'blue', site: 'Berlin' } }],
    ['tags one by one', '--tags team=blue site=Berlin', { Tags: { team: 'blue', site: 'Berlin' } }],
    [
      'a space in a value',
      '--identity-info FirstName=Mary Ann,LastName=Major',
      { IdentityInfo: { FirstName: 'Mary Ann', LastName: 'Major' } },
    ],
    [
      'structures',
      '--after-contact-work-configs Channel=VOICE,AfterContactWorkConfig={AfterContactWorkTimeLimit=5} Channel=CHAT,AfterContactWorkConfig={AfterContactWorkTimeLimit=9}',
      {
        AfterContactWorkConfigs: [
          { Channel: 'VOICE', AfterContactWorkConfig: { AfterContactWorkTimeLimit: '5' } },
          { Channel: 'CHAT', AfterContactWorkConfig: { AfterContactWorkTimeLimit: '9' } },
        ],
      },
    ],
    [
      'an equals sign before the value',
      '--username=Mary --tags=a=1',
      { Username: 'Mary', Tags: { a: '1' } },
    ],
    [
      'global options',
      'aws --profile prod connect create-user --region eu-central-1 --username Mary --no-cli-pager --output json',
      { Username: 'Mary' },
    ],
    [
      'an input with options over it',
      `--cli-input-json '{"Username": "x", "RoutingProfileId": "r"}' --username Mary`,
      { Username: 'Mary', RoutingProfileId: 'r' },
    ],
    ['the input alone', '{"Username": "Mary", "Password": "Pass@Word1"}', { Username: 'Mary' }],
    ['capital letters, which a username keeps', '--USERNAME MaryMajor', { Username: 'MaryMajor' }],
  ] as const) {
    test(about, () => assert.deepEqual(inputOf(text), input));
  }

  for (const [text, code, said] of [
    ['aws s3 ls', 'paste.other-command', /s3 ls/],
    ['aws connect delete-user --user-id 1', 'paste.other-command', /delete-user/],
    ['--usernme Mary', 'paste.misspelled-option', /--usernme.*--username/],
    ['--frobnicate Mary', 'paste.unknown-option', /--frobnicate/],
    ['--identity-info FirstName=Mary,LastName', 'paste.bad-shorthand', /--identity-info.*“=”/],
    [`--identity-info '{"FirstName": "Mary"'`, 'paste.bad-json', /--identity-info/],
    ['--identity-info FirstName=Mary,', 'paste.bad-shorthand', /before “the end”/],
    ['--username --tags a=1', 'paste.no-value', /--username/],
    ['--username Mary Major', 'paste.two-values', /Major/],
    ['--username Mary --username Moe', 'paste.option-twice', /--username/],
    ['--cli-input-json file://user.json', 'paste.file', /--cli-input-json/],
    ['--tags file://tags.json', 'paste.file', /--tags/],
    ['--cli-input-yaml x', 'paste.yaml', /yaml/],
    ['--cli-input-json [1]', 'paste.bad-json', /--cli-input-json/],
    [`--username "Mary`, 'paste.open-quote', /--username/],
    [`--username ${'x'.repeat(40_000)}`, 'paste.too-long', /20,?000/],
  ] as const) {
    test(`${code}: ${text.slice(0, 50)}`, () => {
      assert.throws(
        () => readPastedUser(text),
        (error: unknown) =>
          error instanceof ProblemError && error.problem.code === code && said.test(error.message),
      );
    });
  }

  test('no answer contains a password, whatever else is wrong', () => {
    for (const text of [
      '--password Pass@Word1 secret --username Mary',
      '--password Pass@Word1 --usernme Mary',
      `--password 'Pass@Word1 --username Mary`,
      '{"Password": "Pass@Word1"',
      '--cli-input-json {"Password":"Pass@Word1",}',
      '--password=Pass@Word1 --tags x',
    ]) {
      let said: string;
      try {
        said = JSON.stringify(readPastedUser(text));
      } catch (error) {
        said = String(error);
      }
      assert.doesNotMatch(said, /Pass@|Word1|secret/, text);
    }
  });
});

test('words of the bot’s own are not taken for a pasted command', () => {
  for (const text of [
    '',
    'file',
    'template xlsx',
    'deputy @bea until Friday',
    'help',
    'awsome',
    '- x',
  ]) {
    assert.equal(isPastedUser(text), false, text);
  }
  for (const text of [
    example,
    '--username Mary',
    '—username Mary',
    ' create-user --username x',
    '{"Username":""}',
  ]) {
    assert.equal(isPastedUser(text), true, text);
  }
});
