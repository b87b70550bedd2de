/** All parts of the offline Slack in one object, which is passed to the functions that need it. */
import type { WireEntry } from '../api/wire.ts';
import type { LiveEvent } from '../api/workspace.ts';
import { createRecorder, type Recorder } from '../recorder.ts';
import { bot, organization } from '../seed.ts';
import { type Channels, createChannels, maySee } from './channels.ts';
import { createDelivery, type Delivery } from './delivery.ts';
import { createFaultBox, type FaultBox } from './faults.ts';
import { createFiles, type Files } from './files.ts';
import { createIds, type Ids } from './ids.ts';
import { limits, retryDelaysMs } from './limits.ts';
import { createLiveFeed, type LiveFeed } from './live.ts';
import { type InstalledApp, installApp } from './manifest.ts';
import { createMessages, type Messages } from './messages.ts';
import { createRateLimiter, type RateLimiter } from './rate-limits.ts';
import { createResponseUrls, type ResponseUrls } from './response-urls.ts';
import { createRoster, type Roster } from './roster.ts';
import { createTriggers, type Triggers } from './triggers.ts';
import { createViews, type Views } from './views.ts';
import { createWorkflows, type Workflows } from './workflows.ts';

export type WorldOptions = {
  manifest: unknown;
  now?: (() => Date) | undefined;
  /** False only for measurements: a benchmark makes more calls than Slack allows. */
  rateLimits?: boolean | undefined;
  /** How long it waits for an acknowledgement; tests can set a shorter or longer time than Slack's. */
  ackTimeoutMs?: number | undefined;
  /** How long a trigger is valid, for tests that need a different time than Slack's. */
  triggerMs?: number | undefined;
  retryDelaysMs?: readonly number[] | undefined;
  /** Receives each call and delivery after it was answered. */
  record?: ((entry: WireEntry) => void) | undefined;
  /** Whether the workspace is one of two in an organization (Enterprise Grid). */
  organization?: boolean | undefined;
  /** Interval between pings on an open socket. */
  pingMs?: number | undefined;
};

export type World = {
  now: () => Date;
  app: InstalledApp;
  /** The organization of the workspace; null when there is none. */
  organization: { id: string; name: string } | null;
  ids: Ids;
  recorder: Recorder;
  faults: FaultBox;
  live: LiveFeed;
  roster: Roster;
  channels: Channels;
  messages: Messages;
  files: Files;
  views: Views;
  triggers: Triggers;
  workflows: Workflows;
  responseUrls: ResponseUrls;
  rates: RateLimiter | undefined;
  delivery: Delivery;
  /** `http://127.0.0.1:<port>`; known once the server listens. */
  address: { url: string };
  /** Whether the app's bot user is in the conversation. */
  botIsIn(channel: string): boolean;
  /** Notifies the pages of all people who can see this channel. */
  tellChannel(channel: string, event: LiveEvent): void;
};

export function createWorld(options: WorldOptions): World {
  const now = options.now ?? (() => new Date());
  const app = installApp(options.manifest);
  const ids = createIds(now);
  const live = createLiveFeed();
  const recorder = createRecorder({
    now,
    onEntry: (seq) => live.tell({ type: 'wire', seq }),
    onEnd: options.record,
  });
  const faults = createFaultBox(() => live.tell({ type: 'faults' }));
  const roster = createRoster({
    botName: app.botName,
    now,
    organization: options.organization ?? false,
  });
  const channels = createChannels(roster, now);
  const address = { url: '' };

  return {
    now,
    app,
    organization: options.organization ? organization : null,
    ids,
    recorder,
    faults,
    live,
    roster,
    channels,
    messages: createMessages(),
    files: createFiles(ids, now),
    views: createViews(ids),
    triggers: createTriggers(now, options.triggerMs),
    workflows: createWorkflows(),
    responseUrls: createResponseUrls(now),
    rates: options.rateLimits === false ? undefined : createRateLimiter(now),
    delivery: createDelivery({
      now,
      recorder,
      faults,
      ackTimeoutMs: options.ackTimeoutMs ?? limits.ackMs.max,
      retryDelaysMs: options.retryDelaysMs ?? retryDelaysMs,
      pingMs: options.pingMs ?? 10_000,
      onChange: () => live.tell({ type: 'state' }),
    }),
    address,
    botIsIn: (channel) => channels.get(channel)?.members.has(bot.userId) ?? false,
    tellChannel(channel, event) {
      const conversation = channels.get(channel);
      live.tell(event, (user) => {
        const person = roster.get(user);
        return Boolean(conversation && person && maySee(conversation, person));
      });
    },
  };
}
