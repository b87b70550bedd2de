/** The audit trail: append-only and chained. Changes by a person with the database's password are detected. */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import pg from 'pg';
import { appendEvent, readChain, readHead } from '../../src/audit/audit-store.ts';
import { verifyChain } from '../../src/audit/verify.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { testDatabase } from '../database.ts';
import { log } from '../services.ts';

type Trail = {
  readonly database: Database;
  add(kind: string, details?: Record<string, unknown>): Promise<void>;
  verify(anchors?: readonly string[]): ReturnType<typeof verifyChain>;
  /** Runs a statement as a superuser who has disabled the triggers. */
  tamper(statement: string): Promise<void>;
  headHash(): Promise<string>;
};

async function trail(t: TestContext): Promise<Trail> {
  const made = await testDatabase();
  const database = await openDatabase(made.config, { log });
  t.after(async () => {
    await database.close();
    await made.drop();
  });
  return {
    database,
    add: (kind, details = {}) =>
      database.db
        .transaction()
        .execute((tx) => appendEvent(tx, null, { kind, actor: 'U0ARI', details }, new Date())),
    verify: (anchors) => verifyChain(readChain(database.pool), anchors),
    tamper: async (statement) => {
      const client = new pg.Client({ connectionString: made.url });
      client.on('error', () => {});
      await client.connect();
      await client.query(`set session_replication_role = replica; ${statement}`);
      await client.end();
    },
    headHash: async () => (await readHead(database.db))?.hash ?? '',
  };
}

describe('the audit trail', { concurrency: 4 }, () => {
  test('refuses to change, delete or truncate an event', async (t) => {
    const { database, add } = await trail(t);
    await add('approved');
    for (const statement of [
      `update audit_events set actor = 'U0EVE'`,
      'delete from audit_events',
      'truncate audit_events cascade',
      `update audit_chain set hash = 'f'`,
      'delete from audit_chain',
    ]) {
      await assert.rejects(
        database.pool.query(statement),
        /the audit trail is append-only/,
        statement,
      );
    }
  });

  test('chains events of transactions that run side by side without a gap', async (t) => {
    const { add, verify } = await trail(t);
    await Promise.all(Array.from({ length: 40 }, (_, index) => add(`event-${index}`, { index })));
    const { events, head, problems } = await verify();
    assert.deepEqual({ events, seq: head?.seq, problems }, { events: 40, seq: 40, problems: [] });
  });

  test('leaves no place in the chain for a transaction that was rolled back', async (t) => {
    const { database, add, verify } = await trail(t);
    await add('first');
    const rolledBack = database.db.transaction().execute(async (tx) => {
      await appendEvent(tx, null, { kind: 'never', actor: 'bot', details: {} }, new Date());
      throw new Error('rolled back');
    });
    await assert.rejects(rolledBack, /rolled back/);
    await add('second');
    const { events, problems } = await verify();
    assert.deepEqual({ events, problems }, { events: 2, problems: [] });
  });

  test('chains the events of an older version of the bot, which writes no text of an event', async (t) => {
    const { database, add, verify } = await trail(t);
    await add('first');
    await database.pool.query(
      `insert into audit_events (at, kind, actor, details) values (now(), 'old', 'bot', '{"b": 1, "a": [2]}')`,
    );
    const { events, problems } = await verify();
    assert.deepEqual({ events, problems }, { events: 2, problems: [] });
  });

  const attacks: readonly [string, string, RegExp][] = [
    [
      'an edited column',
      `update audit_events set actor = 'U0EVE' where kind = 'two'`,
      /event 2: was changed: its columns/,
    ],
    [
      'an edited event with a text to match',
      `update audit_events set actor = 'U0EVE', body = replace(body, 'U0ARI', 'U0EVE') where kind = 'two'`,
      /event 2: was changed: its text/,
    ],
    [
      'an edited event with a new hash',
      `update audit_events set body = replace(body, 'U0ARI', 'U0EVE'), actor = 'U0EVE' where kind = 'two';
       update audit_chain c set hash = encode(sha256(convert_to(c.previous_hash || chr(10) || e.body, 'UTF8')), 'hex')
       from audit_events e where e.id = c.event_id and e.kind = 'two'`,
      /event 3: does not follow event 2/,
    ],
    ...[
      ['a member that was added', `details || '{"c": 1}'`],
      ['a member that was removed', `details - 'who'`],
      ['a member of another name', `details - 'who' || '{"whom": ["U0ARI"]}'`],
      ['a list of another order', `details || '{"who": ["U0BEA", "U0ARI"]}'`],
      ['a list in place of an object', `details || '{"at": []}'`],
      ['a number as text', `details || '{"n": "1"}'`],
    ].map(([what = '', details = '']): [string, string, RegExp] => [
      `details with ${what}`,
      `update audit_events set details = ${details} where kind = 'two'`,
      /event 2: was changed: its columns/,
    ]),
    [
      'an event of another millisecond',
      `update audit_events set at = at + interval '1 millisecond' where kind = 'two'`,
      /event 2: was changed: its columns/,
    ],
    ['a removed event', `delete from audit_events where kind = 'two'`, /event 2: is missing/],
    [
      'an inserted event',
      `insert into audit_events (at, kind, actor, details, body) values (now(), 'inserted', 'U0EVE', '{}', '{}')`,
      /has no place in the chain/,
    ],
  ];
  for (const [what, statement, says] of attacks) {
    test(`shows ${what}`, async (t) => {
      const { add, verify, tamper } = await trail(t);
      const details = { who: ['U0ARI', 'U0BEA'], n: 1, at: {} };
      for (const kind of ['one', 'two', 'three']) await add(kind, details);
      assert.deepEqual((await verify()).problems, []);
      await tamper(statement);
      assert.match((await verify()).problems.join('\n'), says);
    });
  }

  test('shows by an anchor that the end was cut off, and that an older copy was restored', async (t) => {
    const { add, verify, tamper, headHash } = await trail(t);
    for (const kind of ['one', 'two', 'three']) await add(kind);
    const anchor = await headHash();
    assert.deepEqual((await verify([anchor])).problems, []);
    await tamper(
      `delete from audit_chain where seq = 3; delete from audit_events where kind = 'three'`,
    );
    assert.deepEqual((await verify()).problems, [], 'without an anchor a cut end does not show');
    assert.match(
      (await verify([anchor])).problems.join('\n'),
      /its end was cut off, or an older copy/,
    );
    await add('another three');
    assert.match((await verify([anchor])).problems.join('\n'), /is not in the chain/);
  });

  test('is out of reach of a role that may only read and insert', async (t) => {
    const { database, add, verify } = await trail(t);
    await add('one');
    const role = `bot_${database.url.slice(-12)}`;
    await database.pool.query(`
      create role ${role} login password 'x';
      grant select, insert on audit_events to ${role};
      grant select on audit_chain to ${role}`);
    const url = new URL(database.url);
    [url.username, url.password] = [role, 'x'];
    const client = new pg.Client({ connectionString: url.href });
    client.on('error', () => {});
    await client.connect();
    try {
      await client.query(
        `insert into audit_events (at, kind, actor, details) values (now(), 'two', 'bot', '{}')`,
      );
      for (const statement of [
        `update audit_events set actor = 'U0EVE'`,
        'delete from audit_events',
        'alter table audit_events disable trigger all',
        'insert into audit_chain values (99, 99, repeat($$0$$, 64), repeat($$0$$, 64))',
        'set session_replication_role = replica',
      ]) {
        await assert.rejects(client.query(statement), /permission denied|must be owner/, statement);
      }
    } finally {
      await client.end();
      await database.pool.query(`drop owned by ${role}; drop role ${role}`);
    }
    const { events, problems } = await verify();
    assert.deepEqual({ events, problems }, { events: 2, problems: [] });
  });
});
