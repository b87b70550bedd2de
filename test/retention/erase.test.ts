/**
 * Personal data is deleted after the retention period, or when a person requests it; the audit trail stays complete.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readChain } from '../../src/audit/audit-store.ts';
import { verifyChain } from '../../src/audit/verify.ts';
import { evidencePage } from '../../src/evidence/evidence.ts';
import { readEvidence } from '../../src/evidence/read-evidence.ts';
import { eraseOld, erasePerson } from '../../src/retention/erase.ts';
import { approvedRequest, newUser } from '../provisioning/approved.ts';
import { testServices } from '../services.ts';

async function ended(t: Parameters<typeof testServices>[0], endedDaysAgo: number) {
  const made = await testServices(t);
  const { services, database } = made;
  const user = newUser('mary.major');
  const id = await approvedRequest(services, [{ user }]);
  await database.query(
    `update requests set state = 'done', reason = 'for Mary Major', ended_at = now() - $1 * interval '1 day'`,
    [endedDaysAgo],
  );
  const everything = async () =>
    JSON.stringify([
      await database.query('select * from requests'),
      await database.query('select * from rows'),
      await database.query('select * from thread_messages'),
      await database.query('select * from audit_events'),
    ]).toLowerCase();
  return { ...made, id, everything };
}

async function isWhole(url: string): Promise<boolean> {
  const { Pool } = (await import('pg')).default;
  const pool = new Pool({ connectionString: url });
  // If a connection learns during its own close that the server ends it, the error would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const { problems } = await verifyChain(readChain(pool));
  await pool.end();
  return problems.length === 0;
}

describe('erasing', { concurrency: 2 }, () => {
  test('takes names and texts of what ended longer ago, and the audit trail stays whole', async (t) => {
    const { services, database, everything, id } = await ended(t, 91);
    await database.query(
      `insert into thread_messages values ($1, '1.1', '1.1', 'said', 'U0ARI', 'Ari', 'is that mary?')`,
      [id],
    );
    assert.match(await everything(), /mary/);
    assert.equal(await eraseOld(services, 90), 1);
    assert.doesNotMatch(await everything(), /mary/);
    assert.equal(await eraseOld(services, 90), 0);
    const [event] = await database.query(`select details from audit_events where kind = 'erased'`);
    assert.deepEqual(event?.details, { rows: 1, why: 'retention' });
    assert.ok(await isWhole(database.url));
  });

  test('leaves what ended since, and what has not ended', async (t) => {
    const { services, everything } = await ended(t, 89);
    assert.equal(await eraseOld(services, 90), 0);
    assert.match(await everything(), /mary/);
  });

  test('takes what is known of one person, by username or address, whatever its case', async (t) => {
    const { services, id, everything } = await ended(t, 1);
    assert.deepEqual(await erasePerson(services, 'nobody'), { erased: [], open: [], links: 0 });
    assert.deepEqual(await erasePerson(services, 'Mary.MAJOR'), {
      erased: [id],
      open: [],
      links: 0,
    });
    assert.doesNotMatch(await everything(), /mary/);
  });

  test('takes identity links: those that ended longer ago, and every one of a person', async (t) => {
    const { services, database } = await testServices(t);
    const add = (person: string, username: string, state: string, daysAgo: number) =>
      database.query(
        `insert into identity_links (instance, person_id, person_name, connect_user_id, connect_username, state, asked_at, decided_at)
         values ('production', $1, 'Somebody', $2, $2, $3, now() - $4 * interval '1 day', now() - $4 * interval '1 day')`,
        [person, username, state, daysAgo],
      );
    const left = async () =>
      (await database.query('select person_id from identity_links order by id')).map(
        ({ person_id }) => person_id,
      );
    await add('U0HOLDS', 'ari', 'confirmed', 400);
    await add('U0OLD', 'bea', 'refused', 91);
    await add('U0NEW', 'bea', 'expired', 89);
    await add('U0MARY', 'Mary.Major', 'confirmed', 1);
    assert.equal(await eraseOld(services, 90), 0);
    assert.deepEqual(await left(), ['U0HOLDS', 'U0NEW', 'U0MARY']);
    assert.equal((await erasePerson(services, 'mary.major')).links, 1);
    assert.equal((await erasePerson(services, 'u0new')).links, 1);
    assert.deepEqual(await left(), ['U0HOLDS']);
    const events = await database.query('select kind, details from audit_events order by id');
    assert.deepEqual(
      events.map(({ kind, details }) => `${kind} ${Object(details).link} ${Object(details).why}`),
      ['link-erased 2 retention', 'link-erased 4 asked', 'link-erased 3 asked'],
    );
  });

  test('the evidence of a request names who agreed, the hashes and every event with its place', async (t) => {
    const { services, id } = await ended(t, 1);
    const evidence = await readEvidence(services, id);
    assert.equal(evidence.rows[0]?.username, 'mary.major');
    const page = evidencePage({ ...evidence, reason: 'see `x` | <!here>\n# not a title' });
    assert.match(page, new RegExp(`# Evidence for CU-${id}`));
    assert.doesNotMatch(page, /^# not a title/m);
    for (const { hash } of evidence.events) assert.ok(page.includes(hash));
  });
});
