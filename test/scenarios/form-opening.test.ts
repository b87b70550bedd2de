/** The form opens before the trigger expires, or the person is told what to do. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { slackTimeLimits, startScenario } from './harness.ts';
import { generalChannel } from './person.ts';
import { eventually } from './sandbox-calls.ts';
import { textOfView } from './seen.ts';
import { mary } from './stage.ts';
import { acceptedCalls } from './wire.ts';

describe('the form opens', { concurrency: 3 }, () => {
  test('a directory slower than Slack’s three seconds shows a loading view, never an expired trigger', async (t) => {
    const { tara, sandbox } = await startScenario(t, {
      workspace: slackTimeLimits,
      connect: { latencyMs: 3_100 },
    });
    assert.equal((await tara.command()).outcome, 'ok');
    await tara.notice(/One moment: I am looking up/);
    const form = await tara.form();
    assert.ok((await form.labels()).includes('Username'));
    assert.equal((await tara.views()).length, 1, 'the same view became the form');
    assert.equal((await acceptedCalls(sandbox, 'views.open')).length, 1);
  });

  test('Connect that does not answer is said in the view, and the next try works', async (t) => {
    const { tara, sandbox, stopBot, startBot } = await startScenario(t);
    await stopBot();
    const denied = { on: 'connect', kind: 'error', error: 'AccessDeniedException' } as const;
    await sandbox.fault({ ...denied, operation: 'ListUsers' }, 50);
    await startBot();
    await tara.command();
    await tara.notice(
      /isn’t providing the profiles and groups of production \(AWS doesn’t allow me to read them\)/,
    );
    await sandbox.clearFaults();
    await tara.openForm();
  });

  test('a trigger that has expired is answered with what to do, to that person alone', async (t) => {
    const { tara, noa, sandbox } = await startScenario(t);
    await sandbox.fault({ on: 'slack', kind: 'expired-trigger' });
    await tara.command();
    await tara.isTold(
      /time limit ran out before the form could open\.\sPress the same button, or type the same command/,
      generalChannel,
    );
    assert.deepEqual(await noa.told(generalChannel), []);
    assert.deepEqual(await tara.views(), []);
    await tara.openForm();
  });

  test('H5: a command that Slack delivers twice opens one form', async (t) => {
    for (const again of [{}, { retryAttempt: 0 }, { retryAttempt: 1 }]) {
      const { tara, sandbox, log } = await startScenario(t);
      await sandbox.fault({ on: 'slack', kind: 'duplicate', match: 'slash_commands', ...again });
      const form = await tara.openForm();
      await eventually('the second delivery is over', async () => {
        const tried = await sandbox.wire('web-api');
        return tried.filter((call) => call.name === 'views.open').length === 2;
      });
      assert.deepEqual(
        (await tara.views()).map((view) => view.id),
        [form.id],
      );
      // Any message or log line of the second command would have come before this answer.
      await tara.command('help');
      await tara.isTold(/opens a form/, generalChannel);
      assert.equal((await tara.told(generalChannel)).length, 1);
      assert.doesNotMatch(log(), /"level":"error"/);
    }
  });

  test('a form that is closed while it loads is no error', async (t) => {
    const { tara, sandbox, log } = await startScenario(t, { connect: { latencyMs: 300 } });
    await tara.command();
    await tara.notice(/One moment/);
    const [loading] = await tara.views();
    assert.ok(loading);
    assert.doesNotMatch(textOfView(loading), /Username/);
    await sandbox.call('POST', `/views/${loading.id}/close`, { user: tara.id });
    await eventually('the bot tried to fill it', async () =>
      (await sandbox.wire('web-api')).some((call) => call.name === 'views.update'),
    );
    await tara.openForm();
    assert.doesNotMatch(log(), /"level":"error"/);
  });

  test('words after the command are answered, and only to the person', async (t) => {
    const { tara, noa } = await startScenario(t);
    await tara.command('help');
    await tara.isTold(/opens a form for one new Amazon Connect user/, generalChannel);
    await tara.command('<!channel> *now*');
    const told = await tara.isTold(/I don’t know/, generalChannel);
    assert.match(told, /<!channel> \*now\*|&lt;!channel&gt; \*now\*/);
    assert.deepEqual(await noa.told(generalChannel), []);
  });

  test('the App Home opens the form too, and lists the outcomes of the person’s requests', async (t) => {
    const { tara, noa, ari, card } = await startScenario(t);
    await tara.home(/You have no requests yet/);
    await tara.pressAtHome('New user');
    const form = await tara.form();
    assert.equal((await form.submit(mary)).outcome, 'closed');
    await ari.press(await card(/Needs 1 approval/), 'Approve');
    await card(/✅ 1 created/);
    await tara.home(/Mary Major\s+CU-\d+ · production · created/);
    await noa.home(/You have no requests yet/);
  });
});
