/**
 * The Compose file and the nginx example are consistent with the bot; where nginx is installed, it checks its own
 * file.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';

/** The used part of https://docs.docker.com/reference/compose-file/; a misspelled member is an error. */
const service = z.strictObject({
  image: z.string().optional(),
  build: z.strictObject({ context: z.string(), dockerfile: z.string() }).optional(),
  env_file: z.string().optional(),
  environment: z.record(z.string(), z.string()),
  volumes: z.array(z.string()),
  ports: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.string() })).optional(),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()),
      interval: z.string(),
      timeout: z.string(),
      retries: z.number(),
    })
    .optional(),
  restart: z.literal('unless-stopped'),
  stop_grace_period: z.string().optional(),
  read_only: z.boolean().optional(),
  tmpfs: z.array(z.string()).optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  mem_limit: z.string().optional(),
});
const composeFile = z.strictObject({
  name: z.string(),
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
});

describe('the Compose file', () => {
  const compose = composeFile.parse(parse(readFileSync('deploy/docker/compose.yaml', 'utf8')));
  const { bot, database } = compose.services;

  test('builds the Dockerfile, and waits for a database that says that it is healthy', () => {
    const folder = 'deploy/docker';
    assert.ok(bot?.build && database?.healthcheck);
    const context = path.join(folder, bot.build.context);
    assert.equal(path.join(context, bot.build.dockerfile), 'deploy/docker/Dockerfile');
    assert.equal(path.join(folder, bot.env_file ?? ''), '.env');
    assert.deepEqual(bot.depends_on, { database: { condition: 'service_healthy' } });
  });

  test('gives the bot and the database the same name, user and password, and the password is not in the file', () => {
    const {
      POSTGRES_USER: user,
      POSTGRES_DB: name,
      POSTGRES_PASSWORD: secret,
    } = database?.environment ?? {};
    assert.match(secret ?? '', /^\$\{POSTGRES_PASSWORD:\?/);
    assert.equal(
      bot?.environment.DATABASE_URL,
      `postgres://${user}:${secret}@database:5432/${name}`,
    );
  });

  test('opens ports on this machine only, and takes rights away', () => {
    assert.ok((bot?.ports ?? []).length > 0);
    for (const port of bot?.ports ?? []) assert.match(port, /^127\.0\.0\.1:/);
    assert.equal(database?.ports, undefined);
    assert.deepEqual([bot?.read_only, bot?.cap_drop], [true, ['ALL']]);
  });

  test('keeps volumes that are declared', () => {
    const named = Object.values(compose.services)
      .flatMap(({ volumes }) => volumes)
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((source) => !/^[./]/.test(source));
    assert.deepEqual(named, Object.keys(compose.volumes));
  });
});

describe('the nginx example', () => {
  const file = 'deploy/nginx/connect-add-user.conf';

  test('passes on the path that the bot listens to, with the bounds of the bot', () => {
    const text = readFileSync(file, 'utf8');
    assert.match(text, /location = \/slack\/events \{\s+proxy_pass http:\/\/connect_add_user;/);
    const receiver = readFileSync('src/receiver.ts', 'utf8');
    assert.ok(receiver.includes("path: '/slack/events'"));
    // The checks that docs/install.md describes for an operator.
    assert.match(text, /location = \/health \{\s+proxy_pass http:\/\/connect_add_user;/);
    assert.ok(receiver.includes("routes: { '/health': onHealth }"));
    assert.match(text, /client_max_body_size 1m;/);
    assert.match(text, /location \/ \{\s+return 404;/);
  });

  test('is accepted by nginx, where nginx is installed', async (t) => {
    const run = promisify(execFile);
    const isThere = await run('nginx', ['-v']).then(
      () => true,
      () => false,
    );
    if (!isThere) return t.skip('nginx is not installed');
    const folder = mkdtempSync(path.join(tmpdir(), 'connect-add-user-nginx-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const certificates = readFileSync(file, 'utf8')
      .replace(/(ssl_certificate ).*;/, `$1${path.resolve('test/tls/localhost-certificate.pem')};`)
      .replace(/(ssl_certificate_key ).*;/, `$1${path.resolve('test/tls/localhost-key.pem')};`);
    const main = path.join(folder, 'nginx.conf');
    const site = path.join(folder, 'site.conf');
    writeFileSync(site, certificates);
    writeFileSync(main, `pid ${folder}/pid;\nevents {}\nhttp { include ${site}; }\n`);
    const { stderr } = await run('nginx', ['-t', '-e', 'stderr', '-c', main]);
    assert.match(stderr, /test is successful/);
    writeFileSync(site, certificates.replace('proxy_pass', 'proxy_pas'));
    await assert.rejects(run('nginx', ['-t', '-e', 'stderr', '-c', main]), /unknown directive/);
  });
});
