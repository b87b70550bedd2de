/** `npm run requests`, run as a script runs it. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, test } from 'node:test';
import { readArguments, UsageError } from '../../src/requests-command/arguments.ts';
import { approvedRequest, newUser } from '../provisioning/approved.ts';
import { testServices } from '../services.ts';

type Ended = { readonly code: number; readonly out: string; readonly err: string };

function requests(url: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: url };
    execFile(
      process.execPath,
      ['src/requests-command/main.ts', ...args],
      { env },
      (error, out, err) => {
        resolve({ code: error ? Number(error.code) : 0, out, err });
      },
    );
  });
}

describe('npm run requests', { concurrency: 2 }, () => {
  test('lists requests and shows one, as lines and as JSON', async (t) => {
    const { services, database } = await testServices(t);
    const first = await approvedRequest(services, [{ user: newUser('mary') }]);
    const second = await approvedRequest(services, [
      { user: newUser('nia') },
      { user: newUser('moe') },
    ]);
    await database.query(
      `update rows set state = 'created', user_id = 'u-1', user_arn = 'arn:u-1', ended_at = now() where request_id = ${first}`,
    );
    await database.query(
      `update requests set state = 'done', ended_at = now() where id = ${first}`,
    );
    const { url } = database;
    const [all, done, shown, json, nobody] = await Promise.all([
      requests(url, 'list'),
      requests(url, 'list', '--state', 'done', '--json'),
      requests(url, 'show', `CU-${second}`),
      requests(url, 'show', String(first), '--json'),
      requests(url, 'show', 'CU-999'),
    ]);
    assert.equal(all.code, 0, all.err);
    assert.deepEqual(
      all.out
        .trim()
        .split('\n')
        .map((line) => line.split('  ').slice(0, 3)),
      [
        [`CU-${second}`, 'approved', 'production'],
        [`CU-${first}`, 'done', 'production'],
      ],
    );
    const lines = done.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      lines.map(({ number, rows, decision }) => [number, rows, decision.name]),
      [[`CU-${first}`, { created: 1 }, 'Ari Admin']],
    );
    assert.match(shown.out, /row 1 {2}waiting {2}nia\n {2}row 2 {2}waiting {2}moe/);
    const { outcomes } = JSON.parse(json.out);
    assert.deepEqual(
      [outcomes[0].username, outcomes[0].state, outcomes[0].userId],
      ['mary', 'created', 'u-1'],
    );
    assert.deepEqual([nobody.code, nobody.err], [1, 'There is no request CU-999.\n']);
  });

  test('refuses what it does not know', () => {
    for (const args of [
      ['list', '--state', 'finished'],
      ['list', '--limit', '0'],
      ['list', 'CU-1'],
      ['show'],
      ['show', 'hello'],
      ['show', '1', '2'],
      ['erase'],
      ['list', '--sort', 'id'],
    ]) {
      assert.throws(() => readArguments(args), UsageError, args.join(' '));
    }
    assert.deepEqual(readArguments(['list', '--state', 'done, paused']), {
      kind: 'list',
      states: ['done', 'paused'],
      instance: null,
      requester: null,
      limit: 50,
      json: false,
    });
  });
});
