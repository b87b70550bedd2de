import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createLog } from '../../src/operations/log.ts';
import { withLogContext } from '../../src/operations/log-context.ts';
import { prettyLine, prettyLines } from '../../src/operations/pretty-log.ts';

describe('the log on a terminal', () => {
  test('has the time, the level, the number of the request, the message and the rest', () => {
    const said: string[] = [];
    const log = createLog(
      { level: 'info' },
      prettyLines((text) => void said.push(text), false),
    );
    log.info({ request: 1042, instance: 'production', note: 'two words' }, 'a request ended');
    assert.match(
      said[0] ?? '',
      /^\d\d:\d\d:\d\d INFO {2}CU-1042 a request ended instance=production note="two words"\n$/,
    );
  });

  test('shows the stack of an error and of its cause, without secrets (H4)', () => {
    const said: string[] = [];
    const log = createLog(
      { level: 'info' },
      prettyLines((text) => void said.push(text), true),
    );
    const cause = new Error('the socket closed');
    log.error({ err: new Error('failed with xoxb-1-S3CR3T', { cause }) }, 'a job failed');
    assert.match(said[0] ?? '', /a job failed.*\n {4}Error: failed with \[removed\]\n/);
    assert.match(said[0] ?? '', /because:\n {4}Error: the socket closed/);
    assert.doesNotMatch(said[0] ?? '', /S3CR3T/);
  });

  test('passes on a line that is not JSON', () => {
    assert.equal(prettyLine('not JSON\n', false), 'not JSON\n');
  });
});

describe('the context of the log', () => {
  test('is on every line of the work, also after waiting, and on no other', async () => {
    const lines: string[] = [];
    const log = createLog({ level: 'info' }, { write: (line) => void lines.push(line) });
    const work = withLogContext({ request: 7, delivery: 'event Ev1' }, async () => {
      await Promise.resolve();
      log.info('inside');
      withLogContext({}, () => log.info('a part of its own'));
      log.info({ request: 8 }, 'about another');
    });
    log.info('outside');
    await work;
    const told = lines.map((line) => JSON.parse(line));
    assert.deepEqual(
      told.map(({ msg, request, delivery }) => [msg, request, delivery]),
      [
        ['outside', undefined, undefined],
        ['inside', 7, 'event Ev1'],
        ['a part of its own', undefined, undefined],
        ['about another', 8, 'event Ev1'],
      ],
    );
  });

  test('takes email addresses and phone numbers out of whatever is logged', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'debug' }, { write: (line) => void lines.push(line) });
    log.warn({ err: new Error('no user mary.major@harbour.example') }, 'call +1 (555) 555-1212');
    const detail = 'Failing row contains (1042, Mary, Major).';
    log.warn({ err: Object.assign(new Error('violates check'), { detail }) }, '+15555551212');
    assert.doesNotMatch(lines.join(''), /mary|555|Major/i);
    log.info({ at: '2026-11-26T18:00:00+00:00', version: '1.2.3', pair: '1+2' }, 'stays');
    assert.match(lines.at(-1) ?? '', /2026-11-26T18:00:00\+00:00.*1\.2\.3.*1\+2/);
  });
});
