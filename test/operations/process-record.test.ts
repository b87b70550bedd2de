/**
 * A job that ends its process is recognized at the next start; a job whose process was killed from outside is not
 * blamed.
 */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { openProcessRecord } from '../../src/operations/process-record.ts';
import { log } from '../services.ts';

const recordUrl = new URL('../../src/operations/process-record.ts', import.meta.url).href;

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'connect-add-user-record-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A process that runs job `done` and then `open`, and executes this code while `open` runs. */
function program(folder: string, work: string): string[] {
  const code = `
    import { openProcessRecord } from '${recordUrl}';
    const log = { warn: (...what) => console.error(what) };
    const record = openProcessRecord(${JSON.stringify(folder)}, log);
    record.begin('done')();
    record.begin('open');
    ${work}`;
  return ['--report-exclude-env', '--max-old-space-size=32', '--input-type=module', '-e', code];
}

async function endsBy(t: TestContext, work: string): Promise<{ folder: string }> {
  const folder = await temporaryFolder(t);
  const env = { ...process.env, SLACK_BOT_TOKEN: 'xoxb-not-to-be-seen' };
  await new Promise((resolve) =>
    execFile(process.execPath, program(folder, work), { env }, resolve),
  );
  return { folder };
}

const suspectsIn = (folder: string) => {
  const record = openProcessRecord(folder, log);
  record.close();
  return record.suspects;
};

describe('the record of a process', { concurrency: 2 }, () => {
  test('names the job during which its heap was full, and tells no secrets', async (t) => {
    const fill = 'const all = []; for (;;) all.push(new Array(1000).fill(all.length));';
    const { folder } = await endsBy(t, fill);
    const reports = readdirSync(folder).filter((name) => name.endsWith('.report.json'));
    assert.equal(reports.length, 1);
    const text = readFileSync(path.join(folder, reports[0] ?? ''), 'utf8');
    assert.doesNotMatch(text, /xoxb-not-to-be-seen/);
    assert.deepEqual(suspectsIn(folder), ['open']);
    assert.deepEqual(suspectsIn(folder), [], 'once');
    assert.deepEqual(readdirSync(folder), []);
  });

  test('names the job during which an error ended it', async (t) => {
    const { folder } = await endsBy(t, "setTimeout(() => { throw new Error('no'); });");
    assert.deepEqual(suspectsIn(folder), ['open']);
  });

  test('names no job after a process that was killed or ended normally', async (t) => {
    const closed = await endsBy(t, 'record.close();');
    assert.deepEqual(suspectsIn(closed.folder), []);
    const folder = await temporaryFolder(t);
    const child = spawn(
      process.execPath,
      program(folder, "console.log('at work'); setInterval(() => {}, 1000);"),
    );
    await once(child.stdout, 'data');
    assert.deepEqual(suspectsIn(folder), [], 'it is alive');
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.deepEqual(suspectsIn(folder), []);
  });

  test('writes no report where the environment would be in it', async (t) => {
    const folder = await temporaryFolder(t);
    const fill = 'const all = []; for (;;) all.push(new Array(1000).fill(all.length));';
    const [, ...unsafe] = program(folder, fill);
    await new Promise((resolve) => execFile(process.execPath, unsafe, resolve));
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.json')),
      [],
    );
  });

  test('works without a folder that it can write to', () => {
    const record = openProcessRecord(path.join(process.execPath, 'no-folder'), log);
    record.begin('x')();
    record.close();
    assert.deepEqual(record.suspects, []);
  });
});
