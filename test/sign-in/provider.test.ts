/**
 * Which answers of an identity provider the bot accepts, and which it refuses, such as forged ones or none at all.
 */
import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { describe, type TestContext, test } from 'node:test';
import { createProvider } from '../../src/sign-in/provider.ts';
import { listenOnLoopback } from '../loopback.ts';

const key = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicUrl = 'https://bot.example/';
const needed = { maxAgeMs: 300_000, acrValues: [] };
const attempt = { state: 'the-state', browser: 'the-secret-of-the-browser', needed };

type Lie = {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly key?: KeyObject;
  readonly alg?: string;
  readonly userinfo?: Readonly<Record<string, unknown>>;
  /** The status that replaces the token endpoint's own. */
  readonly status?: number;
  readonly issuer?: string;
  /** Path → its whole answer. */
  readonly instead?: Readonly<Record<string, Instead>>;
};

type Instead = (response: ServerResponse) => void;

const jsonOf =
  (value: unknown, type = 'application/json'): Instead =>
  (response) =>
    response.writeHead(200, { 'content-type': type }).end(JSON.stringify(value));

function jwt(claims: object, alg: string, by: KeyObject): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg, kid: 'one' })}.${part(claims)}`;
  if (alg === 'none') return `${text}.`;
  if (alg === 'HS256') {
    // Everybody has the public key.
    const pem = key.publicKey.export({ type: 'spki', format: 'pem' });
    return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`;
  }
  return `${text}.${sign('sha256', Buffer.from(text), by).toString('base64url')}`;
}

/** A provider with scripted, invalid answers, and the bot's result. */
async function askLiar(t: TestContext, lie: Lie = {}) {
  let issuer = '';
  let nonce = '';
  const sent: { authorization?: string; body?: URLSearchParams } = {};
  const server = createServer((request, response) => {
    const json = (value: object, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const instead = lie.instead?.[request.url ?? ''];
      if (instead) return instead(response);
      switch (request.url) {
        case '/.well-known/openid-configuration':
          return json({
            issuer: lie.issuer ?? issuer,
            authorization_endpoint: `${issuer}/authorize`,
            token_endpoint: `${issuer}/token`,
            jwks_uri: `${issuer}/keys`,
            userinfo_endpoint: `${issuer}/me`,
            id_token_signing_alg_values_supported: ['RS256'],
          });
        case '/keys':
          return json({
            keys: [{ ...key.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256' }],
          });
        case '/me':
          return json(lie.userinfo ?? {});
        default: {
          if (lie.status) return json({ error: 'server_error' }, lie.status);
          sent.body = new URLSearchParams(body);
          sent.authorization = request.headers.authorization ?? '';
          const seconds = Math.floor(Date.now() / 1000);
          const honest = { iss: issuer, aud: 'bot', sub: 'ari-1', nonce, auth_time: seconds - 5 };
          const times = { iat: seconds, exp: seconds + 60 };
          const claims = { ...honest, ...times, email: 'ari@harbour.example', ...lie.claims };
          const token = jwt(claims, lie.alg ?? 'RS256', lie.key ?? key.privateKey);
          return json({ access_token: 'at', token_type: 'bearer', id_token: token });
        }
      }
    });
  });
  issuer = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  t.after(stop);
  const provider = createProvider(
    {
      issuer,
      clientId: 'bot',
      clientSecret: 'the-secret',
      claim: 'email',
      publicUrl,
      listen: { host: '127.0.0.1', port: 0 },
    },
    () => new Date(),
  );
  const comeBack = async (query = '?code=c&state=the-state', of = attempt) => {
    const answer = await provider.signedIn(query, of);
    return 'problem' in answer ? answer.problem.code : answer;
  };
  const begin = async () => {
    const url = await provider.authorizationUrl(attempt);
    nonce = url.searchParams.get('nonce') ?? '';
    return url;
  };
  return { begin, comeBack, sent, stop };
}

/** The error code of the refusal; otherwise the accepted sign-in. */
async function answerTo(t: TestContext, lie: Lie, query?: string) {
  const { begin, comeBack } = await askLiar(t, lie);
  await begin();
  return comeBack(query);
}

describe('the identity provider', () => {
  test('is asked with PKCE, state, nonce and max_age, and the secret stays out of the address', async (t) => {
    const { begin, comeBack, sent } = await askLiar(t);
    const url = await begin();
    const asked = Object.fromEntries(url.searchParams);
    assert.equal(asked.response_type, 'code');
    assert.equal(asked.state, 'the-state');
    assert.equal(asked.code_challenge_method, 'S256');
    assert.equal(asked.max_age, '300');
    assert.equal(asked.redirect_uri, 'https://bot.example/sign-in/callback');
    assert.ok(!url.href.includes('the-secret'));
    const taken = await comeBack();
    assert.ok(typeof taken !== 'string');
    assert.equal(taken.named, 'ari@harbour.example');
    assert.match(taken.signIn.subjectHash, /^[0-9a-f]{64}$/);
    assert.equal(taken.signIn.acr, null);
    assert.match(sent.authorization ?? '', /^Basic /);
    assert.ok((sent.body?.get('code_verifier') ?? '').length >= 43);
  });

  const seconds = () => Math.floor(Date.now() / 1000);
  const lies: readonly [string, () => Lie, string][] = [
    [
      'a token that somebody else signed',
      () => ({ key: otherKey.privateKey }),
      'sign-in.not-valid',
    ],
    ['a token that nobody signed', () => ({ alg: 'none' }), 'sign-in.not-valid'],
    ['a token signed with the public key', () => ({ alg: 'HS256' }), 'sign-in.not-valid'],
    ['a token for another sign-in', () => ({ claims: { nonce: 'old' } }), 'sign-in.not-valid'],
    ['a token for another application', () => ({ claims: { aud: 'x' } }), 'sign-in.not-valid'],
    ['a token of another issuer', () => ({ claims: { iss: 'https://x' } }), 'sign-in.not-valid'],
    [
      'a token without auth_time',
      () => ({ claims: { auth_time: undefined } }),
      'sign-in.not-valid',
    ],
    ['a time that is no number', () => ({ claims: { auth_time: 'now' } }), 'sign-in.not-valid'],
    ['a token that has expired', () => ({ claims: { exp: seconds() - 60 } }), 'sign-in.not-fresh'],
    [
      'a sign-in of an hour ago',
      () => ({ claims: { auth_time: seconds() - 3600 } }),
      'sign-in.not-fresh',
    ],
    [
      'another person’s details',
      () => ({
        claims: { email: undefined },
        userinfo: { sub: 'bea-1', email: 'ari@harbour.example' },
      }),
      'sign-in.not-valid',
    ],
    ['an error', () => ({ status: 500 }), 'sign-in.not-valid'],
    ['a time that no calendar has', () => ({ claims: { auth_time: 1e300 } }), 'sign-in.not-valid'],
    [
      'a token that begins later',
      () => ({ claims: { nbf: seconds() + 600 } }),
      'sign-in.not-fresh',
    ],
    ['no expiry', () => ({ claims: { exp: undefined } }), 'sign-in.not-valid'],
    ['several applications', () => ({ claims: { aud: ['bot', 'x'] } }), 'sign-in.not-valid'],
    [
      'an answer that is a list',
      () => ({ instead: { '/token': jsonOf([]) } }),
      'sign-in.not-valid',
    ],
    [
      'an answer that is null',
      () => ({ instead: { '/token': jsonOf(null) } }),
      'sign-in.not-valid',
    ],
    [
      'an answer as a web page',
      () => ({ instead: { '/token': jsonOf({ access_token: 'at' }, 'text/html') } }),
      'sign-in.not-valid',
    ],
    [
      'a token that is a number',
      () => ({
        instead: { '/token': jsonOf({ access_token: 'at', token_type: 'bearer', id_token: 5 }) },
      }),
      'sign-in.not-valid',
    ],
    [
      'keys that are none',
      () => ({ instead: { '/keys': jsonOf({ keys: [null, 5] }) } }),
      'sign-in.not-valid',
    ],
  ];
  for (const [what, lie, code] of lies) {
    test(`is refused: ${what}`, async (t) => {
      assert.equal(await answerTo(t, lie()), code);
    });
  }

  test('is not followed to another host, and gets the secret nowhere else', async (t) => {
    const asked: string[] = [];
    const elsewhere = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    const port = await listenOnLoopback(elsewhere);
    t.after(() => elsewhere.close());
    const away: Instead = (response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${port}/` }).end();
    for (const path of ['/token', '/keys', '/me']) {
      const lie = { claims: { email: undefined }, instead: { [path]: away } };
      assert.equal(await answerTo(t, lie), 'sign-in.not-valid', path);
    }
    const { begin } = await askLiar(t, { instead: { '/.well-known/openid-configuration': away } });
    await assert.rejects(begin());
    assert.deepEqual(asked, []);
  });

  test('cannot fill the memory with an answer that never ends', async (t) => {
    let sent = 0;
    const chunk = Buffer.alloc(1024 * 1024, ' ');
    const endless: Instead = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        while (!response.destroyed && sent < 64) {
          sent += 1;
          if (!response.write(chunk)) return;
        }
      };
      response.on('drain', more);
      more();
    };
    for (const path of ['/token', '/keys', '/me']) {
      sent = 0;
      const lie = { claims: { email: undefined }, instead: { [path]: endless } };
      assert.equal(await answerTo(t, lie), 'sign-in.not-valid', path);
      assert.ok(sent < 32, `${sent} MB were sent`);
    }
    const { begin } = await askLiar(t, {
      instead: { '/.well-known/openid-configuration': endless },
    });
    await assert.rejects(begin());
  });

  test('counts an address as verified only if it says so', async (t) => {
    for (const email_verified of [false, 'false', 'False', 0, {}]) {
      const taken = await answerTo(t, { claims: { email_verified } });
      assert.ok(typeof taken !== 'string' && taken.isUnverified, String(email_verified));
    }
    for (const email_verified of [true, 'true', null, undefined]) {
      const taken = await answerTo(t, { claims: { email_verified } });
      assert.ok(typeof taken !== 'string' && !taken.isUnverified, String(email_verified));
    }
  });

  test('is not trusted when its issuer differs from the setting', async (t) => {
    const { begin } = await askLiar(t, { issuer: 'https://sso.evil.example' });
    await assert.rejects(begin());
  });

  test('returns the claim from the userinfo endpoint when the token lacks it, and whether the address is verified', async (t) => {
    const claims = { email: undefined };
    const userinfo = { sub: 'ari-1', email: 'ari@harbour.example', email_verified: false };
    const taken = await answerTo(t, { claims, userinfo });
    assert.ok(typeof taken !== 'string');
    assert.deepEqual([taken.named, taken.isUnverified], ['ari@harbour.example', true]);
    const word = await answerTo(t, { claims: { email_verified: 'false' } });
    assert.ok(typeof word !== 'string' && word.isUnverified);
    const nameless = await answerTo(t, { claims, userinfo: { sub: 'ari-1' } });
    assert.ok(typeof nameless !== 'string');
    assert.equal(nameless.named, null);
    const odd = await answerTo(t, { claims: { email: { toString: 'x' } } });
    assert.ok(typeof odd !== 'string');
    assert.equal(odd.named, null);
  });

  test('may refuse, with an error code that is repeated only if it is a single word', async (t) => {
    const refused = '?error=access_denied&state=the-state';
    assert.equal(await answerTo(t, {}, refused), 'sign-in.not-completed');
    assert.equal(await answerTo(t, {}, '?error=%3Cb%3E&state=the-state'), 'sign-in.not-completed');
    for (const query of [
      '',
      '?',
      '?code=c',
      '?code=c&state=other',
      '?state=the-state',
      '?code=c&code=d&state=the-state',
    ]) {
      assert.equal(await answerTo(t, {}, query), 'sign-in.not-valid', query);
    }
  });

  test('does not get the PKCE verifier of a different browser', async (t) => {
    const { begin, comeBack } = await askLiar(t);
    await begin();
    const otherBrowser = { ...attempt, browser: 'another' };
    assert.equal(await comeBack('?code=c&state=the-state', otherBrowser), 'sign-in.not-valid');
  });

  test('is reported as unavailable when it does not answer', async (t) => {
    const { begin, comeBack, stop } = await askLiar(t);
    await begin();
    await stop();
    assert.equal(await comeBack(), 'sign-in.provider-away');
  });
});
