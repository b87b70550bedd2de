import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fillEnvironment } from '../../src/start/env-file.ts';

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'connect-add-user-env-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('the environment', () => {
  test('says which .env was looked for when there is none', (t) => {
    const folder = folderFor(t);
    const { missing, problems } = fillEnvironment(folder, {});
    assert.equal(missing, join(folder, '.env'));
    assert.deepEqual(problems, []);
  });

  test('says that a .env cannot be read, and why', (t) => {
    const folder = folderFor(t);
    mkdirSync(join(folder, '.env'));
    const { missing, problems } = fillEnvironment(folder, {});
    assert.equal(missing, null);
    assert.match(problems[0]?.wrong ?? '', /\.env cannot be read \(EISDIR\)\. It is a folder/);
  });

  test('says whom to give a .env that only others may read', (t) => {
    if (process.getuid?.() === 0) return t.skip('root reads everything');
    const folder = folderFor(t);
    writeFileSync(join(folder, '.env'), 'A=1');
    chmodSync(join(folder, '.env'), 0);
    const { problems } = fillEnvironment(folder, {});
    assert.match(problems[0]?.wrong ?? '', /\(EACCES\)\. The bot runs as user \d+: give that user/);
  });

  test('takes a secret out of a file, without the line break at its end', (t) => {
    const folder = folderFor(t);
    const file = join(folder, 'token');
    writeFileSync(file, 'xoxb-from-a-file\n');
    const { env, problems } = fillEnvironment(folder, { SLACK_BOT_TOKEN_FILE: file });
    assert.deepEqual(problems, []);
    assert.equal(env.SLACK_BOT_TOKEN, 'xoxb-from-a-file');
  });

  test('refuses a secret that is given twice, and one whose file is not there, without its value', (t) => {
    const folder = folderFor(t);
    const { problems } = fillEnvironment(folder, {
      SECRETS_KEY: 'the-secret-itself',
      SECRETS_KEY_FILE: join(folder, 'key'),
      DATABASE_URL_FILE: join(folder, 'url'),
    });
    assert.deepEqual(
      problems.map(({ setting }) => setting),
      ['SECRETS_KEY_FILE', 'DATABASE_URL_FILE'],
    );
    assert.match(problems[1]?.wrong ?? '', /url cannot be read \(ENOENT\)/);
    assert.doesNotMatch(JSON.stringify(problems), /the-secret-itself/);
  });
});
