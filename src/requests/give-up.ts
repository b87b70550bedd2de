/** The consequences for a request when one of its jobs has failed too often for an unknown reason. */
import { type Problem, problem } from '../errors/problem.ts';
import type { Services } from '../services.ts';
import type { GivenUp } from '../storage/job-tries.ts';
import type { JobData } from '../storage/queues.ts';
import { requestNumber } from '../text/request-number.ts';
import { checkGivenUp } from './model/failed-check-transitions.ts';
import { pauseRequest } from './store/pause-request.ts';
import { readRequest } from './store/requests-store.ts';
import { step } from './store/step.ts';

/** The request waits for its requester, who can have it checked again or withdraw it. */
export async function giveUpCheck(services: Services, requestId: number, why: GivenUp) {
  const { reference } = why;
  const said =
    why.kind === 'failed'
      ? problem('check.gave-up', { reference })
      : problem('check.ended-process', { reference });
  await step(services, requestId, (head) => checkGivenUp(head, said, services.now()));
  await tellOperators(services, 'check', requestId, reference);
}

/** Nothing has changed, and the person who clicked is informed. */
export async function giveUpDecision(services: Services, choice: JobData<'decide'>, why: GivenUp) {
  const { reference } = why;
  const place = { channel: choice.channel, person: choice.personId };
  await services.sendEphemeral(place, problem('unexpected', { reference }));
  await tellOperators(services, 'decide', choice.requestId, reference);
}

/** The request stays unchanged: an approval after its time is refused in any case. */
export async function giveUpExpiry(services: Services, requestId: number, why: GivenUp) {
  await tellOperators(services, 'expire', requestId, why.reference);
}

/** Slack shows an older state than the database; the next change of the request tries again. */
export async function giveUpPublishing(services: Services, requestId: number, why: GivenUp) {
  const { reference } = why;
  const request = await readRequest(services.db, requestId);
  const number = requestNumber(requestId);
  if (request) {
    const place = { channel: request.requester_id, person: request.requester_id };
    await services.sendEphemeral(place, problem('publish.gave-up', { number, reference }));
  }
  await tellOperators(services, 'publish', requestId, reference);
}

/** Paused: nothing more is sent until a person presses Resume, or cancels the rest. */
export async function giveUpProvisioning(services: Services, requestId: number, why: GivenUp) {
  const { reference } = why;
  await pauseRequest(services, requestId, problem('create.gave-up', { reference }));
  await tellOperators(services, 'provision', requestId, reference);
}

function tellOperators(
  services: Services,
  queue: string,
  requestId: number,
  reference: string,
): Promise<void> {
  const what: Problem = problem('job.gave-up', {
    queue,
    number: requestNumber(requestId),
    reference,
  });
  return services.tellOperators(what);
}
