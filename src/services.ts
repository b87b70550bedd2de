/** The dependencies of use cases: built once by app.ts, passed to each as its first argument. */

import type { Logger } from 'pino';
import type { AuthorityDeps } from './auth/authority.ts';
import type { StoredLinks } from './auth/stored-links.ts';
import type { Config } from './config/config.ts';
import { standardTimeouts, type Timeouts } from './connect/aws/client.ts';
import type { InstanceClient } from './connect/instance-client.ts';
import type { FileChecker } from './file-checker/file-checker.ts';
import type { Examined } from './messages/replies/doctor-reply.ts';
import type { Budget } from './pacing/personal-budget.ts';
import type { ViewLimits } from './pacing/view-limits.ts';
import type { SendTurns } from './provisioning/send-turns.ts';
import type { Audiences } from './requests/submit/approver-candidates.ts';
import type { IsSharedChannel } from './slack/conversations/shared-channels.ts';
import type { SlackFiles } from './slack/download-files.ts';
import type { SendEphemeral } from './slack/ephemeral.ts';
import type { TellOperators } from './slack/operators.ts';
import type { People } from './slack/people.ts';
import type { NewerBlocks } from './slack/posts/send-newer-blocks.ts';
import { type Db, type IntakeLimits, standardIntakeLimits } from './storage/database.ts';
import { type GiveUpAfter, standardGiveUpAfter } from './storage/failing-jobs.ts';
import type { Jobs } from './storage/jobs.ts';

/**
 * Time limits for the steps before an acknowledgement. A person whose step takes longer is told what was not available.
 * Slack gives 3 s in all: https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
 */
export type BeforeAcknowledging = IntakeLimits & {
  /** For the directory of an instance and for people from Slack. */
  readonly readMs: number;
  /** For the instances and presets that a person may use, and for the users of an instance in a menu. */
  readonly offerMs: number;
  /** For whether the bot can see a file. */
  readonly fileMs: number;
};

export type ForTheCard = {
  /** For the names of those who could approve. */
  readonly audienceMs: number;
  /** For all users of an instance, with which new ones are compared. */
  readonly colleaguesMs: number;
};

/** The time limits for external services; scenarios change them. */
export type Timing = {
  /** The delay before a request that waits for Connect is retried. */
  readonly holdRetryMs: number;
  /** How long a user may be missing from SearchUsers after CreateUser. A guess, because AWS documents no limit. */
  readonly lookupWindowMs: number;
  /**
   * How long after it was marked a row may still be sent. A process that was suspended in between does not send it,
   * because another one may be looking it up by now.
   */
  readonly markCountsForMs: number;
  /** The duration after which a request shows that it waits. */
  readonly saySlowAfterMs: number;
  /** When a job that fails for an unknown reason is given up. */
  readonly giveUpAfter: GiveUpAfter;
  /** The time between two look-ups of one unclear row. */
  readonly lookupEveryMs: number;
  /** One of all bots searches direct messages for missed files in each interval of this length. */
  readonly directLookEveryMs: number;
  /** The time between two searches for overdue requests. */
  readonly endOverdueEveryMs: number;
  /** How many views one person may open. Slack allows a bot about a hundred per minute for all people together. */
  readonly openings: Budget;
  /** How many changes of open views one person may cause; views.update has a limit of the same kind. */
  readonly updates: Budget;
  /** The time limits of the steps before an acknowledgement. */
  readonly beforeAcknowledging: BeforeAcknowledging;
  /** How long the check of a request waits for optional data of its card. */
  readonly forTheCard: ForTheCard;
  /** How long one Web API call may take; a call that hangs must not hold a job forever. */
  readonly slackCallMs: number;
  /** How long the parts of a call to Amazon Connect may take. */
  readonly connect: Timeouts;
};

export const standardTiming: Timing = {
  holdRetryMs: 60_000,
  lookupWindowMs: 30_000,
  markCountsForMs: 5_000,
  lookupEveryMs: 3_000,
  saySlowAfterMs: 7_000,
  giveUpAfter: standardGiveUpAfter,
  directLookEveryMs: 30_000,
  endOverdueEveryMs: 60_000,
  openings: { burst: 10, everyMs: 2_000 },
  updates: { burst: 12, everyMs: 2_000 },
  beforeAcknowledging: { ...standardIntakeLimits, readMs: 800, offerMs: 1_500, fileMs: 1_200 },
  forTheCard: { audienceMs: 500, colleaguesMs: 2_000 },
  slackCallMs: 8_000,
  connect: standardTimeouts,
};

export type Services = ViewLimits & {
  readonly config: Config;
  readonly timing: Timing;
  readonly db: Db;
  /** The database for what is stored before an acknowledgement. */
  readonly intake: Db;
  readonly jobs: Jobs;
  readonly people: People;
  /** Identity links that admins have confirmed. */
  readonly links: StoredLinks;
  readonly sendEphemeral: SendEphemeral;
  readonly newerBlocks: NewerBlocks;
  readonly tellOperators: TellOperators;
  readonly isSharedChannel: IsSharedChannel;
  readonly files: SlackFiles;
  /** Reads and checks files in a thread with its own memory limit. */
  readonly fileChecker: FileChecker;
  /** Alias → the instance and its client. */
  readonly instanceClients: ReadonlyMap<string, InstanceClient>;
  /** Which request sends next. */
  readonly sendTurns: SendTurns;
  /** Who could approve, and who is informed. */
  readonly audiences: Audiences;
  /** Checks everything external that the bot needs (`npm run doctor`). */
  readonly examine: () => Promise<readonly Examined[]>;
  readonly now: () => Date;
  readonly log: Logger;
};

/** The dependencies for finding out which Connect user a person is. */
export function authorityDeps({
  people,
  config,
  links,
}: Pick<Services, 'people' | 'config' | 'links'>): AuthorityDeps {
  return { people, policy: config.identity, links };
}
