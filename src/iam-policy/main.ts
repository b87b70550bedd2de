/** `npm run iam-policy`: prints the IAM policies that a configuration needs. Connects to nothing. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { InstanceConfig } from '../config/config.ts';
import { formatConfigProblems, readInstances } from '../config/read/read-config.ts';
import {
  assumePolicy,
  type PolicyDocument,
  type PolicyOptions,
  policyFor,
  trustPolicy,
} from './iam-policy.ts';

const usage = `Usage:
  npm run iam-policy -- [--config config.yaml] [--never SECURITY_PROFILE_ID] [--describe-directories]
      Prints the policy for the bot's own credentials, ready to be pasted into IAM. With instances that have a
      roleArn: an object with the policy of the bot and, for each role, its policy and its trust policy.
      --never (several are allowed): a security profile that AWS itself is to keep out of reach.
      --describe-directories: also ds:DescribeDirectories, if DescribeInstance is denied without it.
`;

/** What is printed: one policy, or with roles one for every identity. */
function printed(instances: readonly InstanceConfig[], options: PolicyOptions): object {
  const own = instances.filter(({ role }) => !role);
  const ownAccount = own.find(({ account }) => account !== undefined)?.account;
  const assume = assumePolicy(instances);
  const reach = own.length > 0 ? policyFor(own, options) : null;
  if (!assume) return reach ?? {};
  const ofTheBot: PolicyDocument = {
    Version: '2012-10-17',
    Statement: [...(reach?.Statement ?? []), ...assume.Statement],
  };
  const roles = Map.groupBy(
    instances.filter(({ role }) => role),
    ({ role }) => role?.arn ?? '',
  );
  return {
    bot: ofTheBot,
    roles: Object.fromEntries(
      [...roles].map(([arn, itsInstances]) => {
        const [first] = itsInstances;
        return [
          arn,
          {
            policy: policyFor(itsInstances, options),
            ...(first && { trustPolicy: trustPolicy(first, ownAccount) }),
          },
        ];
      }),
    ),
  };
}

function main(args: readonly string[]): number {
  let values: ReturnType<typeof readArguments>;
  try {
    values = readArguments(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const read = readInstances(values.config, (path) => readFileSync(path, 'utf8'));
  if (!read.ok) {
    process.stderr.write(formatConfigProblems(read.problems));
    return 1;
  }
  const document = printed(read.instances, {
    neverProfiles: values.never,
    describeDirectories: values['describe-directories'],
  });
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  return 0;
}

function readArguments(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      config: { type: 'string', default: process.env.CONFIG_FILE ?? 'config.yaml' },
      never: { type: 'string', multiple: true, default: [] },
      'describe-directories': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

process.exitCode = main(process.argv.slice(2));
