/** Runs a workflow that contains one of the app's custom steps, as a person. */
import type { StepRun } from '../../api/workflows.ts';
import { asText, type JsonObject, objectOf } from '../json.ts';
import type { World } from '../world.ts';
import { personOf } from './person.ts';
import { Problem } from './problem.ts';

export function runStep(world: World, body: JsonObject): { run: StepRun } {
  const person = personOf(world, body.user);
  const step = world.app.functions.find(({ callbackId }) => callbackId === body.callbackId);
  if (!step) {
    throw new Problem(
      404,
      'unknown_step',
      `the manifest has no function \`${asText(body.callbackId)}\``,
    );
  }
  const inputs = objectOf(body.inputs);
  const missing = step.inputs.find(
    ({ name, type, required }) =>
      required && type !== 'slack#/types/user_context' && inputs[name] === undefined,
  );
  if (missing) throw new Problem(400, 'missing_input', `the step needs \`${missing.name}\``);
  return { run: world.workflows.start(world, step, person.id, inputs) };
}
