/** Two simultaneous commands of one person name a deputy, at two replicas. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insertDeputy } from '../../src/approvals/deputies-store.ts';
import { nameDeputy } from '../../src/approvals/name-deputy.ts';
import { personOf } from '../auth/people.ts';
import { testServices } from '../services.ts';
import { until } from '../until.ts';

test('who names a deputy while another command of theirs does is told that the other one counts', async (t) => {
  const ari = personOf();
  const bea = personOf({ id: 'U0BEA', name: 'Bea Berg', email: 'bea@example.com' });
  const { services, database } = await testServices(t, { people: [ari, bea] });
  const end = new Date(services.now().getTime() + 3600_000);
  const deputy = { who: { id: bea.id }, until: end };
  const first = {
    personId: ari.id,
    personName: ari.name,
    deputyId: 'U0CY',
    deputyName: 'Cy',
    until: end,
  };
  const second = await services.db.transaction().execute(async (tx) => {
    await insertDeputy(tx, first, services.now());
    const named = nameDeputy(services, ari.id, deputy).catch((error: unknown) => error);
    await until('the second command waits for the first one', async () => {
      const [waiting] = await database.query('select 1 from pg_locks where not granted');
      return waiting;
    });
    return { named };
  });
  assert.match(String(await second.named), /named a deputy twice at the same moment/);
  assert.deepEqual(
    await database.query('select deputy_name from deputies where ended_at is null'),
    [{ deputy_name: 'Cy' }],
  );
});
