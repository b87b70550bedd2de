/** Runs of the custom step, as a person starts a workflow in Slack. */
import type { StepRun } from '../../sandbox/api/workflows.ts';
import { eventually, type SandboxCalls } from './sandbox-calls.ts';

export const maryInputs = {
  first_name: 'Mary',
  last_name: 'Major',
  username: 'mary.major',
  email: 'mary.major@harbour.example',
  routing_profile: 'Basic Routing Profile',
  security_profiles: 'Agent',
  reason: 'from the onboarding workflow',
};

export async function runStep(
  sandbox: SandboxCalls,
  user: string,
  inputs: object,
): Promise<StepRun> {
  const body = { user, callbackId: 'request_connect_user', inputs };
  return (await sandbox.call<{ run: StepRun }>('POST', '/workflows', body)).run;
}

/** The run after it has ended. */
export function stepEnded(sandbox: SandboxCalls, { id }: StepRun): Promise<StepRun> {
  return eventually('the step ends', async () => {
    const { runs } = await sandbox.call<{ runs: StepRun[] }>('GET', '/workflows');
    return runs.find((run) => run.id === id && run.status !== 'running');
  });
}
