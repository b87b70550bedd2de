/** `npm run audit` as an auditor runs it. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import pg from 'pg';
import { appendEvent } from '../../src/audit/audit-store.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { testDatabase } from '../database.ts';
import { log } from '../services.ts';

type Ended = { readonly code: number; readonly out: string; readonly err: string };

function audit(url: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: url };
    execFile(process.execPath, ['src/audit/main.ts', ...args], { env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

async function eventsOf(t: Parameters<typeof testDatabase>[0]): Promise<string> {
  const made = await testDatabase(t);
  const database = await openDatabase(made.config, { log });
  for (const [index, kind] of ['submitted', 'approved', 'done'].entries()) {
    const at = new Date(Date.UTC(2026, 0, index + 1));
    const details = { note: index === 1 ? '=cmd|’calc’' : 'plain, with a comma' };
    await database.db
      .transaction()
      .execute((tx) => appendEvent(tx, null, { kind, actor: 'U0ARI', details }, at));
  }
  await database.close();
  return made.url;
}

describe('npm run audit', { concurrency: 2 }, () => {
  test('exports a period, and the chain can be checked from the file alone', async (t) => {
    const url = await eventsOf(t);
    const [whole, period, csv] = await Promise.all([
      audit(url, 'export'),
      audit(url, 'export', '--from', '2026-01-02', '--to', '2026-01-03'),
      audit(url, 'export', '--format', 'csv'),
    ]);
    assert.equal(whole.code, 0, whole.err);
    const lines = whole.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      lines.map(({ seq, kind }) => [seq, kind]),
      [
        [1, 'submitted'],
        [2, 'approved'],
        [3, 'done'],
      ],
    );
    for (const { previousHash, body, hash } of lines) {
      assert.equal(createHash('sha256').update(`${previousHash}\n${body}`).digest('hex'), hash);
    }
    assert.deepEqual(
      period.out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).kind),
      ['approved'],
    );
    const [header, ...rows] = csv.out.trimEnd().split('\r\n');
    assert.match(header ?? '', /^seq,at,request,kind,actor,details,previous_hash,hash,body$/);
    assert.equal(rows.length, 3);
  });

  test('verifies, and exits with 1 when the trail is incomplete or lacks an anchor', async (t) => {
    const url = await eventsOf(t);
    const good = await audit(url, 'verify', '--json');
    assert.equal(good.code, 0, good.err);
    const { ok, events, head } = JSON.parse(good.out);
    assert.deepEqual({ ok, events, seq: head.seq }, { ok: true, events: 3, seq: 3 });
    const anchored = await audit(url, 'verify', '--anchor', head.hash);
    assert.match(anchored.out, /^3 events in \d+ ms: the chain is whole/);
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    await client.connect();
    await client.query(`set session_replication_role = replica;
      delete from audit_events where kind = 'done'`);
    await client.end();
    const cut = await audit(url, 'verify', '--anchor', head.hash);
    assert.equal(cut.code, 1);
    assert.match(cut.out, /event 3: was removed/);
    assert.match(cut.out, /is not in the chain: its end was cut off/);
  });

  test('prints its usage when its arguments are wrong', async (t) => {
    const { url } = await testDatabase(t);
    const calls = [
      ['show', 'nine'],
      ['export', '--format', 'xml'],
      ['verify', '--anchor', 'abc'],
      ['export', '--from', 'soon'],
      ['fly'],
    ];
    for (const { code, err } of await Promise.all(calls.map((args) => audit(url, ...args)))) {
      assert.equal(code, 2);
      assert.match(err, /Usage:/);
    }
    const none = await audit(url, 'show', 'CU-1042');
    assert.deepEqual(
      { code: none.code, out: none.out },
      { code: 1, out: 'There is no request CU-1042.\n' },
    );
  });
});
