/** `node src/check-file/main.ts FILE --config config.yaml`: for installations of the bot without the sandbox. */
import { readFileSync } from 'node:fs';
import { formatConfigProblems } from '../config/problems.ts';
import { readInstances } from '../config/read/read-config.ts';
import { type CheckFileArguments, readArguments, usage } from './arguments.ts';
import { type CheckFileDeps, type CommandResult, checkFileCommand } from './check-file-command.ts';

/** Runs the command against the instances of the policy file that `--config` names. */
export function checkFileByConfig(wanted: CheckFileArguments): Promise<CommandResult> {
  const config = wanted.config ?? 'config.yaml';
  const read = readInstances(config, (file) => readFileSync(file, 'utf8'));
  if (!read.ok) throw new TypeError(formatConfigProblems(read.problems));
  const deps: CheckFileDeps = {
    instances: read.instances,
    ...(process.env.SECRETS_KEY && { secretsKey: Buffer.from(process.env.SECRETS_KEY, 'base64') }),
  };
  return checkFileCommand(wanted, deps);
}

/** Prints the output of the command and sets its exit code. */
export async function runAndPrint(
  args: readonly string[],
  run: (wanted: CheckFileArguments) => Promise<CommandResult>,
): Promise<void> {
  try {
    const { exitCode, output } = await run(readArguments(args));
    process.stdout.write(output);
    process.exitCode = exitCode;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof TypeError) process.stderr.write(`${usage}\n`);
    process.exitCode = 2;
  }
}

if (import.meta.main)
  await runAndPrint(process.argv.slice(2), async (wanted) => checkFileByConfig(wanted));
