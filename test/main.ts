/**
 * `npm test [-- file …]`: runs test files on node's own runner. One real Postgres serves the whole
 * run; each test that needs it has a database of its own in it (test/database.ts).
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { serverVariable, startTestServer } from './database-server.ts';
import { together } from './together.ts';

const wanted = process.argv.slice(2);
const grouped = wanted.length > 0 ? null : await together(globSync('test/**/*.test.ts'));
const files = grouped?.files ?? wanted;

/** A hundred processes that compile the same files would spend most of the run on it. */
const compileCache = join(tmpdir(), `connect-add-user-compiled-${userInfo().uid}`);

const preloaded = [
  new URL('./exit.ts', import.meta.url),
  new URL('./no-async-hooks.ts', import.meta.url),
].flatMap(({ href }) => ['--import', href]);

const server = await startTestServer();
const child = spawn(
  process.execPath,
  // More than cores: most tests wait for something most of the time.
  [
    '--expose-gc',
    ...preloaded,
    '--test',
    '--test-timeout=120000',
    '--test-concurrency=4',
    ...files,
  ],
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
  await grouped?.remove();
  // What a signal began must end, whatever still listens.
  process.exit();
});
