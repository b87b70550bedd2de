/** Assigns use cases to queues, determines which errors are outages, and handles jobs that are given up. */

import type { WebClient } from '@slack/web-api';
import { remindRequest } from './approvals/remind-request.ts';
import { ConnectReadError } from './connect/gateway.ts';
import * as links from './links/link-job.ts';
import { createBackground } from './operations/background-memory.ts';
import { provisionRequest } from './provisioning/provision-request.ts';
import { checkRequest } from './requests/check/check-request.ts';
import { executeDecision } from './requests/decide/decide-request.ts';
import { expireRequest } from './requests/decide/expire-request.ts';
import {
  giveUpCheck,
  giveUpDecision,
  giveUpExpiry,
  giveUpProvisioning,
  giveUpPublishing,
} from './requests/give-up.ts';
import { refreshHome } from './requests/publish/publish-home.ts';
import { publishRequest } from './requests/publish/publish-request.ts';
import type { Services } from './services.ts';
import { createProjector } from './slack/posts/projector.ts';
import { slackFailureOf } from './slack/slack-failure.ts';
import type { Outage } from './storage/job-tries.ts';
import { isDatabaseUnavailable } from './storage/unavailable.ts';
import { endStep } from './workflow/end-step.ts';

/** Runs the jobs of every queue from now on. */
export async function workJobs(services: Services, client: WebClient): Promise<void> {
  const { jobs, newerBlocks, db, now, log } = services;
  const projector = createProjector({
    client,
    newerBlocks,
    botUserId: services.people.home.botUserId,
    db,
    now,
    log,
  });
  const inBackground = createBackground();
  await jobs.work(
    'check',
    ({ data, tries }) => inBackground(() => checkRequest(services, data.requestId, tries)),
    (data, why) => giveUpCheck(services, data.requestId, why),
  );
  await jobs.work(
    'decide',
    ({ data }) => executeDecision(services, data),
    (data, why) => giveUpDecision(services, data, why),
  );
  await jobs.work(
    'expire',
    ({ data }) => expireRequest(services, data.requestId),
    (data, why) => giveUpExpiry(services, data.requestId, why),
  );
  await jobs.work(
    'remind',
    ({ data }) => remindRequest(services, data.requestId),
    // The next reminder, or the expiry of the request, is not affected.
    () => Promise.resolve(),
  );
  await jobs.work(
    'publish',
    async ({ data: { requestId }, signal }) => {
      try {
        // A report of ten thousand rows is in memory several times while it is uploaded.
        await inBackground(() => publishRequest(services, projector, requestId, signal));
      } finally {
        // Also when a channel accepts no messages, because the workflow must not wait for that.
        await endStep(services, client, requestId);
      }
    },
    (data, why) => giveUpPublishing(services, data.requestId, why),
  );
  await jobs.work(
    'home',
    ({ data }) => refreshHome(services, client, data.personId),
    // It only shows an old state, which is corrected when its person opens it.
    () => Promise.resolve(),
  );
  await jobs.work(
    'link',
    ({ data }) => links.runLinkJob(services, client, data),
    (data, why) => links.giveUpLink(services, data, why),
  );
  await jobs.work(
    'provision',
    ({ data, signal }) => inBackground(() => provisionRequest(services, data.requestId, signal)),
    (data, why) => giveUpProvisioning(services, data.requestId, why),
  );
}

/** Which outage an error means. Each kind of error is created at its origin, so nothing is guessed here. */
export function outageOf(error: unknown): Outage | null {
  if (isDatabaseUnavailable(error)) return error.trouble === 'away' ? 'database' : null;
  if (error instanceof ConnectReadError) {
    return error.kind === 'unavailable' || error.kind === 'throttled' ? 'connect' : null;
  }
  switch (slackFailureOf(error)?.kind) {
    case 'no-answer':
    case 'rate-limited':
    case 'temporary':
    case 'locked-out':
      return 'slack';
    default:
      return null;
  }
}
