/**
 * Measures how fast the audit trail is verified: each event is read, its hash is computed and its columns are
 * compared.
 */
import { readChain } from '../src/audit/audit-store.ts';
import { verifyChain } from '../src/audit/verify.ts';
import { createLog } from '../src/operations/log.ts';
import { openDatabase } from '../src/storage/database.ts';
import { startTestServer } from '../test/database-server.ts';
import type { Bench } from './measurement.ts';

const events = 200_000;

/** Events in the canonical form in which the bot writes them, with the details of an approval. */
const fill = `
  insert into audit_events (request_id, at, kind, actor, details, body)
  select null, at, 'approved', 'U0ARI', details::jsonb,
    '{"actor":"U0ARI","at":"' || to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      || '","details":' || details || ',"kind":"approved","request":null}'
  from (
    select timestamptz '2026-01-01' + n * interval '1 second' as at,
      '{"contentHash":"' || encode(sha256(n::text::bytea), 'hex') || '","ground":{"connectUser":"ari","kind":"holds-users-create","profiles":["Admin"]}}' as details
    from generate_series($1::integer, $2::integer) as n
  ) as made`;

export const audit: Bench = {
  name: 'audit',
  about: `verifying a trail of ${events} events`,
  async run(say) {
    const server = await startTestServer();
    const database = await openDatabase(
      { kind: 'url', url: server.url },
      { log: createLog({ level: 'error' }) },
    );
    try {
      const portion = 10_000;
      for (let first = 1; first <= events; first += portion) {
        await database.pool.query(fill, [first, first + portion - 1]);
      }
      say('filled');
      const startedAt = performance.now();
      const result = await verifyChain(readChain(database.pool));
      const seconds = (performance.now() - startedAt) / 1000;
      if (result.events !== events || result.problems.length > 0) {
        throw new Error(`the trail is not whole: ${result.problems.join('; ')}`);
      }
      return [{ name: 'verify_events_per_s', value: events / seconds, unit: '', atLeast: 50_000 }];
    } finally {
      await database.close();
      await server.stop();
    }
  },
};
