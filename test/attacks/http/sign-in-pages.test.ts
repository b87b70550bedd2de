/** Any request from the internet to the sign-in pages is answered, reveals nothing, and changes nothing. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createSignInServer } from '../../../src/sign-in/sign-in-server.ts';
import { testServices } from '../../services.ts';

const signIn = {
  // No server listens at this address.
  issuer: 'http://127.0.0.1:9',
  clientId: 'bot',
  clientSecret: 'the-secret-of-the-application',
  claim: 'email',
  publicUrl: 'https://bot.example/below/',
  listen: { host: '127.0.0.1', port: 0 },
};

/** Sends the lines unchanged, and reads until the connection ends or one complete answer has arrived. */
async function send(port: number, head: string, body = ''): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let answer = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    answer += chunk;
  });
  socket.on('error', () => {});
  socket.write(`${head}\r\nhost: bot.example\r\nconnection: close\r\n\r\n${body}`);
  await once(socket, 'close');
  return answer;
}

describe('the pages of sign-ins', () => {
  test('answer every request with a page that reveals nothing and logs no error', async (t) => {
    const { services, database } = await testServices(t);
    const lines: string[] = [];
    const noted = { ...services.log, error: (...given: unknown[]) => lines.push(String(given)) };
    const server = createSignInServer({
      ...services,
      log: Object.assign(Object.create(services.log), { error: noted.error }),
      config: { ...services.config, signIn },
    });
    t.after(() => server.stop());
    const port = await server.listen(null);
    assert.ok(port);
    const text = fc.string({ maxLength: 200 }).map(encodeURIComponent);
    const raw = fc.stringMatching(/^[!-~]{0,200}$/);
    const name = fc.constantFrom('link', 'state', 'code', 'error', 'iss', 'link=1&link');
    const query = fc.array(fc.tuple(name, fc.oneof(text, raw)), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'),
        fc.constantFrom(
          '/sign-in',
          '/sign-in/callback',
          '/below/sign-in',
          '/below/sign-in/callback',
        ),
        query,
        fc.option(raw),
        fc.option(raw),
        async (method, path, parts, cookie, origin) => {
          const search = parts.map((part) => part.join('=')).join('&');
          const head = [
            `${method} ${path}?${search} HTTP/1.1`,
            ...(cookie === null ? [] : [`cookie: ${cookie}`]),
            ...(origin === null ? [] : [`origin: ${origin}`]),
          ].join('\r\n');
          const answer = await send(port, head);
          assert.match(answer, /^HTTP\/1\.1 4\d\d /);
          assert.doesNotMatch(answer, /the-secret|Error|node_modules|set-cookie: [^=]+=[^;]/i);
        },
      ),
      { numRuns: 300 },
    );
    assert.deepEqual(lines, []);
    assert.deepEqual(await database.query('select id from audit_events'), []);
  });

  test('read no body, and answer no other path', async (t) => {
    const { services } = await testServices(t);
    const server = createSignInServer({ ...services, config: { ...services.config, signIn } });
    t.after(() => server.stop());
    const port = await server.listen(null);
    assert.ok(port);
    const sized = await send(port, 'POST /sign-in?link=x HTTP/1.1\r\ncontent-length: 4', 'a=bc');
    assert.match(sized, /^HTTP\/1\.1 413 /);
    const chunked = await send(
      port,
      'POST /sign-in/callback HTTP/1.1\r\ntransfer-encoding: chunked',
      '4\r\na=bc\r\n0\r\n\r\n',
    );
    assert.match(chunked, /^HTTP\/1\.1 413 /);
    for (const path of ['/', '/sign-in/', '/sign-in/../sign-in', '/__proto__', '/slack/events']) {
      assert.match(await send(port, `GET ${path} HTTP/1.1`), /^HTTP\/1\.1 404 /, path);
    }
  });

  test('are served nowhere without an identity provider', async (t) => {
    const { services } = await testServices(t);
    const server = createSignInServer(services);
    assert.equal(await server.listen(null), null);
    assert.deepEqual(server.pages, {});
    await server.stop();
  });
});
