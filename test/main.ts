/**
 * `npm test [-- file …]`: runs test files on node's own runner. One real Postgres serves the whole
 * run; each test that needs it makes its own database in it (test/database.ts).
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { serverVariable, startTestServer } from './database-server.ts';

const wanted = process.argv.slice(2);
const files = wanted.length > 0 ? wanted : globSync('test/**/*.test.ts').sort();

const server = await startTestServer();
const child = spawn(
  process.execPath,
  ['--test', '--test-timeout=120000', '--test-concurrency=2', ...files],
  { stdio: 'inherit', env: { ...process.env, [serverVariable]: server.url } },
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
