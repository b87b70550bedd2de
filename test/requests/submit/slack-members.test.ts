/** Slack members who become users: names, email addresses and usernames, also when a profile lacks one of them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { identitiesOf } from '../../../src/requests/submit/slack-members.ts';
import { checkUser } from '../../../src/users/check/check-user.ts';
import { personOf } from '../../auth/people.ts';
import { managed } from '../../users/fixtures.ts';

const member = (id: string, name: string, email: string) => personOf({ id, name, email });

const profiles = {
  routingProfile: { name: 'Basic Routing Profile' },
  securityProfiles: [{ name: 'Agent' }],
};

describe('members picked out of Slack', () => {
  test('get different usernames when they have the same name', () => {
    const people = ['a', 'b', 'c'].map((id) => member(id, 'Mary Major', `${id}@example.com`));
    assert.deepEqual(
      identitiesOf(people, '{first}.{last}', managed).map(({ username }) => username),
      ['mary.major', 'mary.major2', 'mary.major3'],
    );
  });

  test('without an email address get an error at the field, so that the requester completes them', () => {
    const { email: _none, ...person } = member('a', 'Mary Major', '');
    const [byName] = identitiesOf([person], '{first}.{last}', managed);
    assert.deepEqual(byName, { firstName: 'Mary', lastName: 'Major', username: 'mary.major' });
    const [byAddress] = identitiesOf([person], '{local}', managed);
    assert.deepEqual(byAddress, { firstName: 'Mary', lastName: 'Major' });
    const checked = checkUser({ ...byAddress, ...profiles }, managed);
    assert.ok(!checked.ok);
    assert.deepEqual(
      checked.findings.map(({ field, problem }) => [field, problem.code]),
      [
        ['username', 'field.missing'],
        ['email', 'email.needed-for-password'],
      ],
    );
  });
});
