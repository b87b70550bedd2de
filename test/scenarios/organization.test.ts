/** A workspace in an organization (Enterprise Grid): what works and what does not, according to docs/install.md. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startScenario } from './harness.ts';
import { generalChannel, requestsChannel } from './person.ts';
import { eventually } from './sandbox-calls.ts';

const grid = { workspace: { organization: true } };
const wendy = 'W0WENDY';

describe('in an organization of two workspaces', { concurrency: 2 }, () => {
  for (const transport of ['socket', 'http'] as const) {
    test(`a colleague of the other workspace approves in a shared channel, by a W id (${transport})`, async (t) => {
      const scenario = await startScenario(t, {
        ...grid,
        transport,
        instance: { card: { notify: [wendy], directMessage: [wendy], confirmAbove: null } },
      });
      const { sandbox, tara, card, ask, person, threadSays, log } = scenario;
      await sandbox.website({
        instance: 'production',
        action: 'add-user',
        user: { username: 'wendy', securityProfileIds: ['Admin'] },
      });
      await sandbox.call('POST', '/channels', {
        channel: requestsChannel,
        action: 'join',
        user: wendy,
      });
      const asked = await ask(tara);
      assert.match(asked.text, /@W0WENDY/);
      await person(wendy).isSent(/Tara Lead requests/);
      await person(wendy).press(asked, 'Approve');
      const done = await card(/✅ 1 created/);
      await threadSays(done, /Wendy Branch approved \(holds Users – Create through Admin/);
      // She is a colleague, so the channel does not count as shared with outsiders.
      assert.doesNotMatch(done.text, /another company|outside/);
      assert.doesNotMatch(log(), /shared with another company/);
    });
  }

  test('commands are for the members of the installing workspace; messages and files are not', async (t) => {
    const { sandbox, tara, person, threadSays } = await startScenario(t, grid);
    await tara.openForm();
    await sandbox.call('POST', '/channels', {
      channel: requestsChannel,
      action: 'join',
      user: wendy,
    });
    await sandbox.call('POST', '/channels', {
      channel: generalChannel,
      action: 'join',
      user: wendy,
    });
    await assert.rejects(person(wendy).command(), /not a valid command/);
    await sandbox.call('POST', '/messages', {
      user: wendy,
      channel: requestsChannel,
      text: '<@U0BOT> for the branch',
      files: [
        { name: 'branch.csv', contentBase64: Buffer.from('first name\nNia\n').toString('base64') },
      ],
    });
    const posted = await eventually('it was posted', async () =>
      (await tara.messages()).find(({ raw }) => raw.user === wendy),
    );
    await threadSays(posted, /branch\.csv: The header row doesn’t have/);
  });

  test('a person of another organization still counts as a stranger', async (t) => {
    const { sandbox, tara, ask, person } = await startScenario(t, grid);
    await sandbox.call('POST', '/channels', {
      channel: requestsChannel,
      action: 'join',
      user: 'U0EVE',
    });
    const asked = await ask(tara);
    await person('U0EVE').press(asked, 'Approve');
    await person('U0EVE').isTold(/another (company|workspace)|not.*this workspace/i);
  });
});
