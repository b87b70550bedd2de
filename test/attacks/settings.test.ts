/** Insecure settings are refused at the start, with the reason. */
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { mailDomainTrouble } from '../../src/config/mail-domain.ts';
import { openFiles, readableFiles } from '../../src/config/read/open-files.ts';
import { formatConfigProblems, readConfig } from '../../src/config/read/read-config.ts';
import { filesWithSecrets } from '../../src/start/env-file.ts';

const env = {
  SLACK_BOT_TOKEN: 'xoxb-12345-67890-abcdef',
  SLACK_APP_TOKEN: 'xapp-1-A1-12345-abcdef',
};

const policy = (more = '', approval = '') => `
instances:
  - alias: production
    instanceId: a1b2c3d4-5678-90ab-cdef-EXAMPLE11111
    region: us-west-2
    requestsChannel: C0REQUESTS
${approval}
${more}`;

function refusal(environment: Record<string, string> = {}, text = policy()): string {
  const read = readConfig({ ...env, ...environment }, () => text);
  return read.ok ? 'accepted' : formatConfigProblems(read.problems);
}

test('a plain configuration is accepted', () => assert.equal(refusal(), 'accepted'));

describe('a domain in which anybody can get an address', () => {
  for (const domain of [
    ...['gmail.com', 't-online.de', 'fastmail.com', 'mailinator.com', 'gmx.net', 'yahoo.co.jp'],
    ...['hotmail.fr', 'orange.fr', 'posteo.de', 'tutanota.com', 'qq.com', 'mail.ru', 'me.com'],
    ...['guerrillamail.com', 'foo.gmail.com', 'co.uk', 'com', 'github.io', 'com.au', 'wp.pl'],
  ]) {
    test(`${domain} is refused`, () => {
      assert.match(mailDomainTrouble(domain) ?? 'accepted', /anybody in the world/);
    });
  }

  for (const domain of [
    'mycompany.com',
    'mail.mycompany.com',
    'web.mycompany.co.uk',
    'live.bbc.co.uk',
  ]) {
    test(`${domain} is accepted`, () => assert.equal(mailDomainTrouble(domain), undefined));
  }

  test('is refused in the policy file', () => {
    const identity = 'identity: { ways: [email], emailDomains: [t-online.de] }';
    assert.match(refusal({}, policy(identity)), /emailDomains.*public mail service/s);
  });
});

describe('an address to which secrets are sent', () => {
  for (const name of ['AWS_ENDPOINT_URL_CONNECT', 'AWS_ENDPOINT_URL', 'SLACK_API_URL']) {
    test(`${name} must be https, except on this machine`, () => {
      assert.match(refusal({ [name]: 'http://connect.evil.test' }), /must be https/);
      assert.equal(refusal({ [name]: 'http://127.0.0.1:4566' }), 'accepted');
    });
  }

  test('endpoint in the policy file must be https, except on this machine', () => {
    assert.match(
      refusal({}, policy('', '    endpoint: http://connect.evil.test')),
      /must be https/,
    );
  });
});

describe('a value that is not a usable secret', () => {
  const keys = [
    Buffer.from('correct horse battery staple 123'),
    Buffer.alloc(32, 'ab'),
    Buffer.from(Array.from({ length: 32 }, (_, at) => at)),
    Buffer.from(Array.from({ length: 32 }, (_, at) => 255 - 3 * at)),
  ];
  for (const key of keys) {
    test(`SECRETS_KEY ${key.toString('hex').slice(0, 16)}… is refused`, () => {
      assert.match(refusal({ SECRETS_KEY: key.toString('base64') }), /not random/);
      assert.match(refusal({ SECRETS_KEY: key.toString('hex') }), /not random/);
    });
  }

  for (const token of ['xapp-1-A12345-67890-abcdef', 'xoxb-1234-5678-abcdefgh']) {
    test(`${token.slice(0, 5)}… is refused as a signing secret`, () => {
      const http = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: token };
      assert.match(refusal(http), /SLACK_SIGNING_SECRET.*is no signing secret/s);
    });
  }
});

test('a policy under which people approve their own requests alone is accepted only with an explicit setting', () => {
  const both = 'approval: { needed: unless-permitted, allowOwn: true }';
  assert.match(refusal({}, policy(both)), /nobody but the requester ever looks/);
  const known = 'approval: { needed: unless-permitted, allowOwn: true, iKnow: true }';
  assert.equal(refusal({}, policy(known)), 'accepted');
  const apart = 'approval: { allowOwn: true }';
  const own = '    approval: { needed: unless-permitted }';
  assert.match(refusal({}, policy(apart, own)), /nobody but the requester ever looks/);
});

test('a file with secrets that everybody may read is reported', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'connect-add-user-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'token');
  writeFileSync(file, 'xoxb-secret', { mode: 0o600 });
  const files = filesWithSecrets({ SLACK_BOT_TOKEN_FILE: ` ${file} `, PORT: '1' });
  assert.deepEqual(files, ['.env', file]);
  chmodSync(file, 0o640);
  assert.deepEqual(readableFiles([file, `${file}.none`]), []);
  chmodSync(file, 0o644);
  assert.deepEqual(readableFiles([file, `${file}.none`, '/run/secrets/x']), [file]);
});

test('a policy file or .env that everybody may change is refused', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'connect-add-user-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'config.yaml');
  writeFileSync(file, policy());
  chmodSync(file, 0o644);
  assert.deepEqual(openFiles([file, `${file}.none`]), []);
  chmodSync(file, 0o666);
  assert.match(openFiles([file])[0]?.wrong ?? '', /chmod o-w/);
  assert.match(formatConfigProblems(openFiles([file])), /everybody on this machine/);
});
