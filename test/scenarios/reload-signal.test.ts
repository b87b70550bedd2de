/** SIGHUP during the start is handled afterward, and does not end the process. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { botEnvironment, policyFile } from '../../sandbox/bot.ts';
import { startWorkspace } from '../../sandbox/workspace.ts';
import { bareEnvironment } from '../bare-environment.ts';
import { testDatabase } from '../database.ts';
import { wayTo } from '../storage/outage.ts';
import { until } from '../until.ts';

test('SIGHUP during the start is obeyed when the bot is ready', async (t) => {
  const workspace = await startWorkspace();
  const database = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'connect-add-user-reload-'));
  const policy = join(folder, 'config.yaml');
  await copyFile(policyFile, policy);
  const way = await wayTo(t, database.url);
  await way.cut();
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: {
      ...bareEnvironment(),
      ...botEnvironment(workspace, 'socket', folder),
      CONFIG_FILE: policy,
      DATABASE_URL: way.url,
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await workspace.stop();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  await until('it waits for the database', () => /does not answer yet/.test(said), 30_000);
  await writeFile(policy, 'retentionDays: 30\n', { flag: 'a' });
  child.kill('SIGHUP');
  await way.restore();
  await until('it is ready', () => /"msg":"ready"/.test(said) || child.exitCode !== null, 30_000);
  await until('it has read the policy again', () => /the policy was read again/.test(said), 30_000);
  assert.match(said, /"changed":true/);
  assert.equal(child.exitCode, null, said);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
});
