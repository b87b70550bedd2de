/**
 * `npm test [-- file …]`: runs test files on node's own runner. One real Postgres serves the whole
 * run; each test that needs it makes its own database in it (test/database.ts).
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { serverVariable, startTestServer } from './database-server.ts';

const wanted = process.argv.slice(2);
const files = wanted.length > 0 ? wanted : longestFirst(globSync('test/**/*.test.ts'));

/** What waits for outages, kills and browsers begins first, so that nothing long is left for the end. */
function longestFirst(all: readonly string[]): string[] {
  const long = /scenarios\/(killed|outage|slack)|storage\/|browser/;
  return all.toSorted(
    (one, other) => Number(long.test(other)) - Number(long.test(one)) || (one < other ? -1 : 1),
  );
}

/** A hundred processes that compile the same files would spend most of the run on it. */
const compileCache = join(tmpdir(), `connect-add-user-compiled-${userInfo().uid}`);

const atTheEnd = new URL('./exit.ts', import.meta.url).href;

const server = await startTestServer();
const child = spawn(
  process.execPath,
  // More than cores: most tests wait for something most of the time.
  ['--import', atTheEnd, '--test', '--test-timeout=120000', '--test-concurrency=3', ...files],
  {
    stdio: 'inherit',
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache, [serverVariable]: server.url },
  },
);

// Ctrl-C reaches the runner as well, which then ends; only the server is ours to clear away.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => child.kill(signal));
}

child.on('exit', async (code, signal) => {
  process.exitCode = code ?? (signal ? 1 : 0);
  await server.stop();
  // What a signal began must end, whatever still listens.
  process.exit();
});
