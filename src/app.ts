/** Composition: builds the whole bot from a Config. Importing this file starts nothing. */

import type { RequestListener } from 'node:http';
import { notePolicy, reloadPolicy } from './approvals/load-policy.ts';
import { bucketAnchor } from './audit/bucket.ts';
import { keepHeadLog } from './audit/head-log.ts';
import { keepWebhook } from './audit/webhook.ts';
import { createBolt } from './bolt.ts';
import type { Config, InstanceConfig } from './config/config.ts';
import { type LiveConfig, liveConfig } from './config/live-config.ts';
import type { ConfigRead } from './config/read/read-config.ts';
import { createAwsGateway } from './connect/aws/aws-gateway.ts';
import { createDirectory } from './connect/directory.ts';
import type { InstanceClient } from './connect/instance-client.ts';
import { createPermissions } from './connect/permissions.ts';
import { readAtStart } from './connect/read-at-start.ts';
import { examine, type RunningBot } from './doctor/doctor.ts';
import { startCatchUp } from './events/catch-up.ts';
import { storeEvent } from './events/store-event.ts';
import { createFileChecker } from './file-checker/file-checker.ts';
import { sendReadiness, startHealthServer } from './health/health-server.ts';
import { keepCollecting } from './health/metrics-store.ts';
import { readReadiness, sharedReadiness, withoutReasons } from './health/readiness.ts';
import { createStoredLinks } from './links/links-store.ts';
import { boltLevel, boltLogger } from './operations/bolt-log.ts';
import type { Log } from './operations/log.ts';
import type { ProcessRecord } from './operations/process-record.ts';
import { withTimeout } from './operations/with-timeout.ts';
import { announcePaces } from './pacing/announce-pace.ts';
import { createReadTurns } from './pacing/read-turns.ts';
import { createViewLimits } from './pacing/view-limits.ts';
import { createSendTurns } from './provisioning/send-turns.ts';
import { createReceiver, type StoreFirst, startReceiver } from './receiver.ts';
import { watchOverdue } from './requests/end-overdue.ts';
import { watchRefusals } from './requests/publish/retry-refused.ts';
import { createAudiences } from './requests/submit/approver-candidates.ts';
import { keepRetention } from './retention/erase.ts';
import { type Services, standardTiming, type Timing } from './services.ts';
import { createSignInServer } from './sign-in/sign-in-server.ts';
import { createSlackClient } from './slack/client.ts';
import { checkScopes } from './slack/conversations/check-scopes.ts';
import { checkUsergroups, policyUsergroups } from './slack/conversations/check-usergroups.ts';
import { refuseSharedChannels } from './slack/conversations/refuse-shared-channels.ts';
import { createSharedChannels } from './slack/conversations/shared-channels.ts';
import { warnAboutChannels } from './slack/conversations/warn-about-channels.ts';
import { createSlackFiles } from './slack/download-files.ts';
import { createEphemeralSender } from './slack/ephemeral.ts';
import { createTellOperators } from './slack/operators.ts';
import { createPeople, readHomeTeam } from './slack/people.ts';
import { createNewerBlocks } from './slack/posts/send-newer-blocks.ts';
import type { ConnectionHealth } from './slack/sockets/keep-connected.ts';
import { type Db, openDatabase } from './storage/database.ts';
import { countGivenUp, noteProcessEnds } from './storage/failing-jobs.ts';
import { createJobs } from './storage/jobs.ts';
import type { SpanSink } from './tracing/span.ts';
import { traceDeliveries, traceJobs } from './tracing/traced.ts';
import { outageOf, workJobs } from './work-jobs.ts';

export type RunningApp = {
  /** The port for signed deliveries, with HTTP; null with Socket Mode. */
  readonly port: number | null;
  /** The port for health and metrics; null when they are not served. */
  readonly healthPort: number | null;
  /** The port for the sign-in pages; null when they are not served. */
  readonly signInPort: number | null;
  /** The open connections to Slack, for the health of the process; null with HTTP. */
  connections(): ConnectionHealth | null;
  /** Applies a policy that was read again (SIGHUP); false when it is refused and the old one stays in effect. */
  reload(read: ConfigRead): Promise<boolean>;
  /** Accepts no new work, finishes and records the running work, then closes everything. */
  stop(): Promise<void>;
};

export type AppDeps = {
  readonly log: Log;
  readonly now?: () => Date;
  readonly timing?: Timing;
  /**
   * Called once, with the reason, when nothing has arrived from Slack for ten minutes, so that the process can be
   * restarted.
   */
  readonly onDeaf?: (reason: string) => void;
  /** Which jobs this process runs, and which jobs may have ended earlier processes. */
  readonly processRecord?: Pick<ProcessRecord, 'suspects' | 'begin'>;
  /**
   * How many connections to the database the bot's work may use at once, in addition to those of its jobs and of
   * deliveries.
   */
  readonly workConnections?: number;
  /** Receives the spans of deliveries and jobs; when absent, nothing is traced. */
  readonly spans?: SpanSink;
};

/** The longest wait for a running send when the bot stops. */
const jobsStopWithinMs = 8_000;
/**
 * The limit for all steps together. Orchestrators usually wait 10 s or more before they kill a process, which is safe
 * (H8).
 */
const stopWithinMs = 9_500;

/**
 * Builds the bot and starts it. Rejects when Slack refuses the tokens or the database is not available; everything
 * that was opened before is closed again.
 */
export async function startApp(startConfig: Config, deps: AppDeps): Promise<RunningApp> {
  const live = liveConfig(startConfig);
  const { config } = live;
  const { log, now = () => new Date(), timing = standardTiming, processRecord } = deps;
  const closers: (() => unknown)[] = [];
  const closeAll = async () => {
    for (const close of closers.reverse()) {
      await Promise.resolve()
        .then(close)
        .catch((error: unknown) => log.warn({ err: error }, 'could not close'));
    }
  };
  try {
    const client = createSlackClient(
      config.slack,
      timing.slackCallMs,
      boltLogger(log),
      boltLevel(log),
    );
    const [home, database] = await Promise.all([
      readHomeTeam(client),
      openDatabase(config.database, {
        log,
        intake: timing.beforeAcknowledging,
        workConnections: deps.workConnections,
      }).then((opened) => {
        closers.push(() => opened.close());
        return opened;
      }),
    ]);
    // Gateways are closed after the jobs have stopped, so that running sends are finished.
    const { db } = database;
    const instanceClients = new Map(
      config.instances.map((instance) => [
        instance.alias,
        openInstanceClient(live, instance, { db, timing, now, log }),
      ]),
    );
    closers.push(() => {
      for (const instanceClient of instanceClients.values()) instanceClient.gateway.close();
    });
    const paces = await announcePaces({ db, instances: config.instances, log });
    closers.push(() => paces.stop());
    const anchors = config.auditBucket ? [bucketAnchor(config.auditBucket)] : [];
    const headLog = keepHeadLog({ db, log, now, anchors });
    closers.push(() => headLog.stop());
    const tellOperators = createTellOperators(client, config, log);
    if (config.auditWebhook) {
      const webhook = keepWebhook({ db, log, now, tellOperators, config: config.auditWebhook });
      closers.push(() => webhook.stop());
    }
    const retention = keepRetention({ db, log, now, days: () => config.retentionDays });
    closers.push(() => retention.stop());
    const jobs = createJobs({
      database,
      log,
      outageOf,
      giveUpAfter: timing.giveUpAfter,
      ...(processRecord && { record: processRecord.begin }),
      ...(deps.spans && { around: traceJobs(deps.spans, db) }),
    });
    closers.push(() => jobs.stop({ graceful: true, timeoutMs: jobsStopWithinMs }));
    await jobs.start();
    await noteProcessEnds(db, processRecord?.suspects ?? []);
    const givenUp = await countGivenUp(db);
    if (givenUp.size > 0) {
      log.warn({ jobs: Object.fromEntries(givenUp) }, 'jobs were given up in the last 90 days');
    }
    const people = createPeople(client, home, () => now().getTime());
    const sendEphemeral = createEphemeralSender(client, config.slack, log);
    const fileChecker = createFileChecker();
    closers.push(() => fileChecker.stop());
    const isSharedChannel = createSharedChannels(client, () => now().getTime());
    await refuseSharedChannels(config.instances, isSharedChannel);
    const bot: RunningBot = {
      readTurns: (instance) => createReadTurns({ db, instance, log }),
      copyReadAt: (alias) => instanceClients.get(alias)?.directory.peek()?.readAt ?? null,
    };
    const services: Services = {
      config,
      timing,
      db,
      intake: database.intake,
      jobs,
      people,
      sendEphemeral,
      newerBlocks: createNewerBlocks({ now, log }),
      ...createViewLimits(timing),
      tellOperators,
      isSharedChannel,
      files: createSlackFiles(client, config.slack, people),
      fileChecker,
      instanceClients,
      links: createStoredLinks(db),
      sendTurns: createSendTurns(db),
      audiences: createAudiences(() => services),
      examine: () => examine(config, { log, databaseUrl: database.url, bot }),
      now,
      log,
    };

    await workJobs(services, client);
    const overdue = watchOverdue(services);
    closers.push(() => overdue.stop());
    const refusals = watchRefusals(services);
    closers.push(() => refusals.stop());
    const storeFirst: StoreFirst = async (event) => {
      const isStored = await storeEvent(services, event);
      if (!isStored) catchUp.soon();
      return isStored;
    };
    const onDeaf = deps.onDeaf ?? (() => {});
    let isWorking = true;
    const ready = sharedReadiness(() =>
      readReadiness({ db: database.intake, slack: health, working: () => isWorking }),
    );
    const onHealth: RequestListener = (request, response) =>
      void ready().then((readiness) => sendReadiness(request, response, withoutReasons(readiness)));
    const signIn = createSignInServer(services);
    const { receiver, health } = createReceiver(config, {
      log,
      now,
      storeFirst,
      onHealth,
      pages: signIn.pages,
      onDeaf,
      trace: deps.spans ? traceDeliveries(deps.spans) : (_delivery, work) => work(),
    });
    const healthServer =
      config.health &&
      (await startHealthServer({
        ...config.health,
        ready,
        connections: () => health()?.open ?? null,
        log,
      }));
    if (healthServer) {
      closers.push(() => healthServer.stop());
      const collecting = keepCollecting(db, log);
      closers.push(() => collecting.stop());
    }
    const catchUp = startCatchUp(services, client, () => health()?.open ?? null);
    closers.push(() => catchUp.stop());
    const app = createBolt(config, services, receiver, home);
    const port = await startReceiver(app, config);
    closers.push(() => app.stop());
    closers.push(() => signIn.stop());
    const signInPort = await signIn.listen(port);

    // In the background: a slow Connect must not keep the bot from answering.
    for (const instanceClient of instanceClients.values()) void readAtStart(instanceClient, log);
    void checkScopes(client, log);
    void warnAboutChannels(client, config.instances, log);
    void checkUsergroups(client, policyUsergroups(config.instances), log);
    const stop = async () => {
      isWorking = false;
      // Immediately, because closing connections to Slack takes a while, and no user may be created in the meantime.
      void jobs
        .windDown()
        .catch((error: unknown) => log.warn({ err: error }, 'could not wind down'));
      await withTimeout(closeAll(), stopWithinMs);
    };
    await notePolicy(services, config, 'start');
    const reload = (read: ConfigRead) => reloadPolicy(services, live, read);
    const healthPort = healthServer?.port ?? null;
    return { port, healthPort, signInPort, connections: health, stop, reload };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function openInstanceClient(
  live: LiveConfig,
  config: InstanceConfig,
  deps: { readonly db: Db; readonly timing: Timing; readonly now: () => Date; readonly log: Log },
): InstanceClient {
  const { db, timing, now, log } = deps;
  const readTurns = createReadTurns({ db, instance: config, log });
  const gateway = createAwsGateway(config, { timeouts: timing.connect, readTurns });
  const onStale = (error: unknown) =>
    log.warn(
      { err: error, instance: config.alias },
      'what this instance offers could not be read again',
    );
  return {
    // The permissions of the policy can change while the bot runs.
    get config() {
      return live.instance(config.alias);
    },
    gateway,
    directory: createDirectory(gateway, { now, onStale }),
    permissions: createPermissions(gateway, { now }),
  };
}
