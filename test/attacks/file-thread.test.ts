/** A file can end the thread that reads it, but cannot affect anything else. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { ProblemError } from '../../src/errors/problem.ts';
import { createFileChecker, type FileCheckerLimits } from '../../src/file-checker/file-checker.ts';
import type { FileContext } from '../../src/file-checker/messages.ts';
import { csvBytes } from '../files/csv-writing.ts';
import { header, userRow } from '../files/tables.ts';
import { hierarchyGroups, managed, routingProfiles, securityProfiles } from '../users/fixtures.ts';
import { hostileFiles } from './hostile-files.ts';

const { directory: _view, ...rules } = managed;
const context: FileContext = {
  ...rules,
  lists: { routingProfiles, securityProfiles, hierarchyGroups, usernames: [] },
};

function checkerFor(t: TestContext, limits: Partial<FileCheckerLimits> = {}) {
  const checker = createFileChecker({
    memoryMb: 160,
    timeMs: 60_000,
    pageTimeMs: 60_000,
    idleMs: 1_000,
    keptMemoryMb: 48,
    ...limits,
  });
  t.after(() => checker.stop());
  return checker;
}

function usersFile(count: number) {
  const rows = Array.from({ length: count }, (_, at) => userRow(`user${at}`));
  return { name: 'users.csv', bytes: csvBytes([header, ...rows]) };
}

const refusedWith = (code: string) => (error: unknown) =>
  error instanceof ProblemError && error.problem.code === code;

describe('the thread that reads files', () => {
  it('hands over every row, page by page', async (t) => {
    const checked = await checkerFor(t).check(usersFile(1_234), context);
    assert.equal(checked.result.summary.good, 1_234);
    let count = 0;
    for await (const page of checked.pages()) count += page.length;
    assert.equal(count, 1_234);
    checked.release();
  });

  it('is started ahead of the file that needs it', async (t) => {
    let started = 0;
    const count = () => {
      started += 1;
    };
    process.on('worker', count);
    t.after(() => process.off('worker', count));
    const checker = checkerFor(t);
    checker.warmUp();
    checker.warmUp();
    // Node emits the event about a new thread in the next tick.
    await nextTick();
    assert.equal(started, 1);
    const checked = await checker.check(usersFile(3), context);
    assert.equal(checked.result.summary.good, 3);
    checked.release();
    await checker.stop();
    checker.warmUp();
    await nextTick();
    assert.equal(started, 1);
  });

  it('starts from the cache of compiled code that the bot has', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'compiled-'));
    const before = process.env.NODE_COMPILE_CACHE;
    t.after(async () => {
      if (before === undefined) delete process.env.NODE_COMPILE_CACHE;
      else process.env.NODE_COMPILE_CACHE = before;
      await rm(folder, { recursive: true, force: true });
    });
    process.env.NODE_COMPILE_CACHE = folder;
    const checker = checkerFor(t);
    const checked = await checker.check(usersFile(3), context);
    checked.release();
    await checker.stop();
    assert.notDeepEqual(await readdir(folder), []);
  });

  it('takes the bytes over instead of copying them, and checks the file again without them', async (t) => {
    const file = usersFile(2);
    const bytes = new Uint8Array(file.bytes);
    const checked = await checkerFor(t).check({ ...file, bytes }, context);
    assert.equal(bytes.byteLength, 0);
    const requested = new Map([['user1', 'CU-7']]);
    const again = await checked.again({ ...context, requested });
    assert.equal(again.result.summary.good, 1);
    let count = 0;
    for await (const page of again.pages()) count += page.length;
    assert.equal(count, 2);
    again.release();
  });

  it('is ended when it does not hand over a page of rows in time', async (t) => {
    const checker = checkerFor(t, { pageTimeMs: 1 });
    const checked = await checker.check(usersFile(10_000), context);
    const walk = async () => {
      for await (const _page of checked.pages());
    };
    await assert.rejects(walk(), refusedWith('file.takes-long'));
    checked.release();
    const next = await checker.check(usersFile(3), context);
    assert.equal(next.result.summary.good, 3);
    next.release();
  });

  it('is a new one for the next file after its memory has grown', async (t) => {
    const checker = checkerFor(t, { keptMemoryMb: 0 });
    for (const count of [3, 4]) {
      const checked = await checker.check(usersFile(count), context);
      assert.equal(checked.result.summary.good, count);
      checked.release();
    }
  });

  it('reads the largest file that is allowed within the memory that it has in a bot', async (t) => {
    const checker = createFileChecker();
    t.after(() => checker.stop());
    const checked = await checker.check(usersFile(10_000), context);
    assert.equal(checked.result.summary.good, 10_000);
    checked.release();
  });

  it('is ended by a file that needs too much memory; the next file is read', async (t) => {
    const checker = checkerFor(t, { memoryMb: 16 });
    const hungry = hostileFiles().find(({ name }) => name === 'wrong.json');
    assert.ok(hungry);
    const file = { name: hungry.name, bytes: hungry.bytes() };
    await assert.rejects(checker.check(file, context), refusedWith('file.needs-memory'));
    const checked = await checker.check(usersFile(3), context);
    assert.equal(checked.result.summary.good, 3);
    checked.release();
  });

  it('is ended by a file that takes too long; the next file is read', async (t) => {
    const checker = checkerFor(t, { timeMs: 1 });
    await assert.rejects(checker.check(usersFile(10_000), context), refusedWith('file.takes-long'));
    await assert.rejects(checker.check(usersFile(10_000), context), refusedWith('file.takes-long'));
  });

  it('reads files one after the other, each when the one before was released', async (t) => {
    const checker = checkerFor(t);
    const first = await checker.check(usersFile(2), context);
    let isSecondRead = false;
    const second = checker.check(usersFile(3), context).then((checked) => {
      isSecondRead = true;
      return checked;
    });
    for await (const page of first.pages()) assert.equal(page.length, 2);
    assert.equal(isSecondRead, false);
    first.release();
    assert.equal((await second).result.summary.good, 3);
  });
});
