/** A new user whose username replaces a colleague's, so that the colleague loses their permissions. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkUser } from '../../../src/users/check/check-user.ts';
import { csv, postFile, rowOf } from '../../scenarios/handed-files.ts';
import { startScenario } from '../../scenarios/harness.ts';
import { requestsChannel } from '../../scenarios/person.ts';
import { mary } from '../../scenarios/stage.ts';
import { mary as draft, managed } from '../../users/fixtures.ts';

describe('a username to which the Slack address of an existing user leads', () => {
  test('shows a warning on the card, as does one that another request has in other capitals', async (t) => {
    const { sandbox, tara, ask, card, threadSays } = await startScenario(t);
    const asked = await ask(tara, { ...mary, Username: 'bea@harbour.example' });
    assert.match(asked.text, /⚠ “bea” already exists in production, and the same Slack address/);

    // The same username in different capitals, in two open requests.
    const other = await ask(tara, { ...mary, Username: 'Bea@harbour.example' });
    assert.match(other.text, /⚠ “Bea@harbour.example” is requested in CU-\d+ too, as “bea@/);
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: '<@U0BOT> please',
      content: csv(
        rowOf('nia'),
        rowOf('noor').replace(',noor,Basic', ',BEA@harbour.example,Basic'),
      ),
    });
    const offer = await threadSays(posted, /2 rows are ready to request/);
    await tara.press(offer, 'Request 2 users');
    const ofFile = await card(/requests 2 users in production/);
    assert.match(ofFile.text, /⚠ “BEA@harbour.example” is requested in CU-\d+ too, as “/);
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
    test(`${username} ${isTwin ? 'gets the warning' : 'gets no warning'}`, () => {
      const { warnings = [] } = { warnings: [], ...checkUser({ ...draft, username }, context) };
      const codes = warnings.map(({ problem }) => problem.code);
      assert.equal(codes.includes('username.same-address'), isTwin);
    });
  }
});
