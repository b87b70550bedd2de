/** Acknowledges runs of the custom step, and ends those without a request. */
import { explain } from '../errors/problem.ts';
import type { Services } from '../services.ts';
import type { Listeners } from '../slack/listener-table.ts';
import { refuseStep } from './end-step.ts';
import { parseStepRun } from './step-event.ts';
import { whyNoRequest } from './submit-step.ts';

export function registerWorkflowStep(listeners: Listeners, services: Services): void {
  // Bolt itself acknowledges every event except this one. The content for a request was stored before
  // (events/store-event.ts). A run without a request is ended first. If that fails, Slack gets no acknowledgement and
  // delivers the run again, so that no workflow waits forever.
  listeners.event('function_executed', async ({ ack, event, client }) => {
    const run = parseStepRun(event);
    const why = run && whyNoRequest(services, run);
    if (run && why && !(await refuseStep(services, client, run.executionId, explain(why)))) return;
    await ack();
  });
}
