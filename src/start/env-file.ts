/**
 * The `.env` file, and settings whose value is in a separate file, which is how containers and systemd provide secrets.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Environment } from '../config/environment/read-environment.ts';
import type { ConfigProblem } from '../config/problems.ts';

/**
 * Settings that may be given as `NAME_FILE`, the path of a file with the value, or as a reference to a secret of AWS
 * (secret-references.ts).
 */
export const secretSettings = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SECRETS_KEY',
  'SECRETS_KEY_OLD',
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'AUDIT_WEBHOOK_URL',
  'AUDIT_WEBHOOK_SECRET',
  'OIDC_CLIENT_SECRET',
] as const;

export type EnvironmentFilled = {
  readonly env: Environment;
  readonly problems: readonly ConfigProblem[];
  /** The path where no `.env` was found; null when it was read. */
  readonly missing: string | null;
};

/**
 * Loads `.env` from this folder into the process's environment, where variables that are already set have precedence,
 * and reads the files that `NAME_FILE` variables name.
 *
 * @returns the environment, and a problem for each existing file that cannot be read; never a value
 */
export function fillEnvironment(
  folder: string = process.cwd(),
  into: NodeJS.ProcessEnv = process.env,
): EnvironmentFilled {
  const path = join(folder, '.env');
  const problems: ConfigProblem[] = [];
  let missing: string | null = null;
  try {
    for (const [name, value] of Object.entries(parseEnv(readFileSync(path, 'utf8')))) {
      into[name] ??= value;
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') missing = path;
    else
      problems.push({
        setting: '.env',
        wrong: `${path} cannot be read (${code})${adviceFor(code)}`,
      });
  }
  const env: Record<string, string | undefined> = { ...into };
  for (const name of secretSettings) {
    const file = env[`${name}_FILE`]?.trim();
    if (!file) continue;
    if (env[name]?.trim()) {
      const wrong = `is set, and so is ${name}: leave one of them out`;
      problems.push({ setting: `${name}_FILE`, wrong });
      continue;
    }
    try {
      env[name] = readFileSync(file, 'utf8').trim();
    } catch (error) {
      const code = codeOf(error);
      problems.push({
        setting: `${name}_FILE`,
        wrong: `the file ${file} cannot be read (${code})${adviceFor(code)}`,
      });
      // The setting is not reported as missing as well, so that one mistake gives one problem.
      env[name] = undefined;
    }
  }
  return { env, problems, missing };
}

/** `.env`, and the files that contain individual secrets, whether they exist or not. */
export function filesWithSecrets(env: Environment): string[] {
  const named = secretSettings.map((name) => env[`${name}_FILE`]?.trim());
  return ['.env', ...named.filter((path) => path !== undefined && path !== '')].map(String);
}

/** All problems, each once: a secret that could not be read is not reported as missing as well. */
export function allProblems(
  { problems }: EnvironmentFilled,
  found: readonly ConfigProblem[],
): ConfigProblem[] {
  const told = new Set(problems.map(({ setting }) => setting.replace(/_FILE$/, '')));
  return [...problems, ...found.filter(({ setting }) => !told.has(setting))];
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function adviceFor(code: string): string {
  if (code === 'EACCES') {
    return `. The bot runs as user ${process.getuid?.() ?? '?'}: give that user the file (chown) and the right to read it (chmod u+r)`;
  }
  return code === 'EISDIR' ? '. It is a folder' : '';
}
