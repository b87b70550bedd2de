import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { bot } from '../../../sandbox/seed.ts';
import { messageBlockProblems, viewProblems } from '../../../sandbox/slack/blocks/validate.ts';
import { type Answer, startTestSandbox, type TestSandbox } from './harness.ts';

describe('Any input', () => {
  let sandbox: TestSandbox;
  before(async () => {
    sandbox = await startTestSandbox({ rateLimits: false });
  });
  after(() => sandbox.stop());

  const alive = async () => assert.ok((await sandbox.api('auth.test')).ok);

  it('is answered as Slack would: no JSON, the wrong JSON, another content type', async () => {
    const post = async (type: string, body: string) => {
      const headers = { authorization: `Bearer ${bot.botToken}`, 'content-type': type };
      const response = await fetch(`${sandbox.url}/api/chat.postMessage`, {
        method: 'POST',
        headers,
        body,
      });
      return ((await response.json()) as Answer).error;
    };
    assert.equal(await post('application/json', '{'), 'invalid_json');
    assert.equal(await post('application/json', '[]'), 'json_not_object');
    assert.equal(await post('text/yaml', 'a: b'), 'invalid_post_type');
    assert.equal(await post('multipart/form-data; boundary=x', 'nonsense'), 'invalid_form_data');
    assert.equal(await post('application/x-www-form-urlencoded', '%%%=%'), 'invalid_arguments');
    await alive();
  });

  it('is answered with a problem under /sandbox/, without ending the process', async () => {
    const calls: [string, string, unknown][] = [
      ['POST', '/messages', { user: 7 }],
      ['POST', '/messages', { user: 'U0TARA', channel: {}, text: [] }],
      ['POST', '/messages', { user: 'U0TARA', channel: 'C0REQUESTS', files: [null, { name: 1 }] }],
      ['POST', '/commands', { user: 'U0TARA', channel: 'C0REQUESTS', command: null }],
      ['POST', '/actions', { user: 'U0TARA' }],
      ['POST', '/views/V0/submit', { user: 'U0TARA' }],
      ['POST', '/views/%E0%A4%A/submit', { user: 'U0TARA' }],
      ['POST', '/people', { id: 'U0BOT', deleted: true }],
      ['POST', '/bot', { transport: 'pigeon' }],
      ['POST', '/nowhere', {}],
      ['DELETE', '/state', {}],
      ['GET', '/messages?user=U0TARA&channel=__proto__', undefined],
    ];
    for (const [method, path, body] of calls) {
      const answer = await sandbox.attempt(method, path, body);
      assert.ok(answer.status >= 400 && answer.status < 500, `${path}: ${answer.status}`);
      assert.equal(typeof answer.body.error, 'string');
    }
    const broken = await fetch(`${sandbox.url}/sandbox/messages`, { method: 'POST', body: '{' });
    assert.equal(broken.status, 400);
    await alive();
  });

  it('may be no HTTP at all, or stop in the middle', async () => {
    const { port } = sandbox;
    for (const bytes of [
      'nonsense\r\n\r\n',
      'GET //[ HTTP/1.1\r\nHost: a\r\n\r\n',
      'POST /api/chat.postMessage HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf',
      'GET /link/ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      'GET /else HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    ]) {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.on('error', () => {});
      socket.on('data', () => {});
      const closed = once(socket, 'close');
      socket.end(bytes);
      await closed;
    }
    await alive();
  });

  it('is validated as blocks or as a view without an exception', () => {
    const types = ['section', 'actions', 'input', 'context', 'table', 'modal', 'home', 'button'];
    const word = fc.oneof(fc.constantFrom(...types, 'type', 'blocks', 'text'), fc.string());
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        word,
        fc.integer(),
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(
          fc.constantFrom('type', 'text', 'elements', 'element', 'options', 'blocks', 'accessory'),
          tie('tree'),
        ),
      ),
    }));
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 5 }), (blocks) => {
        for (const problem of messageBlockProblems(blocks))
          assert.match(problem, /\[json-pointer:/);
        viewProblems({ type: 'modal', title: { type: 'plain_text', text: 'a' }, blocks });
        viewProblems(blocks[0]);
      }),
    );
  });
});
