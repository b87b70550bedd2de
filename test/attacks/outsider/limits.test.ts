/** A stolen account approves many requests at the same moment, before any of them has created a user. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startScenario } from '../../scenarios/harness.ts';
import { eventually } from '../../scenarios/sandbox-calls.ts';
import { mary } from '../../scenarios/stage.ts';

const none = { perHour: null, perDay: null };

describe('a limit on what is created', { concurrency: 2 }, () => {
  for (const [whose, limits] of [
    ['of an instance', { perHour: 2, perDay: null, perApprover: none, tell: [] }],
    ['of an approver', { ...none, perApprover: { perHour: null, perDay: 2 }, tell: [] }],
  ] as const) {
    test(`${whose} holds for requests that are approved at the same moment`, async (t) => {
      const { sandbox, ari, tara, ask, database } = await startScenario(t, {
        instance: { limits },
      });
      // No user has been created when the other approvals begin.
      await sandbox.fault(
        { on: 'connect', kind: 'slow', operation: 'CreateUser', delayMs: 800 },
        5,
      );
      const cards = [];
      for (const Username of ['mary1', 'mary2', 'mary3', 'mary4', 'mary5']) {
        cards.push(await ask(tara, { ...mary, Username }));
      }
      await Promise.all(cards.map((card) => ari.press(card, 'Approve')));
      await eventually('each is created or paused', async () => {
        const open = await database.query(
          `select 1 from requests where state not in ('done', 'paused')`,
        );
        return open.length === 0;
      });
      const created = await database.query(`select 1 from rows where state = 'created'`);
      assert.equal(created.length, 2);
    });
  }
});
