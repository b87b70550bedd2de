/** `npm run check-file`: checks a file against an instance as the bot does, and creates nobody. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { InstanceConfig } from '../config/config.ts';
import { createAwsGateway } from '../connect/aws/aws-gateway.ts';
import { createDirectory } from '../connect/directory.ts';
import { ConnectReadError } from '../connect/gateway.ts';
import { type OtherInstance, userContext } from '../connect/user-context.ts';
import { ProblemError, problem } from '../errors/problem.ts';
import { readAndCheck } from '../users/files/read-and-check.ts';
import { type FileChoices, FileQuestionError } from '../users/files/table/file-question.ts';
import { offerOf } from '../users/files/templates/example.ts';
import { templateJson } from '../users/files/templates/template-json.ts';
import type { CheckFileArguments } from './arguments.ts';
import {
  answerOf,
  exitCodeOf,
  type FileAnswer,
  questionAnswer,
  refusalAnswer,
} from './file-answer.ts';
import { textAnswer } from './text-answer.ts';

export type CheckFileDeps = {
  readonly instances: readonly InstanceConfig[];
  /** Whether the real bot would have a key for typed passwords. */
  readonly secretsKey?: Uint8Array;
};

export type CommandResult = { readonly exitCode: 0 | 1 | 2; readonly output: string };

/**
 * Runs the command. Rejects when the file cannot be opened, no instance has that alias, or Amazon Connect does not
 * answer. A file that cannot be used is a normal answer with exit code 2.
 */
export async function checkFileCommand(
  wanted: CheckFileArguments,
  deps: CheckFileDeps,
): Promise<CommandResult> {
  const instance = instanceNamed(wanted.instance, deps.instances);
  const gateway = createAwsGateway(instance);
  try {
    const snapshot = await createDirectory(gateway, { now: () => new Date() }).get();
    if (wanted.file === null) {
      const skeleton = templateJson(snapshot.facts.identityMode, offerOf(snapshot));
      return { exitCode: 0, output: Buffer.from(skeleton).toString('utf8') };
    }
    const name = path.basename(wanted.file);
    const file = { name, bytes: readFileSync(wanted.file) };
    const key = deps.secretsKey === undefined ? {} : { secretsKey: deps.secretsKey };
    const others = await readOthers(instance, deps.instances);
    const context = userContext(key, instance, snapshot, others);
    const answer = await readAndCheck({ ...file, choices: choicesOf(wanted) }, context)
      .then((checked) => answerOf(checked, snapshot.facts.id))
      .catch(refused);
    const output = wanted.json ? `${JSON.stringify(answer, null, 2)}\n` : textAnswer(name, answer);
    return { exitCode: exitCodeOf(answer), output };
  } finally {
    gateway.close();
  }
}

function choicesOf({ encoding, sheet }: CheckFileArguments): FileChoices {
  return { ...(encoding !== undefined && { encoding }), ...(sheet !== undefined && { sheet }) };
}

/** The data of the other instances that answer, to detect names that belong to one of them. */
function readOthers(instance: InstanceConfig, instances: readonly InstanceConfig[]) {
  const others = instances.filter((candidate) => candidate !== instance);
  return Promise.all(
    others.map(async (config): Promise<OtherInstance> => {
      const gateway = createAwsGateway(config);
      try {
        const directory = createDirectory(gateway, { now: () => new Date() });
        return { config, snapshot: await directory.get() };
      } catch (error) {
        if (!(error instanceof ConnectReadError)) throw error;
        return { config, snapshot: undefined };
      } finally {
        gateway.close();
      }
    }),
  );
}

function refused(error: unknown): FileAnswer {
  if (error instanceof FileQuestionError) return questionAnswer(error.question);
  if (error instanceof ProblemError) return refusalAnswer(error.problem);
  throw error;
}

function instanceNamed(
  alias: string | undefined,
  instances: readonly InstanceConfig[],
): InstanceConfig {
  const found =
    alias === undefined
      ? instances[0]
      : instances.find((instance) => instance.alias.toLowerCase() === alias.toLowerCase());
  if (found) return found;
  throw new ProblemError(problem('form.unknown-instance', { instance: alias ?? '' }));
}
