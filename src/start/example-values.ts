/** Values of `.env.example` and `config.example.yaml` that were not replaced: they look valid and do not work. */
import { readFileSync } from 'node:fs';
import type { Environment } from '../config/environment/read-environment.ts';
import { type SettingName, settings } from '../config/environment/settings.ts';
import type { ConfigProblem } from '../config/problems.ts';

const ofEnvironment: Readonly<Partial<Record<SettingName, string>>> = {
  SLACK_BOT_TOKEN: 'xoxb-your-bot-token',
  SLACK_APP_TOKEN: 'xapp-your-app-level-token',
  SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef',
  OIDC_CLIENT_SECRET: 'your-client-secret',
  DATABASE_URL: 'postgres://user:password@host:5432/connect_add_user',
  DATABASE_DIRECT_URL: 'postgres://user:password@host:5432/connect_add_user',
};

/** Ids of the policy's example; an ARN contains one of them. */
const ofPolicy = [
  'a1b2c3d4-5678-90ab-cdef-111122223333',
  '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
  'aed5e191-313e-4fdb-898b-4be15e488cca',
  'vpce-0123456789abcdef0',
  'arn:aws:iam::210987654321:role/connect-add-user',
  'C0123456789',
  'C0987654321',
  'S0123456789',
  'U0123456789',
] as const;

export function isExample(name: SettingName, value: string | undefined): boolean {
  return value !== undefined && value.trim() === ofEnvironment[name];
}

/**
 * A problem for each setting that still has its example value. Comments are ignored.
 *
 * @param configFile the policy file; a file that cannot be read is reported by the code that reads it
 */
export function exampleProblems(env: Environment, configFile?: string): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  for (const name of Object.keys(ofEnvironment) as SettingName[]) {
    if (!isExample(name, env[name])) continue;
    const { purpose, source } = settings[name];
    problems.push({ setting: name, wrong: 'is still the example’s value', purpose, source });
  }
  return [...problems, ...policyProblems(configFile ?? (env.CONFIG_FILE?.trim() || 'config.yaml'))];
}

function policyProblems(path: string): ConfigProblem[] {
  let lines: string[];
  try {
    lines = readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
  return lines.flatMap((line, index) => {
    const written = line.replace(/(^|\s)#.*$/, '');
    const found = ofPolicy.filter((value) => written.includes(value));
    const setting = /^[\s-]*([A-Za-z0-9]+):/.exec(written)?.[1] ?? 'an entry';
    return found.map((value) => ({
      setting: `${setting} (${path}, line ${index + 1})`,
      wrong: `${value} is still the example’s: replace it, or delete the setting`,
    }));
  });
}
