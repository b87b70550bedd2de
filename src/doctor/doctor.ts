/** Looks at everything outside that the bot needs, and says of each whether it is well. */
import type { Config } from '../config/config.ts';
import { createAwsGateway } from '../connect/aws/aws-gateway.ts';
import { createDirectory, type DirectorySnapshot } from '../connect/directory.ts';
import { boltLevel, boltLogger } from '../operations/bolt-log.ts';
import type { Log } from '../operations/log.ts';
import { createSlackClient } from '../slack/client.ts';
import { auditLines } from './audit-lines.ts';
import { blockLines } from './block-lines.ts';
import { connectLines } from './connect-lines.ts';
import { databaseLines } from './database-lines.ts';
import type { Line } from './line.ts';
import { signInLines } from './sign-in-lines.ts';
import { slackLines } from './slack-lines.ts';

const slackCallMs = 8_000;
/** One read with its retries: an outage is found sooner than the bot would give up. */
const timeouts = { connectMs: 3_000, readMs: 5_000, createMs: 8_000, readDeadlineMs: 12_000 };

/**
 * All lines, in the same order every time; each thing is looked at for itself, at the same time as the others.
 *
 * @param databaseUrl null when the embedded database is not running
 */
export async function examine(
  config: Config,
  deps: {
    readonly log: Log;
    readonly databaseUrl: string | null;
    /** Has Slack validate every shape of message and view. */
    readonly blocks?: boolean;
  },
): Promise<Line[]> {
  const { log, databaseUrl, blocks = false } = deps;
  const client = (token: string) =>
    createSlackClient(
      { ...config.slack, botToken: token },
      slackCallMs,
      boltLogger(log),
      boltLevel(log),
    );
  const { transport } = config.slack;
  const parts = await Promise.all([
    databaseLines(config.database, databaseUrl),
    auditLines(config.auditBucket),
    signInLines(config),
    slackLines(
      config,
      client(config.slack.botToken),
      transport.kind === 'socket' ? client(transport.appToken) : null,
    ),
    ...config.instances.map(async (instance) => {
      const gateway = createAwsGateway(instance, { timeouts });
      try {
        return await connectLines(instance, gateway);
      } finally {
        gateway.close();
      }
    }),
  ]);
  // After the rest: a bot token that does not work has its line already.
  const validated = blocks
    ? await blockLines(config, client(config.slack.botToken), await snapshots(config))
    : [];
  const aliases = config.instances.map(({ alias }) => alias).join(', ');
  return [
    { name: 'settings', status: 'pass', found: `valid; instances: ${aliases}` },
    ...parts.flat(),
    ...validated,
  ];
}

/** What each instance offers, for the form; null where that cannot be read, which has lines of its own. */
function snapshots(config: Config): Promise<(DirectorySnapshot | null)[]> {
  return Promise.all(
    config.instances.map(async (instance) => {
      const gateway = createAwsGateway(instance, { timeouts });
      try {
        return await createDirectory(gateway, { now: () => new Date() }).get();
      } catch {
        return null;
      } finally {
        gateway.close();
      }
    }),
  );
}
