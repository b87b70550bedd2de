/** Runs of the app's custom steps: Workflow Builder starts them, and the app ends them. */
import type { StepRun } from '../api/workflows.ts';
import { functionExecuted } from './events.ts';
import { secret } from './ids.ts';
import type { JsonObject } from './json.ts';
import type { FunctionInfo } from './manifest.ts';
import { Refusal } from './refusal.ts';
import type { World } from './world.ts';

export type Workflows = {
  all(): readonly StepRun[];
  /** Whether the token belongs to a run that has not ended. */
  isToken(token: string): boolean;
  /** Starts a run and sends the event to the app. */
  start(world: World, step: FunctionInfo, person: string, inputs: JsonObject): StepRun;
  /**
   * Ends a run.
   * @throws Refusal function_execution_not_found, execution_not_in_running_state, parameter_validation_failed
   */
  end(world: World, id: string, end: { outputs: JsonObject } | { error: string }): void;
};

export function createWorkflows(): Workflows {
  const runs = new Map<string, StepRun>();
  /** Token → its run. */
  const tokens = new Map<string, string>();
  return {
    all: () => [...runs.values()],
    isToken: (token) => runs.get(tokens.get(token) ?? '')?.status === 'running',
    start(world, step, person, inputs) {
      const run: StepRun = {
        id: world.ids.next('Fx'),
        callbackId: step.callbackId,
        user: person,
        status: 'running',
      };
      runs.set(run.id, run);
      // The builder of a workflow cannot set it (docs: user_context type); the secret is Slack's own.
      const context = Object.fromEntries(
        step.inputs
          .filter(({ type }) => type === 'slack#/types/user_context')
          .map(({ name }) => [name, { id: person, secret: secret() }]),
      );
      // That the bot's own token can also end a run is a guess.
      const token = `xwfp-${secret()}`;
      tokens.set(token, run.id);
      // That a run without an acknowledgement is delivered again, as every event is, is a guess.
      functionExecuted(world, { run, step, inputs: { ...inputs, ...context }, token });
      return run;
    },
    end(world, id, end) {
      const run = runs.get(id);
      if (!run) throw new Refusal('function_execution_not_found');
      if (run.status !== 'running') throw new Refusal('execution_not_in_running_state');
      if ('error' in end) {
        runs.set(id, { ...run, status: 'failed', error: end.error });
        return;
      }
      const step = world.app.functions.find(({ callbackId }) => callbackId === run.callbackId);
      const known = new Map(step?.outputs.map((output) => [output.name, output]));
      const wrong = [
        // That outputs missing in the manifest are refused is a guess.
        ...Object.keys(end.outputs).filter((name) => !known.has(name)),
        ...[...known.values()]
          .filter(({ name, required }) => required && end.outputs[name] === undefined)
          .map(({ name }) => name),
      ];
      if (wrong.length > 0) {
        throw Refusal.withMessages(
          'parameter_validation_failed',
          wrong.map((name) => `outputs: ${name}`),
        );
      }
      runs.set(id, { ...run, status: 'completed', outputs: end.outputs });
    },
  };
}
