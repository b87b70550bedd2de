/**
 * `npm test [-- file …]`: runs test files on node's own runner. One real Postgres serves the whole
 * run; each test file that needs it makes its own database in it (test/database.ts).
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';

const wanted = process.argv.slice(2);
const files = wanted.length > 0 ? wanted : globSync('test/**/*.test.ts').sort();

const child = spawn(
  process.execPath,
  ['--test', '--test-timeout=120000', '--test-concurrency=2', ...files],
  { stdio: 'inherit' },
);
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal ? 1 : 0);
});
