import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { explain } from '../../../src/errors/problem.ts';
import { type Baseline, findAnomalies } from '../../../src/requests/check/anomalies.ts';
import type { NewUser } from '../../../src/users/new-user.ts';
import { userNamed } from '../../auth/people.ts';

const mary: NewUser = {
  username: 'mmajor',
  firstName: 'Mary',
  lastName: 'Major',
  email: 'mary@example.com',
  routingProfile: { id: 'rp-basic', name: 'Basic' },
  securityProfiles: [{ id: 'sp-agent', name: 'Agent' }],
  hierarchyGroup: { id: 'hg-north', path: ['North', 'Sales'] },
  phone: { type: 'soft', autoAccept: false, persistentConnection: false },
  afterContactWorkSeconds: 0,
  tags: {},
};
const supervisor = { id: 'sp-super', name: 'Supervisor' };
const inNorth = (username: string, securityProfileIds = ['sp-agent']) =>
  userNamed(username, { hierarchyGroupId: 'hg-north', securityProfileIds });

const nothing: Baseline = {
  colleagues: [inNorth('ann'), inNorth('bob'), inNorth('cleo'), inNorth('dan', ['sp-admin'])],
  domains: new Set(['example.com']),
  largest: 5,
  requesterName: 'Tara Lead',
  aboveAgent: [],
  firsts: [],
  within: 'this year',
};

function said(users: readonly NewUser[], changes: Partial<Baseline> = {}): string[] {
  const survey = findAnomalies({ ...nothing, ...changes });
  survey.add(users);
  return survey.notices().map(explain);
}

describe('the anomaly of a request', () => {
  test('is nothing for a usual hire, whose access is compared with that of similar users', () => {
    assert.deepEqual(said([mary]), ['Same access as 3 of 4 users on Basic.']);
  });

  test('is a profile that nobody in the hierarchy group has', () => {
    assert.deepEqual(said([{ ...mary, securityProfiles: [supervisor] }]), [
      'None of the 4 users in North / Sales has Supervisor.',
    ]);
    const mixed = [
      { id: 'sp-agent', name: 'Agent' },
      { id: 'sp-admin', name: 'Admin' },
    ];
    assert.deepEqual(said([{ ...mary, securityProfiles: mixed }]), [
      'None of the 4 users on Basic has this access.',
    ]);
    const few = (nothing.colleagues ?? []).slice(0, 2);
    assert.deepEqual(said([{ ...mary, securityProfiles: [supervisor] }], { colleagues: few }), []);
  });

  test('is an email address outside the company’s domain, when that domain is known', () => {
    const elsewhere = { ...mary, email: 'mary@Gmail.test' };
    assert.match(said([elsewhere])[0] ?? '', /^External email: gmail\.test\.$/);
    assert.match(said([mary, elsewhere])[0] ?? '', /^1 of 2 emails are external: gmail\.test/);
    assert.equal(said([elsewhere], { domains: new Set() }).length, 1);
  });

  test('is a username that is easily taken for an existing one', () => {
    const colleagues = [userNamed('mmajro', { firstName: 'Max', lastName: 'Majro' })];
    assert.deepEqual(said([mary], { colleagues }), [
      'Username “mmajor” close to “mmajro” (Max Majro).',
    ]);
  });

  test('is more users than this requester usually requests', () => {
    const many = Array.from({ length: 12 }, (_none, at) => ({ ...mary, username: `agent${at}` }));
    assert.equal(said(many)[0], 'Tara Lead’s largest request before was for 5 users.');
    assert.match(
      said(many, { largest: null })[0] ?? '',
      /^First request of Tara Lead, and for 12 users/,
    );
    assert.match(said(many, { largest: 6 })[0] ?? '', /^12 of 12 get the usual access/);
  });

  test('names three of a kind and the number of the rest', () => {
    const profiles = ['A', 'B', 'C', 'D', 'E'].map((name) => ({ id: `sp-${name}`, name }));
    const notices = said([{ ...mary, securityProfiles: profiles }]);
    assert.equal(notices.filter((sentence) => sentence.includes('North / Sales')).length, 3);
    assert.equal(notices[3], '2 more of this kind.');
  });

  test('is found without comparisons where the users of the instance are not known', () => {
    assert.deepEqual(said([{ ...mary, securityProfiles: [supervisor] }], { colleagues: null }), []);
  });

  test('names first what a profile grants beyond Agent, and whether anybody got it recently', () => {
    const aboveAgent = [{ name: 'Quality', more: 12 }];
    assert.deepEqual(said([mary], { aboveAgent, firsts: ['Admin'] }).slice(0, 2), [
      'Quality gives 12 permissions more than Agent.',
      'First Admin this year.',
    ]);
  });
});
