/** Doctor reports no problem for a healthy installation, and exactly the broken part for a broken one. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, request as sendOn } from 'node:http';
import { describe, type TestContext, test } from 'node:test';
import type { Message } from '../../sandbox/api/messages.ts';
import type { FaultSpec } from '../../sandbox/api/wire.ts';
import { readManifest, startWorkspace } from '../../sandbox/workspace.ts';
import type { Config } from '../../src/config/config.ts';
import { grantsSql } from '../../src/database-command/grants-store.ts';
import type { Line } from '../../src/doctor/check/line.ts';
import { examine } from '../../src/doctor/doctor.ts';
import { createLog } from '../../src/operations/log.ts';
import { rulesOf, simpleApproval } from '../../src/policy/read-rules.ts';
import type { Rule, Stage } from '../../src/policy/rule.ts';
import { withClient } from '../../src/storage/with-client.ts';
import { databaseAndRole, makeRole, type Role } from '../database-command/roles.ts';
import { listenOnLoopback } from '../loopback.ts';
import { startScenario } from './harness.ts';
import { eventually } from './sandbox-calls.ts';
import { seen } from './seen.ts';

const log = createLog({ level: 'silent' });

const failures = (lines: readonly Line[]) =>
  lines.filter(({ status }) => status === 'fail').map(({ name }) => name);

describe('npm run doctor', () => {
  test('names exactly what is broken, and says the rest all the same', async (t) => {
    const held: { config?: Config; everywhere?: Config['instances']; role?: Role } = {};
    const { database, sandbox, tara, bea } = await startScenario(t, {
      databaseUrl: async (url) => {
        held.role = await makeRole(t, { url, query: (text) => once(url, text) });
        return url;
      },
      config: (config) => {
        held.everywhere = config.instances;
        held.config = { ...config, instances: config.instances.slice(0, 1) };
        return { ...config, operators: ['U0BEA'] };
      },
    });
    const { config, role } = held;
    assert.ok(config && role);
    const [instance] = config.instances;
    assert.ok(instance);
    const look = (changed: Partial<Config> = {}, databaseUrl = database.url) =>
      examine({ ...config, ...changed }, { log, databaseUrl });

    const healthy = await look();
    assert.deepEqual(failures(healthy), [], JSON.stringify(healthy));
    const names = healthy.map(({ name }) => name);
    for (const { name, found, status } of healthy) assert.ok(found.length > 0 && status, name);
    const page = readFileSync('docs/doctor.md', 'utf8');
    for (const name of names) {
      const told = name.replace(/^(connect|slack\.channel)\.production/, '$1.ALIAS');
      assert.ok(page.includes(`\n| \`${told}\` |`), `docs/doctor.md does not explain ${told}`);
    }

    // With AWS's throttling: three instances of one account are read without exceeding the limit.
    await sandbox.configureConnect({ ratePerSecond: 2, burst: 5 });
    const readPace = { ratePerSecond: 2, burst: 5 };
    const everywhere = held.everywhere?.map((limit) => ({ ...limit, readPace }));
    const paced = await look({ instances: everywhere ?? [] });
    assert.deepEqual(
      paced.filter(({ status }) => status === 'warn' || status === 'fail'),
      [],
    );
    await sandbox.configureConnect({ ratePerSecond: 1000, burst: 1000 });

    const presetsLine = async (routingProfile: string) => {
      const values = { routingProfile: { name: routingProfile } };
      const preset = { name: 'Tier 1', values, canChange: [], mayUse: true };
      const presets = [{ ...preset, usergroups: [], people: [] }];
      const lines = await look({ instances: [{ ...instance, presets }] });
      const line = lines.find(({ name }) => name === `connect.${instance.alias}.presets`);
      return `${line?.status}: ${line?.found}`;
    };
    assert.match(await presetsLine('Basic Routing Profile'), /^pass: /);
    assert.match(await presetsLine('Gone for good'), /^fail: “Tier 1” names “Gone for good”: not/);

    const validate = async () => {
      const lines = await examine(config, { log, databaseUrl: database.url, blocks: true });
      return lines
        .filter(({ name }) => name.startsWith('slack.blocks.'))
        .map(({ status, found }) => `${status}: ${found}`);
    };
    for (const line of await validate()) assert.match(line, /^pass: Slack takes all \d+ shapes$/);

    /** Breaks one part, runs doctor, and restores the part. */
    const broken = async (expected: string, words: RegExp, lines: () => Promise<Line[]>) => {
      const told = await lines();
      assert.deepEqual(failures(told), [expected], `${words}: ${JSON.stringify(told)}`);
      const line = told.find(({ name }) => name === expected);
      assert.match(`${line?.found} → ${line?.todo}`, words);
      assert.deepEqual(told.map(({ name }) => name).sort(), names.toSorted(), 'every line is said');
    };
    const whileFaulty = async (fault: FaultSpec, lines: () => Promise<Line[]>) => {
      await sandbox.fault(fault, 50);
      try {
        return await lines();
      } finally {
        await sandbox.clearFaults();
      }
    };
    const method = (match: string, error: string): FaultSpec => ({
      on: 'slack',
      kind: 'method',
      match,
      error,
    });

    const [anybody] = rulesOf(instance);
    assert.ok(anybody);
    const approval = (from: Partial<Stage>, count = 1): Rule => {
      const stage = { name: 'Approval', count, people: [], usergroups: [], ...from };
      const asked = { ...simpleApproval({}), stages: [stage] };
      return { ...anybody, name: 'Leads', outcome: { kind: 'ask', approval: asked } };
    };

    // Slack
    await broken('slack.bot-token', /SLACK_BOT_TOKEN \(invalid_auth\)/, () =>
      look({ slack: { ...config.slack, botToken: 'xoxb-nobodys-token' } }),
    );
    await broken('slack.way-in', /SLACK_APP_TOKEN/, () =>
      look({ slack: { ...config.slack, transport: { kind: 'socket', appToken: 'xapp-nobodys' } } }),
    );
    await broken('slack.channel.production', /the bot is not in/, async () => {
      const channel = 'C0REQUESTS';
      await sandbox.call('POST', '/channels', { channel, action: 'leave', user: 'U0BOT' });
      const lines = await look();
      await sandbox.call('POST', '/channels', { channel, action: 'join', user: 'U0BOT' });
      return lines;
    });
    await broken('slack.channel.production', /is archived/, async () => {
      await sandbox.call('POST', '/channels', { channel: 'C0REQUESTS', action: 'archive' });
      const lines = await look();
      await sandbox.call('POST', '/channels', { channel: 'C0REQUESTS', action: 'unarchive' });
      return lines;
    });
    await broken('slack.channel.production', /no channel C0NOWHERE/, () =>
      look({ instances: [{ ...instance, requestsChannel: 'C0NOWHERE' }] }),
    );
    await broken('slack.user-groups', /S0NOBODY/, () =>
      look({
        instances: [
          // In that case it is unknown whether the rule can be satisfied.
          { ...instance, rules: [approval({ usergroups: ['S0NOBODY'] })] },
        ],
      }),
    );

    // Amazon Connect
    const connectError = (operation: string, error: string): FaultSpec => ({
      on: 'connect',
      kind: 'error',
      operation,
      error,
    });
    const denied = (operation: string) => connectError(operation, 'AccessDeniedException');
    await broken(
      'connect.production.permissions',
      /not allowed: AssociateUserProficiencies, CreateUser, ListUserProficiencies, ListUsers, SearchPredefinedAttributes, SearchUserHierarchyGroups → .*iam-policy/,
      async () => {
        for (const operation of [
          'AssociateUserProficiencies',
          'CreateUser',
          'ListUserProficiencies',
          'ListUsers',
          'SearchUserHierarchyGroups',
          'SearchPredefinedAttributes',
        ]) {
          await sandbox.fault(denied(operation), 50);
        }
        return look().finally(sandbox.clearFaults);
      },
    );
    const message =
      'User: arn:aws:sts::123456789012:assumed-role/bot/x is not authorized to perform: connect:TagResource on resource: *';
    await broken('connect.production.permissions', /not allowed: TagResource → /, () =>
      whileFaulty({ ...denied('CreateUser'), message } as FaultSpec, look),
    );
    await broken('connect.production.permissions', /DescribeInstance → .*Region/, () =>
      whileFaulty(denied('DescribeInstance'), look),
    );
    await broken('connect.production.identity', /not found.*id and Region/, () =>
      look({ instances: [{ ...instance, region: 'us-east-1' }] }),
    );
    await broken('connect.production.credentials', /have expired → Renew/, () =>
      whileFaulty(connectError('GetCallerIdentity', 'ExpiredTokenException'), look),
    );
    await broken(
      'connect.production.credentials',
      /no credentials that AWS takes: .*AssumeRole.*roleArn/,
      () => {
        const role = { arn: 'arn:aws:iam::123456789012:role/nobodys' };
        return look({ instances: [{ ...instance, role }] });
      },
    );
    await broken('connect.production.credentials', /AWS could not be reached/, () =>
      whileFaulty({ on: 'connect', kind: 'reset', operation: '*' }, look),
    );
    const anHourOff = await withDate(t, instance.endpoint ?? '', -3_600);
    await broken('connect.production.clock', /3600 s ahead of .* → Set the clock/, () =>
      look({ instances: [{ ...instance, endpoint: anHourOff }] }),
    );
    await broken('slack.clock', /36\d\d s behind .* → Set the clock/, async () => {
      const apiUrl = `${await withDate(t, sandbox.url, 3_600)}/api/`;
      return look({ slack: { ...config.slack, apiUrl } });
    });

    // Approvers
    const ruled = (rule: Rule) => look({ instances: [{ ...instance, rules: [rule] }] });
    await broken(
      'connect.production.rules',
      /nobody can satisfy “Leads”: “Approval” needs 1, and 0 can approve → .*Users – Create/,
      () => ruled(approval({ usergroups: ['S0LEADS'] })),
    );
    await broken('connect.production.rules', /“Approval” needs 2, and 1 can approve/, () =>
      ruled(approval({ people: ['U0BEA', 'U0SAM', 'U0OLD', 'U0GUS'] }, 2)),
    );
    await broken('connect.production.rules', /nobody left when 1 of its 1 requesters/, () =>
      ruled({
        ...approval({ people: ['U0BEA'] }),
        requesters: { anyone: false, creators: false, usergroups: [], people: ['U0BEA'] },
      }),
    );
    const well = (await ruled(approval({ people: ['U0ARI'], usergroups: ['S0LEADS'] }))).find(
      ({ name }) => name === 'connect.production.rules',
    );
    assert.equal(well?.status, 'pass', well?.found);
    const escalation = { afterMs: 1, usergroups: [], people: ['U0ARI'] };
    const late = approval({ people: ['U0SAM'] });
    assert.ok(late.outcome.kind === 'ask');
    const later = await ruled({
      ...late,
      outcome: { kind: 'ask', approval: { ...late.outcome.approval, escalation } },
    });
    assert.match(JSON.stringify(later), /"warn","found":"[^"]* before it is escalated"/);
    await broken(
      'connect.production.approvers',
      /none of them is anybody in Slack \(.*ari\.admin/,
      () => look({ identity: { ...config.identity, ways: ['link'] } }),
    );

    await broken('connect.production.quota', /quota of 1 is used up/, () =>
      look({ instances: [{ ...instance, userQuota: 1 }] }),
    );

    // Database
    const named = new URL(database.url);
    named.pathname = '/nowhere';
    await broken('database.reachable', /nowhere/, () => look({}, named.href));
    await broken('database.reachable', /nothing answers/, () =>
      look({}, 'postgres://u:p@127.0.0.1:1/x'),
    );
    await broken('database.tables', /newer version.*9999-later/, async () => {
      await database.query(
        `insert into kysely_migration (name, timestamp) values ('9999-later', 'now')`,
      );
      const lines = await look();
      await database.query(`delete from kysely_migration where name = '9999-later'`);
      return lines;
    });
    await broken('database.rights', /may not use jobs\..* and \d+ more → .*grants --to role_/, () =>
      look({}, role.url),
    );
    const second = await databaseAndRole(t);
    const { url: secondUrl } = second.database;
    await broken('database.writing', /the disk of the database is full/, async () => {
      await second.database.query(`create function fail() returns event_trigger language plpgsql
        as $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$`);
      await second.database.query(
        'create event trigger fail on ddl_command_start execute function fail()',
      );
      return look({}, secondUrl).finally(() => second.database.query('drop event trigger fail'));
    });
    await second.database.query(grantsSql(second.role.name, new URL(secondUrl).username));
    await second.database.query('delete from kysely_migration where name >= $1', ['0033']);
    const tablesLine = async () =>
      (await look({}, secondUrl)).find(({ name }) => name === 'database.tables');
    const mayNot =
      /and role_\w+ may not change tables: the bot does not start → Run npm run migrate/;
    await broken('database.tables', new RegExp(`behind: 0033.*${mayNot.source}`), () =>
      look({}, second.role.url),
    );
    assert.match(JSON.stringify(await tablesLine()), /warn.*behind: 0033.*when it starts/);
    await second.database.query('drop schema public, jobs cascade; create schema public');
    await broken('database.tables', new RegExp(`there are none yet, ${mayNot.source}`), () =>
      look({}, second.role.url),
    );
    assert.match(JSON.stringify(await tablesLine()), /warn.*none yet.*when it starts/);
    const readOnly = new URL(database.url);
    readOnly.searchParams.set('options', '-c default_transaction_read_only=on');
    await broken('database.writing', /read-only/, () => look({}, readOnly.href));

    // No Slack method answers, and all other checks are still reported.
    await broken('slack.bot-token', /Slack could not be reached/, () =>
      whileFaulty(method('*', 'reset'), look),
    );
    await broken(
      'slack.scopes',
      /missing: usergroups:read \(user groups of the policy/,
      async () => {
        const manifest = JSON.parse(
          JSON.stringify(readManifest()).replace('"usergroups:read",', ''),
        );
        const workspace = await startWorkspace({ manifest });
        t.after(() => workspace.stop());
        return look({
          slack: { ...config.slack, apiUrl: `${workspace.url}/api/` },
          instances: [
            { ...instance, rules: [approval({ people: ['U0ARI'], usergroups: ['S0LEADS'] })] },
          ],
        });
      },
    );
    await broken('slack.way-in', /\/slack\/events answers 404, and not as the bot → .*PORT/, () => {
      const http = { kind: 'http', signingSecret: 'a'.repeat(32), host: '', port: 0 } as const;
      const transport = { ...http, publicUrl: `${sandbox.url}/` };
      return look({ slack: { ...config.slack, transport } });
    });

    // In Slack, operators get the result, and nobody else.
    const heard = async (who: typeof bea) => {
      const { messages } = await sandbox.call<{ messages: Message[] }>(
        'GET',
        `/messages?channel=C0GENERAL&user=${who.id}`,
      );
      return messages.map(seen).filter((message) => message.ephemeral);
    };
    await tara.command('doctor');
    await eventually('she is told that it is for operators', async () =>
      (await heard(tara)).find(({ text }) => /Only operators/.test(text)),
    );
    await bea.command('doctor');
    await eventually('the operator is told that all is well', async () =>
      (await heard(bea)).find(({ text }) => /All is well/.test(text)),
    );

    // A job that was given up, and a post that Slack refuses.
    await database.query(
      `insert into failing_jobs (job_id, queue, data, reference, failures, process_ends, error, given_up_at)
       values (gen_random_uuid(), 'check', '{"requestId":1}', 'abcd1234', 6, 0, 'TypeError', now())`,
    );
    await database.tamper(
      `insert into refused_posts (request_id, key, place, code, hash, whole_place, retry_at)
       values (1, 'card', 'C0REQUESTS', 'is_archived', '', true, now() + interval '1 hour')`,
    );
    await broken(
      'jobs.dead',
      /check, reference abcd1234, TypeError\) → .*retry: .* --retry ID; or give up: .*--give-up ID/,
      look,
    );
    await bea.command('doctor');
    const toldInSlack = await eventually('the operator is told in Slack as well', async () =>
      (await heard(bea)).find(({ text }) => /1 to correct\./.test(text)),
    );
    assert.match(
      toldInSlack.text,
      /jobs\.dead 1 given up.*--give-up ID.*slack\.parked messages wait/s,
    );
    const parked = (await look()).find(({ name }) => name === 'slack.parked');
    assert.equal(
      `${parked?.status}: ${parked?.found}`,
      'warn: messages wait: 1 to C0REQUESTS (is_archived)',
    );
  });
});

/** A proxy for an address that changes its Date header by so many seconds. */
async function withDate(t: TestContext, target: string, seconds: number): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { host: _host, connection: _connection, ...headers } = request.headers;
    // The sandbox verifies the signed headers, which include the host.
    const onward = sendOn(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      headers: { ...headers, host: request.headers.host },
    });
    onward.on('response', (answer) => {
      const date = new Date(Date.now() + seconds * 1000).toUTCString();
      const isOff = request.method === 'GET' && /^\/(?:api\/api\.test)?$/.test(request.url ?? '');
      response.writeHead(answer.statusCode ?? 500, {
        ...answer.headers,
        ...(isOff ? { date } : {}),
      });
      answer.pipe(response);
    });
    onward.end(Buffer.concat(chunks));
  });
  const port = await listenOnLoopback(server);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${port}`;
}

async function once(url: string, text: string): Promise<Record<string, unknown>[]> {
  return withClient(url, async (client) => (await client.query(text)).rows);
}
