/** Copies everything from one database to another: open requests continue, and a failed import changes nothing. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { appendEvent } from '../../src/audit/audit-store.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { bareEnvironment } from '../bare-environment.ts';
import { type TestDatabase, testDatabase } from '../database.ts';
import { databaseFolder } from '../folder.ts';
import { startScenario } from '../scenarios/harness.ts';
import { mary } from '../scenarios/stage.ts';
import { createsOf } from '../scenarios/wire.ts';
import { log } from '../services.ts';

type Ended = { readonly code: number; readonly out: string; readonly err: string };

function database(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const all = { ...bareEnvironment(), ...env };
    const command = ['src/database-command/main.ts', ...args];
    execFile(process.execPath, command, { env: all, timeout: 30_000 }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

async function newFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'connect-add-user-copy-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'everything.ndjson');
}

async function empty(there: TestDatabase): Promise<void> {
  await there.query('drop schema public cascade');
  await there.query('drop schema if exists jobs cascade');
  await there.query('create schema public');
}

async function addEvent(config: TestDatabase['config']): Promise<void> {
  const opened = await openDatabase(config, { log });
  const event = {
    kind: 'submitted',
    actor: 'U0ARI',
    details: { note: 'it’s “quoted”, (and) \\ more' },
  };
  await opened.db
    .transaction()
    .execute((tx) => appendEvent(tx, null, event, new Date('2026-01-01T00:00:00Z')));
  await opened.close();
}

describe('npm run database -- export and import', () => {
  test('a request that waits goes on in the new database, with its sealed password and the next number', async (t) => {
    const file = await newFile(t);
    const typed = 'Tr0ub4dor-and-3-horses';
    const {
      tara,
      ari,
      sandbox,
      card,
      threadSays,
      stopBot,
      startBot,
      database: there,
    } = await startScenario(t);
    const env = { DATABASE_URL: there.url };
    const done = await tara.openForm();
    await done.submit({ ...mary, Username: 'first' });
    await ari.press(await card(/Needs 1 approval/), 'Approve');
    await card(/✅ 1 created/);
    const form = await tara.openForm();
    await form.set('Password', 'Type one');
    await form.submit({ ...mary, Username: 'second', 'Their first password': typed });
    const asked = await card(/password typed by the requester/);

    const whileRunning = await database(env, 'export', file);
    assert.equal(whileRunning.code, 1);
    assert.match(whileRunning.err, /A bot runs on this database. Stop it first/);
    await stopBot();
    const requests = () => there.query('select id, state from requests order by id');
    const before = await requests();
    const exported = await database(env, 'export', file);
    assert.equal(exported.code, 0, exported.err);
    assert.match(exported.out, /^Exported \d+ rows of \d+ tables; the audit trail is whole/);
    const text = await readFile(file, 'utf8');
    assert.ok(!text.includes(typed) && !text.includes(Buffer.from(typed).toString('hex')));
    assert.equal((await stat(file)).mode & 0o777, 0o600);

    const full = await database(env, 'import', file);
    assert.equal(full.code, 1);
    assert.match(full.err, /not empty \(.*requests.*\)/);

    await empty(there);
    const imported = await database(env, 'import', file);
    assert.equal(imported.code, 0, imported.err);
    assert.equal(
      imported.out.replace('Imported', ''),
      exported.out.replace('Exported', ''),
      'as many rows as were exported',
    );
    assert.deepEqual(await requests(), before);

    await startBot();
    assert.equal((await ari.press(asked, 'Approve')).outcome, 'ok');
    await threadSays(asked, /with the password that was typed into the form/);
    assert.equal(await createsOf(sandbox, 'second'), 1);
    assert.equal(await createsOf(sandbox, 'first'), 1, 'what was done is not done again');
    const next = await tara.openForm();
    await next.submit({ ...mary, Username: 'third' });
    await card(/third.*Needs 1 approval|Needs 1 approval.*third/s);
    const ids = (await requests()).map(({ id }) => Number(id));
    assert.equal(ids.at(-1), Math.max(...before.map(({ id }) => Number(id))) + 1);
    await assert.rejects(
      there.query(`update audit_events set kind = 'another'`),
      /append-only/,
      'the triggers are on again',
    );
  });

  test('requests are moved from the embedded database to a server', async (t) => {
    const dataDir = await databaseFolder('carry');
    t.after(() => rm(dataDir, { recursive: true, force: true }));
    await addEvent({ kind: 'embedded', dataDir } as never);
    const file = await newFile(t);
    const exported = await database({ DATA_DIR: dataDir, EMBEDDED_AS_ROOT: '1' }, 'export', file);
    assert.equal(exported.code, 0, exported.err);
    const target = await testDatabase(t);
    const imported = await database({ DATABASE_URL: target.url }, 'import', file);
    assert.equal(imported.code, 0, imported.err);
    const rows = await target.query('select kind, details from audit_events');
    assert.deepEqual(rows, [
      { kind: 'submitted', details: { note: 'it’s “quoted”, (and) \\ more' } },
    ]);
    const [chain] = await target.query('select count(*)::int as events from audit_chain');
    assert.deepEqual(chain, { events: 1 });
  });

  test('an export that is cut off, changed or of another version is refused, and none of its rows are kept', async (t) => {
    const source = await testDatabase(t);
    await addEvent(source.config);
    const file = await newFile(t);
    const env = { DATABASE_URL: source.url };
    assert.equal((await database(env, 'export', file)).code, 0);
    const again = await database(env, 'export', file);
    assert.match(again.err, /EEXIST/, 'a file that is there is not written over');
    const text = await readFile(file, 'utf8');
    const target = await testDatabase(t);
    const lines = text.trimEnd().split('\n');
    for (const [content, words] of [
      [lines.slice(0, -1).join('\n'), /cut off/],
      [text.slice(0, -20), /cut off/],
      [lines.filter((line) => !line.includes('"audit_chain","rows"')).join('\n'), /cut off/],
      [text.replace(/"migration":"\d+-/, '"migration":"9999-'), /another version/],
      ['name,email\nMary,mary@example.com\n', /no file of npm run database -- export/],
      ['', /cut off/],
    ] as const) {
      await writeFile(file, content);
      const ran = await database({ DATABASE_URL: target.url }, 'import', file);
      assert.equal(ran.code, 1, content.slice(0, 80));
      assert.match(ran.err, words);
      assert.deepEqual(await target.query('select 1 from audit_events'), []);
    }
    const missing = await database({ DATABASE_URL: target.url }, 'import', '/nowhere/file');
    assert.match(missing.err, /ENOENT/);
    await assert.rejects(target.query('truncate audit_events cascade'), /append-only/);
  });
});
