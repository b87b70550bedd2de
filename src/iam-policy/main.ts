/** `npm run iam-policy`: prints the IAM policies that a configuration needs. Connects to nothing. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bucketOf, settings } from '../config/environment/settings.ts';
import { formatConfigProblems, readInstances } from '../config/read/read-config.ts';
import { policiesFor } from './iam-policy.ts';

const usage = `Usage:
  npm run iam-policy -- [--config config.yaml] [--never SECURITY_PROFILE_ID] [--describe-directories]
      [--audit-bucket NAME/PREFIX]
      Prints the policy for the bot's own credentials, ready to be pasted into IAM. With instances that have a
      roleArn: an object with the policy of the bot and, for each role, its policy and its trust policy.
      --never (several are allowed): a security profile that AWS itself is to keep out of reach.
      --describe-directories: also ds:DescribeDirectories, if DescribeInstance is denied without it.
      --audit-bucket: also writing heads of the audit trail to that bucket. Default: AUDIT_BUCKET.
`;

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
  const bucket = values['audit-bucket'];
  const auditBucket = bucketOf(bucket);
  if (bucket !== '' && !auditBucket) {
    process.stderr.write(`--audit-bucket ${settings.AUDIT_BUCKET.trouble(bucket)}\n`);
    return 2;
  }
  const document = policiesFor(read.instances, {
    ...(auditBucket && { auditBucket }),
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
      'audit-bucket': { type: 'string', default: process.env.AUDIT_BUCKET ?? '' },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

process.exitCode = main(process.argv.slice(2));
