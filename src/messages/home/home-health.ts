/**
 * The state of the instances, in the App Home of people who decide or operate: remaining quota, pace, waiting work,
 * the latest errors.
 */
import type { KnownBlock } from '@slack/types';
import { explain, type Problem } from '../../errors/problem.ts';
import { count } from '../../text/durations.ts';
import { requestNumber } from '../../text/request-number.ts';
import {
  bold,
  channel,
  clipped,
  dots,
  type Inline,
  icons,
  lines,
  link,
  moment,
} from '../rich-text.ts';

export type InstanceHealth = {
  readonly instance: string;
  readonly requestsChannel: string;
  readonly signInUrl: string | null;
  /** The number of users at the last read; null before the first one. */
  readonly users: number | null;
  /** How many users the instance may have; null when the policy file does not contain it. */
  readonly quota: number | null;
  /** Users that may be created in a second. */
  readonly perSecond: number;
  /** The rate that is left when others use the account too; null when nothing was throttled lately. */
  readonly limitPerSecond: number | null;
  readonly waiting: number;
  readonly running: number;
  /** Requests that are held up, and why the latest one is. */
  readonly held: number;
  readonly heldLast: { readonly id: number; readonly why: Problem } | null;
  /** Users that could not be created within a day, and the latest of them. */
  readonly failed: number;
  readonly failedLast: {
    readonly id: number;
    readonly why: Problem | null;
    readonly at: Date;
  } | null;
};

/** Slack accepts 100 blocks in total. */
const instancesShown = 20;
const reasonLetters = 200;

export function healthBlocks(instances: readonly InstanceHealth[]): KnownBlock[] {
  if (instances.length === 0) return [];
  const rest = instances.length - instancesShown;
  return [
    { type: 'divider', block_id: 'health_line' },
    lines('health', [[bold('Instances')]]),
    ...instances
      .slice(0, instancesShown)
      .map((health, index) => lines(`health_${index}`, healthLines(health))),
    ...(rest > 0 ? [lines('health_more', [[`And ${rest} more.`]])] : []),
  ];
}

function healthLines(health: InstanceHealth): Inline[][] {
  const { instance, requestsChannel, signInUrl, waiting, running, held, heldLast } = health;
  const { failed, failedLast } = health;
  const work = [
    waiting > 0 ? `${waiting} waiting for approval` : null,
    running > 0 ? `${running} being created` : null,
  ];
  return [
    dots([
      bold(instance),
      channel(requestsChannel),
      signInUrl ? link(signInUrl, 'Open Amazon Connect') : null,
    ]),
    dots([room(health), pace(health), ...work]),
    ...(heldLast
      ? [
          [
            icons.paused,
            ` ${count(held, 'request')} held up, the latest ${requestNumber(heldLast.id)}: ${short(explain(heldLast.why))}`,
          ],
        ]
      : []),
    failedLast
      ? [
          icons.warning,
          ` ${count(failed, 'user')} not created in 24 hours, the latest in ${requestNumber(failedLast.id)} `,
          moment(failedLast.at),
          failedLast.why ? `: ${short(explain(failedLast.why))}` : '',
        ]
      : ['No errors in 24 hours'],
  ];
}

function short(sentence: string): string {
  return clipped(sentence, reasonLetters);
}

/** "464 of 500 users, room for 36". */
function room({ users, quota }: InstanceHealth): string {
  if (users === null) return 'users not counted yet';
  if (quota === null) return count(users, 'user');
  const left = quota - users;
  return `${users} of ${quota} users, ${left > 0 ? `room for ${left}` : 'no room'}`;
}

function pace({ perSecond, limitPerSecond }: InstanceHealth): string {
  const said = `${perSecond} per second`;
  if (limitPerSecond === null || limitPerSecond >= perSecond) return said;
  return `${said}, now ${Number(limitPerSecond.toFixed(1))}: others use the account too`;
}
