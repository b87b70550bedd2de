/** A run of the custom step becomes a request by the person who ran the workflow, with the same rules as the form. */
import type { InstanceConfig } from '../config/config.ts';
import { type Problem, problem } from '../errors/problem.ts';
import { submitRequest } from '../requests/submit/submit-request.ts';
import type { Services } from '../services.ts';
import type { StepRun } from './step-event.ts';

/** Why a run makes no request; null when it makes one. */
export function whyNoRequest(services: Services, run: StepRun): Problem | null {
  if (run.requesterId === null) return problem('workflow.nobody');
  return instanceOf(services, run)
    ? null
    : problem('workflow.unknown-instance', { instance: run.instance ?? '' });
}

/** Stores the request, once for each run however often Slack delivers it. */
export async function submitStep(services: Services, run: StepRun): Promise<void> {
  const instance = instanceOf(services, run);
  if (!instance || run.requesterId === null) return;
  const { executionId, requesterId, draft, reason } = run;
  // Slack is not called before the acknowledgement, because it can be slow. The check reads the person later.
  const name = services.people.peek(requesterId)?.name ?? requesterId;
  await submitRequest(services, {
    deliveryId: `function ${executionId}`,
    requester: { id: requesterId, name },
    instance,
    drafts: [draft],
    reason,
    workflowExecution: executionId,
  });
}

function instanceOf({ config }: Services, { instance }: StepRun): InstanceConfig | undefined {
  if (instance === undefined) return config.instances[0];
  return config.instances.find(({ alias }) => alias.toLowerCase() === instance.toLowerCase());
}
