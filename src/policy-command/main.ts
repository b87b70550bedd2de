/** `npm run policy`: explains what the policy would do, and runs a team's own table of cases. Connects to nothing. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import type { InstanceConfig } from '../config/config.ts';
import { formatConfigProblems } from '../config/problems.ts';
import { readInstances } from '../config/read/read-config.ts';
import { createRequestSummary } from '../policy/facts.ts';
import { rulesOf } from '../policy/read-rules.ts';
import { readTable } from '../users/files/read/read-table.ts';
import { casesFile, runCase } from './cases.ts';
import { explainRequest } from './explain.ts';
import { usersOfTable } from './users-of-table.ts';

const usage = `Usage:
  npm run policy -- explain --requester U… --file users.csv [--instance production]
      [--usergroup S…]… [--holds-users-create] [--lacks-some] [--permission NAME]… [--reason TEXT]
      What would happen to this file, rule by rule. Slack and Amazon Connect are not asked: say with the
      options which user groups the requester is in, whether they hold Users – Create, whether they lack
      something that is requested, and which permissions the security profiles hold.
  npm run policy -- test cases.yaml
      Runs a table of cases and ends with 1 when one of them comes out otherwise (docs/policy.md).

The policy is that of CONFIG_FILE (config.yaml).
`;

class UsageError extends Error {}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      requester: { type: 'string' },
      file: { type: 'string' },
      instance: { type: 'string' },
      usergroup: { type: 'string', multiple: true, default: [] },
      permission: { type: 'string', multiple: true, default: [] },
      reason: { type: 'string' },
      'holds-users-create': { type: 'boolean', default: false },
      'lacks-some': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [command, subject] = positionals;
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const path = process.env.CONFIG_FILE || 'config.yaml';
  switch (command) {
    case 'explain': {
      const { requester, file } = values;
      if (!requester || !file) throw new UsageError('explain needs --requester and --file');
      const instance = instanceNamed(instancesOf(path), values.instance);
      const rows = createRequestSummary();
      for (const row of usersOfTable(await readTable(readFileSync(file), file))) rows.add(row);
      const facts = {
        instance: instance.alias,
        requester: {
          id: requester,
          inactive: null,
          usergroups: values.usergroup,
          holdsUsersCreate: values['holds-users-create'],
          beyond: values['lacks-some']
            ? ({ code: 'decision.more-than-held', params: { profile: '?', missing: '?' } } as const)
            : null,
        },
        asked: rows.total([{ permissions: values.permission }]),
        reason: values.reason ?? null,
      };
      process.stdout.write(
        `${requester} requests ${facts.asked.users} users in ${instance.alias}:\n${explainRequest(rulesOf(instance), facts)}`,
      );
      return 0;
    }
    case 'test': {
      if (!subject) throw new UsageError('test needs a file of cases');
      return runCases(instancesOf(path), subject);
    }
    default:
      throw new UsageError(command ? `unknown command: ${command}` : 'say what to do');
  }
}

function runCases(instances: readonly InstanceConfig[], file: string): number {
  const read = casesFile.safeParse(parse(readFileSync(file, 'utf8')));
  if (!read.success) throw new UsageError(`${file}: ${z.prettifyError(read.error)}`);
  let failed = 0;
  for (const written of read.data.cases) {
    const instance = instanceNamed(instances, written.instance);
    const wrong = runCase(rulesOf(instance), written, instance.alias);
    if (wrong.length > 0) failed++;
    process.stdout.write(`${wrong.length > 0 ? '✖' : '✔'} ${written.name}\n`);
    for (const words of wrong) process.stdout.write(`    ${words}\n`);
  }
  process.stdout.write(`${read.data.cases.length - failed} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
}

function instancesOf(path: string): readonly InstanceConfig[] {
  const read = readInstances(path, (file) => readFileSync(file, 'utf8'));
  if (!read.ok) throw new Error(formatConfigProblems(read.problems));
  return read.instances;
}

function instanceNamed(
  instances: readonly InstanceConfig[],
  alias: string | undefined,
): InstanceConfig {
  const [first] = instances;
  const found =
    alias === undefined ? first : instances.find((instance) => instance.alias === alias);
  if (!found || (alias === undefined && instances.length > 1)) {
    const aliases = instances.map((instance) => instance.alias).join(', ');
    throw new UsageError(`say which instance: ${aliases}`);
  }
  return found;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n${isUsage ? `\n${usage}` : ''}`,
  );
  process.exitCode = isUsage ? 2 : 1;
}
