/** Frequent queries stay cheap however many requests there are: every query plan, with 100,000 requests. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CompiledQuery, Kysely, type LogEvent } from 'kysely';
import pg from 'pg';
import { z } from 'zod';
import { readOpenRequestOfCard } from '../../src/evidence/thread-messages-store.ts';
import { readFailedSince, readOpenWork } from '../../src/requests/overview/health-store.ts';
import { readCreatedDomains, readLargestRequest } from '../../src/requests/store/baseline-store.ts';
import { readCheckedContent } from '../../src/requests/store/checked-content-store.ts';
import { rememberDelivery } from '../../src/requests/store/deliveries-store.ts';
import {
  readDeciders,
  readRequestedUsers,
  readRetries,
  readSubmittedTogether,
} from '../../src/requests/store/history-store.ts';
import {
  readHomeRequests,
  readHomeViewersOf,
  readWaiting,
} from '../../src/requests/store/home-store.ts';
import { countRunning } from '../../src/requests/store/open-requests-store.ts';
import { readRequest, readRowCounts, readRows } from '../../src/requests/store/requests-store.ts';
import { readPosts } from '../../src/slack/posts/posts-store.ts';
import {
  readRefusedPosts,
  readRefusingPlace,
  readRequestsWithDueRefusals,
} from '../../src/slack/posts/refusals-store.ts';
import { BotDialect } from '../../src/storage/postgres-connections.ts';
import type { Schema } from '../../src/storage/schema.ts';
import { testDatabase } from '../database.ts';

const requests = 100_000;
const someRequest = 1001 + requests / 2;

/**
 * Several years of data: mostly finished requests of several hundred people, 60 waiting requests, each with its row
 * and its card.
 */
const fill = `
  -- The rules of a request's life are not what is tried here.
  set session_replication_role = replica;
  insert into requests (instance, source, state, requester_id, requester_name, requests_channel,
    created_at, content_hash, decision, ended_at, started_at, expires_at)
  select case when n % 3 = 0 then 'branch' else 'production' end, 'form',
    case when n % 1700 = 0 then 'awaiting_approval' when n % 9000 = 0 then 'approved' else 'done' end,
    case when n <= 2 then 'U0RARE' else 'U0P' || n % 300 end, 'Person', 'C0REQUESTS', now() - n * interval '5 minutes', repeat('a', 64),
    case when n % 1700 <> 0 then jsonb_build_object('kind', 'approved', 'by', 'U0A' || n % 40) end,
    case when n % 1700 <> 0 and n % 9000 <> 0 then now() end, now(), now()
  from generate_series(1, ${requests}) as n;
  insert into rows (request_id, position, state, draft, new_user, password_plan, user_id, ended_at)
  select id, 1, case when state = 'done' then 'created' else 'waiting' end,
    '{"username": "somebody"}', '{"username": "somebody", "securityProfiles": [], "routingProfile": {"id": "r", "name": "Basic"}, "tags": {}}', 'generated',
    case when state = 'done' then 'u' end, ended_at
  from requests;
  insert into posts (request_id, key, channel, ts, hash, attempted_at)
  select id, 'card', 'C0REQUESTS', '1.' || id, 'x', now() from requests;
  insert into deliveries (id, kind, received_at)
  select 'view_submission V' || id, 'view_submission', created_at from requests;
  insert into refused_posts (request_id, key, place, code, hash, whole_place, retry_at)
  select id, 'card', 'C' || id % 10, 'is_archived', 'x', true, now() + interval '1 hour'
  from requests where id % 50 = 0;
  analyze`;

const plan = z.object({ Plan: z.looseObject({}) }).array();
type Node = { readonly [member: string]: unknown };

test('no frequent statement reads a whole table', async (t) => {
  const { url, query, drop } = await testDatabase();
  await query(fill);
  const asked: { sql: string; parameters: readonly unknown[] }[] = [];
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  // If a connection learns during its own close that the server ends it, the error would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Schema>({
    dialect: new BotDialect({ pool }),
    log: ({ query: { sql, parameters } }: LogEvent & { query: CompiledQuery }) =>
      void asked.push({ sql, parameters }),
  });
  t.after(async () => {
    await db.destroy();
    await drop();
  });
  const now = new Date();
  const delivery = { id: 'view_submission V77', kind: 'view_submission', receivedAt: now };
  const page = { offset: 0, limit: 10 };
  const due = { now, notEndedBefore: new Date(0), limit: 200 };
  const cases: readonly [string, () => Promise<unknown>][] = [
    ['App Home: one’s own', () => readHomeRequests(db, 'U0RARE', page)],
    ['App Home: what waits for me', () => readWaiting(db, 'U0P7', ['production', 'branch'], page)],
    ['App Home: open work', () => readOpenWork(db, ['production', 'branch'])],
    ['App Home: failed of late', () => readFailedSince(db, ['production'], now)],
    ['the check: largest request', () => readLargestRequest(db, 'U0RARE')],
    ['the check: domains', () => readCreatedDomains(db, 'production')],
    ['App Home: who looks', () => readHomeViewersOf(db, someRequest, now)],
    ['deciders', () => readDeciders(db, 'production', 8)],
    ['the form: recent choices', () => readRequestedUsers(db, 'U0RARE', 20)],
    ['catch-up: known before?', () => rememberDelivery(db, delivery)],
    ['a request', () => readRequest(db, someRequest)],
    ['its rows', () => readRows(db, someRequest)],
    ['its counts', () => readRowCounts(db, someRequest)],
    ['its content', () => readCheckedContent(db, someRequest)],
    ['its files', () => readSubmittedTogether(db, someRequest)],
    ['its retries', () => readRetries(db, someRequest)],
    ['its messages', () => readPosts(db, someRequest)],
    ['the card of a thread', () => readOpenRequestOfCard(db, 'C0REQUESTS', '1.50')],
    ['its refused messages', () => readRefusedPosts(db, someRequest)],
    ['a refusing channel', () => readRefusingPlace(db, 'C3', now)],
    ['refused messages that are due', () => readRequestsWithDueRefusals(db, due)],
    ['what is being created', () => countRunning(db)],
  ];
  for (const [what, ask] of cases) {
    asked.length = 0;
    await ask();
    assert.ok(asked.length > 0, what);
    for (const { sql, parameters } of [...asked]) {
      if (!/^\s*(select|with)/i.test(sql)) continue;
      const { rows } = await pool.query(`explain (analyze, buffers, format json) ${sql}`, [
        ...parameters,
      ]);
      const [explained] = plan.parse(rows[0]?.['QUERY PLAN']);
      assert.ok(explained);
      const nodes = nodesOf(explained.Plan);
      const whole = nodes.filter(
        (node) => node['Node Type'] === 'Seq Scan' && Number(node['Actual Rows']) > 1_000,
      );
      assert.deepEqual(
        whole.map((node) => node['Relation Name']),
        [],
        `${what}: ${sql}`,
      );
      // Pages of 8 kB; a whole table has more than a thousand of them.
      const { 'Shared Hit Blocks': hit, 'Shared Read Blocks': read } = explained.Plan as Node;
      const blocks = Number(hit) + Number(read);
      assert.ok(blocks <= 700, `${what} reads ${blocks} pages: ${JSON.stringify(explained)}`);
    }
  }
});

function nodesOf(node: Node): Node[] {
  const below = Array.isArray(node.Plans) ? node.Plans : [];
  return [node, ...below.flatMap((child: Node) => nodesOf(child))];
}
