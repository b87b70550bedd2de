import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createLog, type Log } from '../../src/operations/log.ts';

/** Every secret in these tables ends with this text, and no log line may contain it. */
const mark = 'S3CR3T';

function memory(level: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'debug') {
  const lines: string[] = [];
  const log = createLog({ level }, { write: (line: string) => void lines.push(line) });
  return { log, lines, text: () => lines.join('') };
}

/** Values that a careless caller could pass to the log. */
const leaks: [string, (log: Log) => void][] = [
  ['a token in the message', (log) => log.info(`calling with xoxb-12-34-${mark}`)],
  ['an app token in a format value', (log) => log.info('token %s', `xapp-1-A1-${mark}`)],
  [
    'members named as secrets',
    (log) =>
      log.info({
        token: mark,
        botToken: mark,
        bot_token: mark,
        password: mark,
        Password: mark,
        signingSecret: mark,
        'set-cookie': [mark],
        secretsKey: Buffer.from(mark),
        password_cipher: Buffer.from(mark),
        AWS_SECRET_ACCESS_KEY: mark,
        sessionToken: mark,
        response_url: `https://hooks.slack.com/commands/${mark}`,
        trigger_id: mark,
      }),
  ],
  [
    'headers, deep',
    (log) =>
      log.info({
        request: { options: { headers: { Authorization: `Bearer ${mark}`, cookie: mark } } },
      }),
  ],
  ['a header in a sentence', (log) => log.info(`Authorization: Bearer ${mark}`)],
  [
    'a payload as an object and as text',
    (log) => {
      log.info({ body: { password: mark, text: mark } });
      log.info({ payload: JSON.stringify({ anything: mark }) });
      log.info({ rawBody: Buffer.from(mark) });
    },
  ],
  [
    'a view with what was typed',
    (log) =>
      log.info({
        view: { state: { values: { b: { a: { value: mark } } } }, private_metadata: mark },
      }),
  ],
  ['a state of a view by itself', (log) => log.info({ state: { values: { b: mark } } })],
  ['private_metadata anywhere', (log) => log.info({ a: [{ b: { private_metadata: mark } }] })],
  [
    'a database address',
    (log) => {
      log.info({ url: `postgres://bot:${mark}@db:5432/bot` });
      log.info(`cannot reach postgres://bot:${mark}@db:5432/bot`);
    },
  ],
  ['JSON inside a string', (log) => log.info({ detail: `{"password":"${mark}","a":1}` })],
  ['a form inside a string', (log) => log.info(`user=mary&password=${mark}&x=1`)],
  [
    'an error’s message, stack, members and causes',
    (log) => {
      const cause = Object.assign(new Error(`xoxp-${mark}`), { password: mark });
      const error = Object.assign(new Error(`failed with xoxb-${mark}`, { cause }), {
        request: { headers: { authorization: `Bearer ${mark}` } },
        data: { token: mark },
      });
      log.error(error);
      log.error({ err: error }, 'failed');
      log.error({ problems: [error], nested: { error } });
    },
  ],
  [
    'an aggregate of errors',
    (log) =>
      log.error({ err: new AggregateError([new Error(`xoxb-1-${mark}`)], `xoxb-2-${mark}`) }),
  ],
  [
    'a client hanging on an error',
    (log) => {
      class Client {
        readonly plain = mark;
        readonly nested = { plain: mark };
      }
      log.error({ err: Object.assign(new Error('lost'), { client: new Client() }) });
    },
  ],
  ['a child’s bindings', (log) => log.child({ token: mark, note: `xoxb-1-${mark}` }).info('hello')],
  [
    'maps and sets',
    (log) =>
      log.info({
        map: new Map([['password', { password: mark }]]),
        set: new Set([`xoxb-1-${mark}`]),
      }),
  ],
  ['an access key of AWS', (log) => log.info('key AKIAIOSFODNN7EXAMPLE')],
];

describe('the log', () => {
  for (const [what, leak] of leaks) {
    test(`H4: does not log ${what}`, () => {
      const { log, lines, text } = memory();
      leak(log);
      assert.ok(lines.length > 0, 'something was logged');
      assert.doesNotMatch(text(), new RegExp(`${mark}|AKIAIOSFODNN7`));
      for (const line of lines) assert.doesNotThrow(() => JSON.parse(line));
    });
  }

  test('keeps ids, states, messages, stacks and causes readable', () => {
    const { log, lines } = memory();
    const error = Object.assign(new Error('no answer', { cause: new Error('ECONNRESET') }), {
      code: 'E1',
    });
    log
      .child({ request: 1042 })
      .warn({ err: error, state: 'approved', at: new Date(0), username: 'mary', tries: 2 }, 'hm');
    const line = JSON.parse(lines[0] ?? '');
    assert.equal(line.level, 'warn');
    assert.equal(line.request, 1042);
    assert.equal(line.state, 'approved');
    assert.equal(line.at, '1970-01-01T00:00:00.000Z');
    assert.equal(line.username, 'mary');
    assert.equal(line.msg, 'hm');
    assert.equal(line.err.message, 'no answer');
    assert.equal(line.err.code, 'E1');
    assert.equal(line.err.cause.message, 'ECONNRESET');
    assert.match(line.err.stack, /log\.test\.ts/);
  });

  test('accepts circular, very deep and missing values, and big integers', () => {
    const { log, lines } = memory();
    const circle: Record<string, unknown> = { name: 'a' };
    circle.self = circle;
    let deep: Record<string, unknown> = {};
    for (let level = 0; level < 100; level++) deep = { deep };
    log.info({ circle, deep, big: 10n, none: null, absent: undefined, does: () => 1 });
    assert.equal(lines.length, 1);
    assert.equal(JSON.parse(lines[0] ?? '').big, '10');
  });

  test('writes only lines of the configured level or above', () => {
    const { log, lines } = memory('warn');
    log.info('no');
    log.warn('yes');
    assert.equal(lines.length, 1);
    const silent = memory('silent');
    silent.log.error('no');
    assert.equal(silent.lines.length, 0);
  });
});
