/** An approver's limit counts every request that they approved, alone or together with others. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginWithinLimits } from '../../src/approvals/creation-limits.ts';
import { readRequest } from '../../src/requests/store/requests-store.ts';
import { approvedRequest, newUser } from '../provisioning/approved.ts';
import { testServices } from '../services.ts';

test('a limit of an approver counts for everybody who agreed, not for the last of them alone', async (t) => {
  const { services, database } = await testServices(t);
  const none = { perHour: null, perDay: null };
  const config = {
    alias: 'production',
    limits: { ...none, perApprover: { perHour: 1, perDay: null }, tell: [] },
  };
  const by = {
    ari: ['U0ARI', 'Ari Admin'],
    bea: ['U0BEA', 'Bea Berg'],
    cy: ['U0CY', 'Cy'],
  } as const;
  const request = async (username: string, ...people: readonly (readonly [string, string])[]) => {
    const id = await approvedRequest(services, [{ user: newUser(username) }]);
    const approvers = people.map(([personId, name]) => ({ id: personId, name }));
    const last = approvers.at(-1);
    await database.query(`update requests set decision = decision || $2::jsonb where id = $1`, [
      id,
      JSON.stringify({ by: last?.id, byName: last?.name, approvers }),
    ]);
    return id;
  };
  const whose = async (id: number) => {
    const record = (await readRequest(services.db, id)) ?? assert.fail('no request');
    const why = await beginWithinLimits(services, config, record, 1, () => Promise.resolve());
    return why ? `${why.code} ${String(why.params.whose)}` : null;
  };
  const first = await request('mary1', by.ari, by.bea);
  assert.equal(await whose(first), null);
  await database.query(
    `update rows set state = 'created', user_id = 'id', user_arn = 'arn', ended_at = now() where request_id = ${first}`,
  );
  // Ari approved first in that request and last in this one; Bea the other way around.
  assert.equal(await whose(await request('mary2', by.cy, by.ari)), 'create.limit Ari Admin');
  assert.equal(await whose(await request('mary3', by.bea, by.cy)), 'create.limit Bea Berg');
  assert.equal(await whose(await request('mary4', by.cy)), null);
});
