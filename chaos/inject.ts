/** Injects the faults of a plan, step by step, and counts them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChaosEnvironment } from './environment.ts';
import { faultName } from './fault-catalogue.ts';
import type { People } from './people.ts';
import type { Plan, Step } from './plan.ts';

/** Name of the fault → count: `SIGKILL`, `database fast`, `slack method`, … */
export type Injected = ReadonlyMap<string, number>;

export async function executeFaults(
  plan: Plan,
  { sandbox, replicas, postgres }: ChaosEnvironment,
  people: People,
  options: { readonly signal: AbortSignal; readonly onStep: (step: Step, at: number) => void },
): Promise<Injected> {
  const { signal, onStep } = options;
  const injected = new Map<string, number>();
  let restarts: Promise<void> = Promise.resolve();
  const failures: unknown[] = [];

  async function take(step: Step): Promise<void> {
    switch (step.do) {
      case 'kill':
        return replicas.kill(step.replica, step.signal, step.backAfterMs);
      case 'hang':
        return replicas.hang(step.replica, step.forMs);
      case 'database':
        // The other steps continue meanwhile, but only one replica is stopped at a time.
        restarts = restarts
          .then(() => postgres.restart(step.end, step.downMs))
          .catch((error: unknown) => void failures.push(error));
        return;
      case 'fault':
        await sandbox.fault(step.spec, step.times);
        return;
      case 'request':
        return people.begin(step.request);
    }
  }

  for (const [at, step] of plan.steps.entries()) {
    await sleep(step.waitMs, undefined, { signal });
    await take(step);
    const name = nameOf(step);
    injected.set(name, (injected.get(name) ?? 0) + 1);
    onStep(step, at);
  }
  await restarts;
  if (failures.length > 0) throw failures[0];
  return injected;
}

function nameOf(step: Step): string {
  switch (step.do) {
    case 'kill':
      return step.signal;
    case 'hang':
      return 'replica hangs';
    case 'database':
      return `database ${step.end}`;
    case 'fault':
      return faultName(step);
    case 'request':
      return `${step.request.how}, ${step.request.course}`;
  }
}
