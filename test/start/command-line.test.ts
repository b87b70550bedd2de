import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { botEnvironment } from '../../sandbox/bot.ts';
import { readStartCommand } from '../../src/start/command-line.ts';
import { bareEnvironment } from '../bare-environment.ts';

const run = promisify(execFile);

/** The bot's main file, in a process without any setting. */
async function start(args: readonly string[], settings: Record<string, string> = {}) {
  const env = { ...bareEnvironment(), ...settings };
  try {
    const { stdout, stderr } = await run(process.execPath, ['src/main.ts', ...args], { env });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

describe('the command line of npm start', () => {
  test('starts the bot only when no flag requests something else', () => {
    assert.deepEqual(readStartCommand([]), { kind: 'start' });
    assert.deepEqual(readStartCommand(['--check']), { kind: 'check' });
    assert.deepEqual(readStartCommand(['-v']), { kind: 'version' });
    assert.deepEqual(readStartCommand(['--help', '--check']), { kind: 'help' });
    for (const args of [['--chekc'], ['start'], ['--check=yes'], ['-x']]) {
      assert.equal(readStartCommand(args).kind, 'unknown', args.join(' '));
    }
  });

  test('a misspelled flag starts nothing: exit code 2 and the usage', async () => {
    const { code, stderr } = await start(['--chekc']);
    assert.equal(code, 2);
    assert.match(stderr, /--chekc.*usage: npm start/s);
  });

  test('--version needs no settings', async () => {
    const { code, stdout } = await start(['--version']);
    assert.equal(code, 0);
    assert.match(stdout, /^connect-add-user \d+\.\d+\.\d+ \((?:[0-9a-f]{7,12}|unknown)\)\n$/);
  });

  test('--check says what is missing, where it was looked for, and connects to nothing', async () => {
    const { code, stderr } = await start(['--check']);
    assert.equal(code, 1);
    assert.match(stderr, /SLACK_BOT_TOKEN: is missing/);
  });

  test(
    'as root without DATABASE_URL, it says what it would do and starts nothing',
    process.getuid?.() === 0 ? {} : { skip: 'needs root' },
    async () => {
      const environment = botEnvironment(
        { url: 'http://127.0.0.1:9', connect: { url: 'http://127.0.0.1:9' } },
        'socket',
        '/nonexistent',
      );
      const { code, stderr } = await start([], { ...environment, EMBEDDED_AS_ROOT: '' });
      assert.equal(code, 1);
      assert.match(
        stderr,
        /account “postgres”.*started as root.*DATABASE_URL.*EMBEDDED_AS_ROOT=1/s,
      );
    },
  );
});
