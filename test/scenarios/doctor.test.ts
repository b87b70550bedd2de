/** Doctor finds nothing on a healthy installation, and exactly the thing that is broken on purpose. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import pg from 'pg';
import type { Message } from '../../sandbox/api/messages.ts';
import type { FaultSpec } from '../../sandbox/api/wire.ts';
import type { Config } from '../../src/config/config.ts';
import { examine } from '../../src/doctor/doctor.ts';
import type { Line } from '../../src/doctor/line.ts';
import { createLog } from '../../src/operations/log.ts';
import { startScenario } from './harness.ts';
import { eventually } from './sandbox-calls.ts';
import { seen } from './seen.ts';

const log = createLog({ level: 'silent' });

const failures = (lines: readonly Line[]) =>
  lines.filter(({ status }) => status === 'fail').map(({ name }) => name);

describe('npm run doctor', () => {
  test('names exactly what is broken, and says the rest all the same', async (t) => {
    const held: { config?: Config } = {};
    const { database, sandbox, tara, bea } = await startScenario(t, {
      config: (config) => {
        held.config = { ...config, instances: config.instances.slice(0, 1) };
        return { ...config, operators: ['U0BEA'] };
      },
    });
    const { config } = held;
    assert.ok(config);
    const [instance] = config.instances;
    assert.ok(instance);
    const look = (changed: Partial<Config> = {}, databaseUrl = database.url) =>
      examine({ ...config, ...changed }, { log, databaseUrl });

    const healthy = await look();
    assert.deepEqual(failures(healthy), [], JSON.stringify(healthy));
    const names = healthy.map(({ name }) => name);
    for (const { name, found, status } of healthy) assert.ok(found.length > 0 && status, name);

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
    await sandbox.fault({ on: 'slack', kind: 'older-blocks' }, 1_000);
    for (const line of await validate()) {
      assert.match(line, /^warn: the workspace does not know the newer blocks: .*unsupported type/);
    }
    await sandbox.clearFaults();
    const unknown = { on: 'slack', kind: 'method', match: 'blocks.validate' } as const;
    await sandbox.fault({ ...unknown, error: 'unknown_method' }, 1_000);
    for (const line of await validate()) assert.match(line, /^skip: this workspace has no/);
    await sandbox.clearFaults();

    /** Breaks something, looks, and puts it right again. */
    const broken = async (
      expected: string,
      words: RegExp,
      lines: Promise<Line[]> | (() => Promise<Line[]>),
    ) => {
      const told = await (typeof lines === 'function' ? lines() : lines);
      assert.deepEqual(failures(told), [expected], JSON.stringify(told));
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
          { ...instance, mayRequest: { ...instance.mayRequest, usergroups: ['S0NOBODY'] } },
        ],
      }),
    );

    // Amazon Connect
    const denied = (operation: string): FaultSpec => ({
      on: 'connect',
      kind: 'error',
      operation,
      error: 'AccessDeniedException',
    });
    for (const operation of [
      'CreateUser',
      'SearchUserHierarchyGroups',
      'SearchPredefinedAttributes',
    ]) {
      await broken(
        'connect.production.permissions',
        new RegExp(`not allowed: ${operation} → .*iam-policy`),
        () => whileFaulty(denied(operation), look),
      );
    }
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
    const readOnly = new URL(database.url);
    readOnly.searchParams.set('options', '-c default_transaction_read_only=on');
    await broken('database.writing', /read-only/, () => look({}, readOnly.href));

    // Nothing of Slack answers, and everything else is said.
    const away = await whileFaulty(method('*', 'reset'), look);
    const told = failures(away);
    assert.ok(
      told.includes('slack.bot-token') && told.every((name) => name.startsWith('slack.')),
      told.join(),
    );

    // In Slack: for operators, and for nobody else.
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

    // A job that was given up.
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(
      `insert into failing_jobs (job_id, queue, data, reference, failures, process_ends, error, given_up_at)
       values (gen_random_uuid(), 'check', '{"requestId":1}', 'abcd1234', 6, 0, 'TypeError', now())`,
    );
    await client.end();
    const dead = (await look()).find(({ name }) => name === 'jobs.dead');
    assert.equal(dead?.status, 'warn');
    assert.match(dead.found, /check, reference abcd1234/);
  });
});
