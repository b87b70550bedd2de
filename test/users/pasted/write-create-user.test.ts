import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readPastedUser } from '../../../src/users/pasted/create-user-command.ts';
import { createUserCommand } from '../../../src/users/pasted/write-create-user.ts';

describe('a user as an aws command', () => {
  test('has one option a line, and quotation marks where a shell needs them', () => {
    const command = createUserCommand({
      InstanceId: 'a1b2',
      Username: "o'brien",
      IdentityInfo: { FirstName: 'Ann Marie', LastName: 'O’Brien' },
      SecurityProfileIds: ['p1', 'p2'],
      RoutingProfileId: 'r1',
      Password: 'Passw0rd1',
    });
    assert.equal(
      command,
      [
        'aws connect create-user',
        '--instance-id a1b2',
        "--username 'o'\\''brien'",
        `--identity-info '{"FirstName":"Ann Marie","LastName":"O’Brien"}'`,
        '--security-profile-ids p1 p2',
        '--routing-profile-id r1',
      ].join(' \\\n  '),
    );
  });

  test('is read back as the same user when it is pasted', () => {
    const text = fc
      .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
      .filter((text) => !/^[-–—]|^fileb?:\/\/|^\s*[[{]/i.test(text));
    const plain = fc.stringMatching(/^[a-z0-9-]{1,12}$/).filter((text) => !text.startsWith('-'));
    const input = fc.record({
      Username: text,
      IdentityInfo: fc.record({ FirstName: text, LastName: text }),
      PhoneConfig: fc.constant({ PhoneType: 'SOFT_PHONE', AutoAccept: true }),
      SecurityProfileIds: fc.array(plain, { minLength: 1, maxLength: 3 }),
      RoutingProfileId: plain,
      Tags: fc.dictionary(plain, text, { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    });
    fc.assert(
      fc.property(input, (user) => {
        // Slack escapes three characters of a command.
        const sent = createUserCommand({ ...user, InstanceId: 'a1b2' })
          .replaceAll('&', '&amp;')
          .replaceAll('<', '&lt;')
          .replaceAll('>', '&gt;');
        const read = readPastedUser(sent);
        assert.deepEqual(JSON.parse(JSON.stringify(read.input)), JSON.parse(JSON.stringify(user)));
        assert.equal(read.instance, 'a1b2');
      }),
      { numRuns: 300 },
    );
  });
});
