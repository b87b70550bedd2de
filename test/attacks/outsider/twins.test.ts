/** A new user whose name takes a colleague's place, so that they lose what they may do. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkUser } from '../../../src/users/check/check-user.ts';
import { startScenario } from '../../scenarios/harness.ts';
import { mary } from '../../scenarios/stage.ts';
import { mary as draft, managed } from '../../users/fixtures.ts';

describe('a username to which the Slack address of an existing user leads', () => {
  test('shows a warning on the card', async (t) => {
    const { tara, ask } = await startScenario(t);
    const asked = await ask(tara, { ...mary, Username: 'bea@harbour.example' });
    assert.match(asked.text, /⚠ “bea” already exists in production, and the same Slack address/);
  });

  const directory = {
    ...managed.directory,
    hasUsername: (name: string) => ['ari', 'kim@example.com'].includes(name),
  };
  const context = { ...managed, directory, identityDomains: ['example.com'] };
  for (const [username, isTwin] of [
    ['ari@example.com', true],
    ['ari@EXAMPLE.com', true],
    ['ari@example.org', false],
    ['kim', true],
    ['ari2', false],
  ] as const) {
    test(`${username} is ${isTwin ? 'one' : 'none'}`, () => {
      const { warnings = [] } = { warnings: [], ...checkUser({ ...draft, username }, context) };
      const codes = warnings.map(({ problem }) => problem.code);
      assert.equal(codes.includes('username.same-address'), isTwin);
    });
  }
});
