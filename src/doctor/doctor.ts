/** Checks everything outside the bot that it needs, and reports the result of each check. */
import type { StoredLinks } from '../auth/stored-links.ts';
import type { Config, InstanceConfig } from '../config/config.ts';
import { readableFiles } from '../config/read/open-files.ts';
import { createAwsGateway } from '../connect/aws/aws-gateway.ts';
import { createDirectory } from '../connect/directory.ts';
import type { InstanceClient } from '../connect/instance-client.ts';
import { createPermissions } from '../connect/permissions.ts';
import { boltLevel, boltLogger } from '../operations/bolt-log.ts';
import type { Log } from '../operations/log.ts';
import { createOwnReadTurns, type ReadTurns } from '../pacing/read-turns.ts';
import { createSlackClient } from '../slack/client.ts';
import { createPeople, readHomeTeam } from '../slack/people.ts';
import { filesWithSecrets } from '../start/env-file.ts';
import type { ApproverDeps, ListGroup } from './approvers/approver-search.ts';
import { auditLines } from './audit-lines.ts';
import { blockLines } from './blocks/block-lines.ts';
import { type Line, pass, warn } from './check/line.ts';
import { onceEach } from './check/once.ts';
import { connectLines } from './connect-lines.ts';
import { databaseLines } from './database-lines.ts';
import { readConfirmedLinks, withDoctorConnection } from './doctor-store.ts';
import { sharedReads } from './shared-reads.ts';
import { signInLines } from './sign-in-lines.ts';
import { slackLines } from './slack-lines.ts';

const slackCallMs = 8_000;
/** One read with its retries: an outage is found sooner than the bot would give up. */
const timeouts = { connectMs: 3_000, readMs: 5_000, createMs: 8_000, readDeadlineMs: 12_000 };

/** The data of a bot that runs in this process. */
export type RunningBot = {
  /** The pace at which it reads an instance. */
  readonly readTurns: (instance: InstanceConfig) => ReadTurns;
  /** When its copy of the instance's directory was read; null when it has none. */
  readonly copyReadAt: (alias: string) => Date | null;
};

/**
 * All lines, in the same order every time; the checks are independent and run concurrently.
 *
 * @param deps.databaseUrl null when the embedded database is not running
 * @param deps.blocks makes Slack validate every shape of message and view
 * @param deps.bot absent when doctor runs as a separate command
 */
export async function examine(
  config: Config,
  deps: {
    readonly log: Log;
    readonly databaseUrl: string | null;
    readonly blocks?: boolean;
    readonly bot?: RunningBot;
  },
): Promise<Line[]> {
  const { log, databaseUrl, blocks = false, bot } = deps;
  const clientOf = (token: string) =>
    createSlackClient(
      { ...config.slack, botToken: token },
      slackCallMs,
      boltLogger(log),
      boltLevel(log),
    );
  const client = clientOf(config.slack.botToken);
  const { transport } = config.slack;
  // Slack allows about twenty reads of groups per minute.
  const listGroup: ListGroup = onceEach(async (usergroup) => {
    const { users } = await client.usergroups.users.list({ usergroup });
    return Array.isArray(users) ? users : [];
  });
  const approverDeps = readApproverDeps(config, { client, databaseUrl, listGroup });
  const readTurns = bot?.readTurns ?? createOwnReadTurns();
  const instanceClients = config.instances.map((instance) =>
    openInstanceClient(instance, readTurns(instance)),
  );
  try {
    const parts = await Promise.all([
      databaseLines(config.database, databaseUrl),
      auditLines(config.auditBucket),
      signInLines(config),
      slackLines(config, client, {
        appClient: transport.kind === 'socket' ? clientOf(transport.appToken) : null,
        listGroup,
      }),
      ...instanceClients.map((instanceClient) =>
        connectLines(instanceClient, {
          approverDeps,
          ...(bot && { copyReadAt: bot.copyReadAt(instanceClient.config.alias) }),
        }),
      ),
    ]);
    // After the other checks, which already report a bot token that does not work.
    const validated = blocks
      ? await blockLines(
          config.instances,
          client,
          await Promise.all(instanceClients.map(snapshotOf)),
        )
      : [];
    const aliases = config.instances.map(({ alias }) => alias).join(', ');
    return [
      { name: 'settings', status: 'pass', found: `valid; instances: ${aliases}` },
      secretFilesLine(readableFiles(filesWithSecrets(process.env))),
      ...parts.flat(),
      ...validated,
    ];
  } finally {
    for (const { gateway } of instanceClients) gateway.close();
  }
}

function secretFilesLine(readable: readonly string[]): Line {
  const name = 'settings.files';
  if (readable.length === 0) {
    return { name, ...pass('no file with secrets can be read by everybody on this machine') };
  }
  const files = readable.join(' ');
  return {
    name,
    ...warn(`everybody on this machine can read ${readable.join(', ')}`, `chmod o-r ${files}`),
  };
}

function openInstanceClient(config: InstanceConfig, readTurns: ReadTurns): InstanceClient {
  const gateway = sharedReads(createAwsGateway(config, { timeouts, readTurns }));
  const now = () => new Date();
  return {
    config,
    gateway,
    directory: createDirectory(gateway, { now }),
    permissions: createPermissions(gateway, { now }),
  };
}

/** The directory of the instance for the form; null when it cannot be read, which other lines report. */
function snapshotOf({ directory }: InstanceClient) {
  return directory.get().catch(() => null);
}

/** The data for identifying people; null when Slack is not available, which another line reports. */
async function readApproverDeps(
  config: Config,
  deps: {
    readonly client: ReturnType<typeof createSlackClient>;
    readonly databaseUrl: string | null;
    readonly listGroup: ListGroup;
  },
): Promise<ApproverDeps | null> {
  const { client, databaseUrl, listGroup } = deps;
  const [home, links] = await Promise.all([
    readHomeTeam(client).catch(() => null),
    databaseUrl === null
      ? null
      : withDoctorConnection(databaseUrl, readConfirmedLinks).catch(() => null),
  ]);
  if (!home) return null;
  const stored: StoredLinks = {
    of: async (personId, instance) =>
      links?.find((link) => link.personId === personId && link.instance === instance) ?? null,
    to: async (userId, instance) =>
      (links ?? [])
        .filter((link) => link.userId === userId && link.instance === instance)
        .map((link) => link.personId),
  };
  return {
    people: createPeople(client, home, Date.now),
    policy: config.identity,
    links: stored,
    linksAreKnown: links !== null || !config.identity.ways.includes('link'),
    listGroup,
  };
}
