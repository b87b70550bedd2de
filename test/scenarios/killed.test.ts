/**
 * H8 (a crash changes nothing): the process is killed at the worst moments and started again, and the request ends
 * the same way.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type KillableScenario, startKillable } from './child-bot.ts';
import { eventually } from './sandbox-calls.ts';
import { mary, saidOnce } from './stage.ts';
import { createsOf, deliveries } from './wire.ts';
import { maryInputs, runStep, stepEnded } from './workflow-run.ts';

/** A fault to enable before a moment, and how the test recognizes that moment. */
type Moment = {
  readonly name: string;
  /** Whether Ari has approved before this moment. */
  readonly approved: boolean;
  readonly before?: (scenario: KillableScenario) => Promise<unknown>;
  readonly isNow: (scenario: KillableScenario) => Promise<unknown>;
};

/** A fault disappears when it has taken effect, so the call that it delays is in progress then. */
const struck = async ({ sandbox }: KillableScenario) => {
  const { faults } = await sandbox.call<{ faults: readonly unknown[] }>('GET', '/faults');
  return faults.length === 0;
};

const moments: readonly Moment[] = [
  {
    name: 'right after the form was sent',
    approved: false,
    isNow: async () => true,
  },
  {
    name: 'while a security profile is read for the check',
    approved: false,
    before: ({ sandbox }) =>
      sandbox.fault({
        on: 'connect',
        kind: 'hang',
        operation: 'ListSecurityProfilePermissions',
      }),
    isNow: struck,
  },
  {
    name: 'when the card was posted and its answer lost',
    approved: false,
    before: ({ sandbox }) =>
      sandbox.fault({ on: 'slack', kind: 'lose-answer', match: 'chat.postMessage' }),
    isNow: ({ ari }) => ari.messages().then((cards) => cards.length > 0),
  },
  {
    name: 'right after the click was acknowledged',
    approved: true,
    isNow: async () => true,
  },
  {
    name: 'while CreateUser is under way',
    approved: true,
    before: ({ sandbox }) =>
      sandbox.fault({ on: 'connect', kind: 'slow', operation: 'CreateUser', delayMs: 700 }),
    isNow: struck,
  },
  {
    name: 'when the user was created and the answer lost',
    approved: true,
    before: async ({ sandbox }) => {
      await sandbox.fault({ on: 'connect', kind: 'lose-answer', operation: 'CreateUser' });
      await sandbox.fault({ on: 'connect', kind: 'hang', operation: 'SearchUsers' });
    },
    isNow: (scenario) => scenario.sandbox.connectUser('Mary'),
  },
  {
    name: 'when the user exists and nobody was told',
    approved: true,
    before: ({ sandbox }) =>
      sandbox.fault({ on: 'slack', kind: 'method', match: 'chat.*', error: 'hang' }, 3),
    isNow: (scenario) => scenario.sandbox.connectUser('Mary'),
  },
];

describe('H8: killed', { concurrency: 3 }, () => {
  for (const { name, approved, before, isNow } of moments) {
    test(`${name}: created once, everything said once`, async (t) => {
      const scenario = await startKillable(t);
      const { tara, ari, sandbox, card } = scenario;
      const form = await tara.openForm();
      if (!approved) await before?.(scenario);
      assert.equal((await form.submit(mary)).outcome, 'closed');
      if (approved) {
        const asked = await card(/Needs 1 approval/);
        await before?.(scenario);
        assert.equal((await ari.press(asked, 'Approve')).outcome, 'ok');
      }
      await eventually(name, () => isNow(scenario).then(Boolean));
      await scenario.kill();
      await sandbox.clearFaults();
      await scenario.start();
      if (!approved) await ari.press(await card(/Needs 1 approval/), 'Approve');
      await saidOnce(scenario);
      assert.equal(await createsOf(sandbox, 'Mary'), 1);
    });
  }

  test('a run of the workflow step ends once when the bot is killed before its card and during its end', async (t) => {
    const scenario = await startKillable(t);
    const { sandbox, tara, ari, card } = scenario;
    const step = await runStep(sandbox, tara.id, maryInputs);
    await eventually('the run was acknowledged', async () =>
      (await deliveries(sandbox, 'function_executed')).some(({ ok }) => ok),
    );
    await scenario.kill();
    await scenario.start();
    const asked = await card(/requests Mary Major.*Needs 1 approval/s);
    const complete = 'functions.completeSuccess';
    await sandbox.fault({ on: 'slack', kind: 'lose-answer', match: complete });
    await ari.press(asked, 'Approve');
    assert.equal((await stepEnded(sandbox, step)).status, 'completed');
    await scenario.kill();
    await scenario.start();
    await card(/✅ 1 created/);
    // Slack's answer was lost, so the next bot reports the end again, and Slack refuses the second report.
    const again = await eventually('the end is told again', async () => {
      const ends = (await sandbox.wire('web-api')).filter(({ name }) => name === complete);
      return ends.length > 1 && ends.slice(1);
    });
    assert.ok(again.every(({ status }) => status === 'execution_not_in_running_state'));
    assert.equal(await createsOf(sandbox, 'mary.major'), 1);
    assert.equal((await ari.messages()).length, 1, 'one card');
  });

  test('a bot that is stopped finishes its running work and exits with 0', async (t) => {
    const scenario = await startKillable(t, 'http');
    const { tara, ari, sandbox, ask } = scenario;
    const asked = await ask(tara);
    await sandbox.fault({ on: 'connect', kind: 'slow', operation: 'CreateUser', delayMs: 500 });
    await ari.press(asked, 'Approve');
    await eventually('it is being created', async () =>
      /Being created/.test((await scenario.card(/./)).text),
    );
    assert.equal(await scenario.stop(), 0);
    await scenario.start();
    await saidOnce(scenario);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
  });
});
