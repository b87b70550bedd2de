/** The command that checks a file without Slack, run as in a terminal. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import type { FileAnswer } from '../../src/check-file/file-answer.ts';
import { bareEnvironment } from '../bare-environment.ts';

const run = promisify(execFile);

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

async function checkFile(...args: string[]): Promise<Ended> {
  // The environment of a new user's shell: no token, no key, no address of Amazon Connect.
  const env = bareEnvironment();
  try {
    const ended = await run(process.execPath, ['sandbox/check-file.ts', ...args], { env });
    return { code: 0, ...ended };
  } catch (error) {
    const { code, stdout, stderr } = error as Ended;
    return { code, stdout, stderr };
  }
}

function makeFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'connect-add-user-check-file-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

const header =
  'first name,last name,email address,user login,routing profile name,security profile';
const ann = 'Ann,Quinn,ann@harbour.example,aquinn,Basic Routing Profile,Agent';
const ben = 'Ben,Quill,ben@harbour.example,bquill,Basic Ruting Profile,Agent';

describe('npm run check-file', () => {
  test('should print each row as Amazon Connect would get it, and tell by its exit code how it went', async (t) => {
    const folder = makeFolder(t);
    const good = join(folder, 'good.csv');
    writeFileSync(good, [header, ann, ''].join('\r\n'));
    const mixed = join(folder, 'mixed.csv');
    writeFileSync(mixed, [header, ann, ben, ''].join('\r\n'));
    const empty = join(folder, 'empty.csv');
    writeFileSync(empty, '');
    const [first, second, third] = await Promise.all([
      checkFile(good, '--instance', 'production', '--json'),
      checkFile(mixed, '--instance', 'production', '--json'),
      checkFile(empty, '--json'),
    ]);
    assert.deepEqual([first.code, second.code, third.code], [0, 1, 2]);

    const ready = JSON.parse(first.stdout) as FileAnswer;
    assert.deepEqual(Object.keys(ready), [
      'encoding',
      'sheet',
      'range',
      'leftOut',
      'rows',
      'refusal',
    ]);
    assert.deepEqual(ready.rows, [
      {
        line: 2,
        status: 'ready',
        user: {
          InstanceId: 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111',
          Username: 'aquinn',
          IdentityInfo: { FirstName: 'Ann', LastName: 'Quinn', Email: 'ann@harbour.example' },
          PhoneConfig: {
            PhoneType: 'SOFT_PHONE',
            AutoAccept: false,
            AfterContactWorkTimeLimit: 0,
          },
          SecurityProfileIds: ['12345678-1111-2222-aaaa-a1b2c3d4f5g7'],
          RoutingProfileId: '87654321-9999-3434-abcd-x1y2z3a1b2c3',
        },
        findings: [],
      },
    ]);

    const book = 'test/files/wild/cases/20n-xlsxwriter-formula-zero.xlsx';
    const ofBook = JSON.parse((await checkFile(book, '--json')).stdout) as FileAnswer;
    assert.deepEqual([ofBook.sheet, ofBook.range, ready.range], ['Users', 'A1:F2', null]);

    const [, wrong] = (JSON.parse(second.stdout) as FileAnswer).rows;
    assert.equal(wrong?.status, 'wrong');
    assert.equal(wrong?.user, null);
    const [finding] = wrong?.findings ?? [];
    assert.equal(finding?.column, 'routing profile name');
    assert.equal(finding?.code, 'choice.unknown');
    assert.equal(finding?.suggestion, 'Basic Routing Profile');

    const refused = JSON.parse(third.stdout) as FileAnswer;
    assert.equal(refused.refusal?.code, 'file.empty');
    assert.deepEqual(refused.rows, []);
  });

  test('should print a skeleton that it takes back itself', async (t) => {
    const skeleton = await checkFile('--skeleton', '--instance', 'sso');
    assert.equal(skeleton.code, 0);
    const input = JSON.parse(skeleton.stdout) as { Username: string };
    assert.equal(input.Username, 'mary.major');
    const file = join(makeFolder(t), 'users.json');
    writeFileSync(file, JSON.stringify({ ...input, Username: 'nia.north' }));
    const checked = await checkFile(file, '--instance', 'sso', '--json');
    assert.equal(checked.code, 0, checked.stdout + checked.stderr);
  });

  test('should say in one sentence why it cannot run', async () => {
    const ends = await Promise.all([
      checkFile(),
      checkFile('no-such-file.csv'),
      checkFile('package.json', '--instance', 'nowhere'),
      checkFile('--no-such-flag'),
    ]);
    assert.deepEqual(
      ends.map((ended) => ended.code),
      [2, 2, 2, 2],
    );
    for (const { stderr } of ends) assert.doesNotMatch(stderr, /\n\s+at /);
    assert.match(ends[1]?.stderr ?? '', /no-such-file\.csv/);
    assert.match(ends[2]?.stderr ?? '', /nowhere/);
  });
});
