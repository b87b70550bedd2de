/** Who is refused on a card, with which message, and that the card stays unchanged. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startScenario } from './harness.ts';
import { mary } from './stage.ts';
import { createsOf } from './wire.ts';

describe('who may not approve', { concurrency: 3 }, () => {
  test('H3: a person who may not approve is told why in a message that only they see, and nothing changes', async (t) => {
    const scenario = await startScenario(t);
    const { sandbox, tara, sam, person, ask, card, database } = scenario;
    await sandbox.call('POST', '/channels', {
      channel: 'C0REQUESTS',
      action: 'join',
      user: 'U0EVE',
    });
    const asked = await ask(tara);
    const refused: [id: string, button: string, words: RegExp][] = [
      [
        'U0TARA',
        'Approve',
        /^You can’t approve your own request\.\s*Ari Admin, Bea Berg and Alex North can\./,
      ],
      ['U0SAM', 'Approve', /Your Connect user “sam” doesn’t have it/],
      ['U0NOA', 'Approve', /can’t tell which user in production you are.*U0NOA/s],
      ['U0GUS', 'Approve', /Guests can’t/],
      ['U0EVE', 'Approve', /another company’s workspace.*Harbour Support/s],
      ['U0ALEX2', 'Approve', /the name before the @ counts only in harbour\.example/],
      ['U0SAM', 'Withdraw', /can withdraw it\.\s*Ari Admin, Bea Berg and Alex North can deny it\./],
    ];
    for (const [id, button, words] of refused) {
      const who = person(id);
      assert.equal((await who.press(asked, button)).outcome, 'ok');
      await who.isTold(words);
    }
    // A person who may not deny is refused before the form for the reason opens.
    await sam.press(asked, 'Deny');
    await sam.notice(/“sam” doesn’t have it.*Ari Admin, Bea Berg and Alex North can deny this/s);

    assert.deepEqual(await scenario.ari.told(), [], 'a refusal is nobody else’s business');
    assert.deepEqual((await card(/Needs 1 approval/)).buttons, [
      'Approve',
      'Deny',
      'Compare',
      'Withdraw',
    ]);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    const [request] = await database.query('select state, decision from requests');
    assert.deepEqual(request, { state: 'awaiting_approval', decision: null });
  });

  test('H3: a permission that was removed between the form and the click does not count, because it is read again', async (t) => {
    const { sandbox, tara, ari, bea, ask, card } = await startScenario(t);
    const asked = await ask(tara);
    // Bea is still allowed to; this also fills every cache with the permission that she is about to lose.
    await bea.press(asked, 'Deny');
    await (await bea.form()).close();
    await sandbox.website({
      instance: 'production',
      action: 'set-user-profiles',
      user: { username: 'bea', securityProfileIds: ['Agent'] },
    });
    await bea.press(asked, 'Approve');
    await bea.isTold(/Your Connect user “bea” doesn’t have it/);

    await sandbox.website({
      instance: 'production',
      action: 'set-permissions',
      id: 'Admin',
      permissions: ['BasicAgentAccess'],
    });
    await ari.press(asked, 'Approve');
    await ari.isTold(/Your Connect user “ari.admin” doesn’t have it/);

    await sandbox.website({
      instance: 'production',
      action: 'delete-user',
      user: { username: 'ari.admin' },
    });
    await ari.press(asked, 'Approve');
    await ari.isTold(/can’t tell which user in production you are/);
    await card(/Needs 1 approval/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
  });

  test('a click changes nothing when its person is deactivated while it is being delivered', async (t) => {
    const { sandbox, tara, ari, ask, card, logSays } = await startScenario(t);
    const asked = await ask(tara);
    await sandbox.fault({ on: 'slack', kind: 'late', match: 'block_actions', delayMs: 150 });
    const click = ari.press(asked, 'Approve');
    await sandbox.call('POST', '/people', { id: 'U0ARI', deleted: true });
    assert.equal((await click).outcome, 'ok');
    await logSays(/"code":"person.not-active","msg":"a choice was refused"/);
    await sandbox.call('POST', '/people', { id: 'U0ARI', deleted: false });
    assert.deepEqual((await card(/Needs 1 approval/)).buttons, [
      'Approve',
      'Deny',
      'Compare',
      'Withdraw',
    ]);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
  });

  test('a click neither approves nor refuses while Connect is away', async (t) => {
    const { sandbox, tara, ari, ask, card } = await startScenario(t);
    const asked = await ask(tara);
    const denied = { on: 'connect', kind: 'error', error: 'AccessDeniedException' } as const;
    await sandbox.fault({ ...denied, operation: 'DescribeUser' }, 5);
    await ari.press(asked, 'Approve');
    await ari.isTold(
      /AWS doesn’t allow me to read what I need from production: it denies DescribeUser/,
    );
    await sandbox.clearFaults();
    await ari.press(asked, 'Approve');
    await card(/✅ 1 created/);
  });

  test('H3: nobody hands out a permission that they do not hold themselves', async (t) => {
    const { sandbox, tara, bea, ari, ask, card } = await startScenario(t);
    const asked = await ask(tara, { ...mary, 'Security profiles': ['Supervisor'] });
    assert.match(asked.text, /⚠ Supervisor can listen in on calls and barge in on calls/);
    await bea.press(asked, 'Approve');
    await bea.isTold(/“Supervisor”, because it has permissions that you don’t have/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    // Denying requires none of the requested permissions, because it grants nothing.
    await bea.press(asked, 'Deny');
    await (await bea.form()).close();
    await ari.press(asked, 'Approve');
    await card(/✅ 1 created · approved by Ari Admin/);
  });
});
