/** One line per documented rule: the change to a valid request, and the expected answer. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  branch,
  createUser,
  newUser,
  production,
  profilesOf,
  sso,
  start,
} from './sandbox-client.ts';

type Rule = {
  name: string;
  in?: string;
  change: Record<string, unknown>;
  type?: string;
  text?: RegExp;
};

const names = { FirstName: 'Mary', LastName: 'Major' };
const noPassword = { Password: undefined };
const invalid = 'InvalidParameterException';

const rules: Rule[] = [
  // CONNECT_MANAGED
  {
    name: 'a managed user without a password',
    change: noPassword,
    type: 'InvalidRequestException',
    text: /^Required parameter missing: Password$/,
  },
  {
    name: 'a managed user without a first name',
    change: { IdentityInfo: { LastName: 'M' } },
    type: 'InvalidRequestException',
    text: /FirstName/,
  },
  {
    name: 'a managed user without a last name',
    change: { IdentityInfo: { FirstName: 'M', LastName: ' ' } },
    type: 'InvalidRequestException',
    text: /LastName/,
  },
  {
    name: 'a managed user with a directory id',
    change: { DirectoryUserId: 'd' },
    type: invalid,
    text: /DirectoryUserId/,
  },
  {
    name: 'a managed user with an email',
    change: { IdentityInfo: { ...names, Email: 'm@harbour.example' } },
  },
  // SAML
  { name: 'a SAML user', in: sso, change: noPassword },
  { name: 'a SAML user with a password', in: sso, change: {}, type: invalid, text: /Password/ },
  {
    name: 'a SAML user with an email',
    in: sso,
    change: { ...noPassword, IdentityInfo: { ...names, Email: 'm@harbour.example' } },
    type: invalid,
    text: /Email/,
  },
  {
    name: 'a SAML user with a directory id',
    in: sso,
    change: { ...noPassword, DirectoryUserId: 'd' },
    type: invalid,
    text: /DirectoryUserId/,
  },
  {
    name: 'a SAML user without a name',
    in: sso,
    change: { ...noPassword, IdentityInfo: undefined },
    type: 'InvalidRequestException',
    text: /FirstName/,
  },
  {
    name: 'a SAML username of 64 letters',
    in: sso,
    change: { ...noPassword, Username: 'u'.repeat(64) },
  },
  {
    name: 'a SAML username of 65 letters',
    in: sso,
    change: { ...noPassword, Username: 'u'.repeat(65) },
    type: invalid,
    text: /64/,
  },
  // EXISTING_DIRECTORY
  {
    name: 'a directory user with an id and no name',
    in: branch,
    change: { ...noPassword, DirectoryUserId: 'S-1-5-21', IdentityInfo: undefined },
  },
  {
    name: 'a directory user with a password',
    in: branch,
    change: {},
    type: invalid,
    text: /Password/,
  },
  {
    name: 'a directory username of 21 letters',
    in: branch,
    change: { ...noPassword, Username: 'u'.repeat(21) },
    type: invalid,
    text: /20/,
  },
  // Username
  { name: 'a username of 20 letters', change: { Username: 'u'.repeat(20) } },
  {
    name: 'a username of 21 letters',
    change: { Username: 'u'.repeat(21) },
    type: invalid,
    text: /20/,
  },
  { name: 'a username in email form', change: { Username: 'test@example.com' } },
  {
    name: 'a username with @ and no domain',
    change: { Username: 'testuser@example' },
    type: invalid,
    text: /@/,
  },
  {
    name: 'a username with two @',
    change: { Username: 'a@b@example.com' },
    type: invalid,
    text: /@/,
  },
  {
    name: 'a username with a blank',
    change: { Username: 'test user' },
    type: invalid,
    text: /Username/,
  },
  {
    name: 'a username with an umlaut',
    change: { Username: 'jürgen' },
    type: invalid,
    text: /Username/,
  },
  // Names and addresses
  { name: 'a name in NFC', change: { IdentityInfo: { ...names, FirstName: 'Zoë' } } },
  {
    name: 'a name with combining marks',
    change: { IdentityInfo: { ...names, FirstName: 'Zoe\u0308' } },
    type: invalid,
    text: /Normalization/,
  },
  {
    name: 'a secondary email without a domain',
    change: { IdentityInfo: { ...names, SecondaryEmail: 'm@harbour' } },
    type: invalid,
    text: /SecondaryEmail/,
  },
  {
    name: 'a secondary email of 266 letters',
    change: { IdentityInfo: { ...names, SecondaryEmail: `${'a'.repeat(254)}@example.com` } },
    type: invalid,
    text: /SecondaryEmail/,
  },
  {
    name: 'a secondary email of 265 letters',
    change: { IdentityInfo: { ...names, SecondaryEmail: `${'a'.repeat(253)}@example.com` } },
  },
  // Phones
  {
    name: 'a desk phone without a number',
    change: { PhoneConfig: { PhoneType: 'DESK_PHONE' } },
    type: 'InvalidRequestException',
    text: /DeskPhoneNumber/,
  },
  {
    name: 'after-contact work of 2,000,000 s',
    change: { PhoneConfig: { PhoneType: 'SOFT_PHONE', AfterContactWorkTimeLimit: 2_000_000 } },
  },
  {
    name: 'after-contact work of 2,000,001 s',
    change: { PhoneConfig: { PhoneType: 'SOFT_PHONE', AfterContactWorkTimeLimit: 2_000_001 } },
    type: invalid,
    text: /2000000/,
  },
  {
    name: 'per-channel after-contact work of 2,000,001 s',
    change: {
      AfterContactWorkConfigs: [
        { Channel: 'CHAT', AfterContactWorkConfig: { AfterContactWorkTimeLimit: 2_000_001 } },
      ],
    },
    type: invalid,
    text: /2000000/,
  },
  {
    name: 'a per-channel desk phone without a number',
    change: { PhoneNumberConfigs: [{ Channel: 'VOICE', PhoneType: 'DESK_PHONE' }] },
    type: 'InvalidRequestException',
    text: /PhoneNumber/,
  },
  {
    name: 'auto-accept said twice',
    change: {
      PhoneConfig: { AutoAccept: true },
      AutoAcceptConfigs: [{ Channel: 'VOICE', AutoAccept: true }],
    },
    type: 'InvalidRequestException',
    text: /AutoAccept/,
  },
  {
    name: 'after-contact work said twice',
    change: {
      PhoneConfig: { AfterContactWorkTimeLimit: 0 },
      AfterContactWorkConfigs: [{ Channel: 'VOICE', AfterContactWorkConfig: {} }],
    },
    type: 'InvalidRequestException',
    text: /AfterContactWork/,
  },
  {
    name: 'the phone type said twice',
    change: {
      PhoneConfig: { PhoneType: 'SOFT_PHONE' },
      PhoneNumberConfigs: [{ Channel: 'VOICE', PhoneType: 'SOFT_PHONE' }],
    },
    type: 'InvalidRequestException',
    text: /PhoneType/,
  },
  {
    name: 'persistent connection said twice',
    change: {
      PhoneConfig: { PersistentConnection: false },
      PersistentConnectionConfigs: [{ Channel: 'VOICE', PersistentConnection: true }],
    },
    type: 'InvalidRequestException',
    text: /PersistentConnection/,
  },
  {
    name: 'PhoneConfig beside a list about something else',
    change: {
      PhoneConfig: { PhoneType: 'SOFT_PHONE' },
      AutoAcceptConfigs: [{ Channel: 'CHAT', AutoAccept: true }],
    },
  },
  {
    name: 'a channel named twice',
    change: {
      AutoAcceptConfigs: [
        { Channel: 'CHAT', AutoAccept: true },
        { Channel: 'CHAT', AutoAccept: false },
      ],
    },
    type: invalid,
    text: /more than once/,
  },
  {
    name: 'a callback setting on chat',
    change: {
      AutoAcceptConfigs: [
        { Channel: 'CHAT', AutoAccept: true, AgentFirstCallbackAutoAccept: true },
      ],
    },
    type: invalid,
    text: /VOICE/,
  },
  // Resources that must exist
  {
    name: 'an unknown routing profile',
    change: { RoutingProfileId: 'nowhere' },
    type: 'ResourceNotFoundException',
    text: /Routing profile nowhere/,
  },
  {
    name: 'an unknown security profile',
    change: { SecurityProfileIds: ['nobody'] },
    type: 'ResourceNotFoundException',
    text: /Security profile nobody/,
  },
  {
    name: 'an unknown hierarchy group',
    change: { HierarchyGroupId: 'no-group' },
    type: 'ResourceNotFoundException',
    text: /Hierarchy group no-group/,
  },
  {
    name: 'an unknown instance',
    change: { InstanceId: 'no-instance' },
    type: 'ResourceNotFoundException',
    text: /Instance no-instance/,
  },
  {
    name: "another account's instance",
    change: { InstanceId: `arn:aws:connect:us-west-2:999999999999:instance/${production}` },
    type: 'ResourceNotFoundException',
    text: /not found/,
  },
  // Tags
  {
    name: 'a reserved tag key in capitals',
    change: { Tags: { 'AWS:x': 'y' } },
    type: invalid,
    text: /aws:/,
  },
];

describe('CreateUser', () => {
  for (const rule of rules) {
    it(`${rule.type ? 'refuses' : 'takes'} ${rule.name}`, async (t) => {
      const { connectSandbox } = await start(t);
      const before = connectSandbox.state(rule.in).users.length;
      const answer = await createUser(connectSandbox, {
        ...newUser('mary.major'),
        ...profilesOf(connectSandbox, rule.in ?? production),
        ...rule.change,
      });
      assert.equal(answer.type, rule.type ?? null, JSON.stringify(answer.body));
      if (rule.text) assert.match(answer.body.Message, rule.text);
      const grown = connectSandbox.state(rule.in).users.length - before;
      assert.equal(grown, rule.type ? 0 : 1, 'a refusal has no effect');
    });
  }
});

describe('usernames as observed', () => {
  const take = (name: string, Username: string, instance = production) =>
    it(`takes ${name}`, async (t) => {
      const { connectSandbox } = await start(t, { settings: { usernames: 'as-observed' } });
      const user = { ...newUser('x'), ...profilesOf(connectSandbox, instance), Username };
      const { Password, ...withoutPassword } = user;
      const answer = await createUser(connectSandbox, instance === sso ? withoutPassword : user);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
    });
  take('100 characters with CONNECT_MANAGED', 'u'.repeat(100));
  take('two @ with SAML', 'ckrug@006Ah000000JK7E@00DAu000000f110', sso);
});
