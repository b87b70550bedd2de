/** The command line of `npm run check-file`. */
import { parseArgs } from 'node:util';

export type CheckFileArguments = {
  /** Null with `--skeleton`, which reads none. */
  readonly file: string | null;
  /** When absent, the first instance of the policy file. */
  readonly instance?: string;
  readonly json: boolean;
  readonly skeleton: boolean;
  /** A separate policy file, whose instances are read instead of the sandbox's. */
  readonly config?: string;
  /** Answers to the questions that the bot would ask in Slack. */
  readonly encoding?: string;
  readonly sheet?: string;
};

export const usage = `usage: npm run check-file -- FILE [--instance ALIAS] [--json] [--encoding NAME] [--sheet NAME]
                             [--config config.yaml]
       npm run check-file -- --skeleton [--instance ALIAS] [--config config.yaml]

Checks a file of users exactly as the bot does, and creates nobody. Without --config it is checked against
the sandbox's Amazon Connect; with it, against the instances of that policy file, with your AWS credentials.
Where the bot would ask in Slack which encoding or sheet is meant, answer with --encoding or --sheet ('*': all).
Exit code: 0 every row is ready, 1 some rows are wrong, 2 the file is refused or the command failed.`;

/** Reads the arguments. Throws `TypeError` with a sentence when they are invalid. */
export function readArguments(args: readonly string[]): CheckFileArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      instance: { type: 'string' },
      json: { type: 'boolean', default: false },
      skeleton: { type: 'boolean', default: false },
      config: { type: 'string' },
      encoding: { type: 'string' },
      sheet: { type: 'string' },
    },
  });
  const [file = null, ...more] = positionals;
  if (more.length > 0) throw new TypeError('One file at a time.');
  if (file === null && !values.skeleton) throw new TypeError('Which file?');
  return {
    file,
    json: values.json,
    skeleton: values.skeleton,
    ...(values.instance !== undefined && { instance: values.instance }),
    ...(values.config !== undefined && { config: values.config }),
    ...(values.encoding !== undefined && { encoding: values.encoding }),
    ...(values.sheet !== undefined && { sheet: values.sheet }),
  };
}
