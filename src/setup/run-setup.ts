/** `npm run setup`: asks what an installation needs, and writes its files. */
import { randomBytes } from 'node:crypto';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { partitionOf, partsOfArn } from '../config/arns.ts';
import type { Environment } from '../config/environment/read-environment.ts';
import { readPolicy } from '../config/policy-file/read-policy.ts';
import { formatConfigProblems, readInstances } from '../config/read/read-config.ts';
import type { InstanceSummary } from '../connect/aws/list-instances.ts';
import { policiesFor } from '../iam-policy/iam-policy.ts';
import { isExample } from '../start/example-values.ts';
import { chooseInstance } from './ask-instance.ts';
import { withSettings } from './env-text.ts';
import { readText, writeText } from './installation-files.ts';
import {
  type ChosenTransport,
  createAppLink,
  manifestFor,
  publicUrlOf,
  requestUrl,
  requestUrlOf,
} from './manifest.ts';
import { newPolicy, withEmailDomains, withInstance } from './policy-text.ts';
import { listOf, type SetupFlags, secretsOf } from './questions.ts';
import { type Answers, type Asker, createAnswers, SetupError } from './read-answer.ts';

export type SetupDeps = {
  readonly folder: string;
  /** The environment of the process: secrets may come from here, and the AWS SDK's settings do. */
  readonly env: Environment;
  /** The project's own files, unchanged. */
  readonly project: { readonly env: string; readonly policy: string; readonly manifest: string };
  readonly flags: SetupFlags;
  /** Null when nobody can answer. */
  readonly asker: Asker | null;
  readonly print: (text: string) => void;
  readonly list: (region: string) => Promise<readonly InstanceSummary[]>;
};

const manifestFile = 'app-manifest.yml';
const iamFile = 'iam-policy.json';

type Installed = {
  readonly envText: string;
  readonly set: Environment;
  readonly policyFile: string;
  /** Undefined when there is no policy file yet, or when it is the example. */
  readonly policyText: string | undefined;
};

/** @throws SetupError when an answer is missing or wrong; nothing has been written then */
export async function runSetup(deps: SetupDeps): Promise<void> {
  const { folder, flags, asker, print, project } = deps;
  const answers = createAnswers(flags, asker, print);
  const installed = readInstalled(deps);
  const transport = await chooseTransport(deps, answers, installed);
  const policy = await answerPolicy(deps, answers, installed);
  const env = await answerEnv(deps, installed, transport);

  const read = readPolicy(policy, installed.policyFile);
  if (!read.ok) throw new SetupError(formatConfigProblems(read.problems));
  const manifest = manifestFor(project.manifest, transport);
  const done = [
    writeText(folder, '.env', env, 0o600),
    writeText(folder, installed.policyFile, policy),
    writeText(folder, manifestFile, manifest),
  ];
  const instances = readInstances(installed.policyFile, () => policy);
  if (!instances.ok) throw new SetupError(formatConfigProblems(instances.problems));
  const policies = policiesFor(instances.instances, {
    neverProfiles: [],
    describeDirectories: false,
  });
  done.push(writeText(folder, iamFile, `${JSON.stringify(policies, null, 2)}\n`));
  print(`\n${done.join('\n')}\n`);
  tellNext(deps, transport, parseEnv(env), instances.instances[0]?.region ?? '');
}

function readInstalled({ folder, env, project }: SetupDeps): Installed {
  const envText = readText(folder, '.env') ?? project.env;
  const set = parseEnv(envText);
  const policyFile = env.CONFIG_FILE?.trim() || set.CONFIG_FILE?.trim() || 'config.yaml';
  const policyText = readText(folder, policyFile);
  return {
    envText,
    set,
    policyFile,
    policyText: policyText === project.policy ? undefined : policyText,
  };
}

/** A value that a person has set: not empty, and not the example's. */
function isReal(set: Environment, name: Parameters<typeof isExample>[0]): boolean {
  return Boolean(set[name]?.trim()) && !isExample(name, set[name]);
}

async function chooseTransport(
  { folder, flags }: SetupDeps,
  answers: Answers,
  { set }: Installed,
): Promise<ChosenTransport> {
  const current =
    set.SLACK_TRANSPORT?.trim() ||
    (isReal(set, 'SLACK_SIGNING_SECRET') ? 'http' : undefined) ||
    (isReal(set, 'SLACK_APP_TOKEN') ? 'socket' : undefined);
  // An address implies the HTTP transport.
  const known = flags.url !== undefined && flags.transport === undefined ? 'http' : current;
  const kind = await answers.of('transport', { known, otherwise: 'socket' });
  if (kind === 'socket') return { kind };
  const written = requestUrlOf(readText(folder, manifestFile) ?? '');
  const typed = await answers.of('url', { known: written });
  return { kind: 'http', url: requestUrl(typed) ?? typed };
}

type WrittenInstance = {
  readonly alias?: string;
  readonly arn?: string;
  readonly instanceId?: string;
  readonly region?: string;
  readonly requestsChannel?: string;
};

async function answerPolicy(
  deps: SetupDeps,
  answers: Answers,
  { policyText, policyFile }: Installed,
): Promise<string> {
  const { flags, env } = deps;
  const written = writtenInstances(policyText, policyFile);
  const asksForInstance = flags.instance !== undefined || flags.region !== undefined;
  const named = written.findIndex(({ alias }) => alias === flags.alias);
  const [only] = written;
  if (only && !asksForInstance) {
    const index = named >= 0 ? named : 0;
    if (written.length > 1 && named < 0 && flags.channel !== undefined) {
      throw new SetupError(
        `--alias is missing: which instance is meant? There is: ${written.map(({ alias }) => alias).join(', ')}`,
      );
    }
    const isRenamed = named < 0 && flags.alias !== undefined && written.length === 1;
    const changes = {
      ...(isRenamed ? { alias: await answers.of('alias', {}) } : {}),
      ...(flags.channel === undefined ? {} : { requestsChannel: await answers.of('channel', {}) }),
    };
    return domainsOf(flags, withInstance(policyText ?? '', index, changes));
  }
  const chosen = await chooseInstance({
    wanted: flags.instance,
    isAsked: deps.asker !== null,
    answers,
    knownRegion: env.AWS_REGION ?? env.AWS_DEFAULT_REGION,
    list: deps.list,
  });
  const parts = partsOfArn(chosen.arn);
  const same = written.findIndex(
    ({ arn, instanceId }) => arn === chosen.arn || instanceId === parts?.instanceId,
  );
  const at = same >= 0 ? same : named;
  const there = written[at];
  const alias = there?.alias ?? (await answers.of('alias', { otherwise: aliasFor(chosen.alias) }));
  const channel = await answers.of('channel', { known: there?.requestsChannel });
  if (policyText === undefined) {
    const domains = listOf(await answers.of('email-domains', { otherwise: '' }));
    return newPolicy({ alias, arn: chosen.arn, requestsChannel: channel }, domains);
  }
  const byParts = there?.instanceId !== undefined;
  if (byParts && there.instanceId !== parts?.instanceId) {
    throw new SetupError(
      `${policyFile}: the instance ${alias} is given by instanceId and region; change it there.`,
    );
  }
  const arn = byParts ? {} : { arn: chosen.arn };
  const index = at >= 0 ? at : written.length;
  return domainsOf(
    flags,
    withInstance(policyText, index, { alias, ...arn, requestsChannel: channel }),
  );
}

function domainsOf(flags: SetupFlags, text: string): string {
  const domains = flags['email-domains'];
  return domains === undefined ? text : withEmailDomains(text, listOf(domains));
}

function writtenInstances(text: string | undefined, file: string): readonly WrittenInstance[] {
  if (text === undefined) return [];
  const read = readPolicy(text, file);
  if (!read.ok) throw new SetupError(formatConfigProblems(read.problems));
  const { instances } = parse(text) as { readonly instances: readonly WrittenInstance[] };
  return instances;
}

/** Connect's alias, in the form that is allowed for ours. */
function aliasFor(alias: string | undefined): string {
  const plain = (alias ?? '').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  return plain.slice(0, 40) || 'production';
}

async function answerEnv(
  { env, asker, flags, print }: SetupDeps,
  { envText, set }: Installed,
  transport: ChosenTransport,
): Promise<string> {
  const changes: Record<string, string | undefined> = { SLACK_TRANSPORT: transport.kind };
  // The example token of the other transport would otherwise count as a real token.
  const unused = transport.kind === 'http' ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET';
  if (isExample(unused, set[unused])) changes[unused] = undefined;
  for (const { name, source, trouble } of secretsOf(transport.kind)) {
    const given = env[name]?.trim();
    if (isReal(set, name)) {
      if (given && given !== set[name]) print(`${name} is in .env already and stays as it is.`);
      continue;
    }
    if (set[`${name}_FILE`] !== undefined) continue;
    const secret = given || (asker ? await askSecret(asker, { name, source, trouble }) : '');
    const wrong = secret === '' ? undefined : trouble(secret);
    if (wrong !== undefined) throw new SetupError(`${name} ${wrong}.`);
    if (secret !== '') changes[name] = secret;
  }
  const publicUrl = publicUrlOf(transport);
  if (publicUrl !== undefined && (flags.url !== undefined || !set.PUBLIC_URL?.trim())) {
    changes.PUBLIC_URL = publicUrl;
  }
  const hasKey = Boolean(set.SECRETS_KEY?.trim() || set.SECRETS_KEY_FILE?.trim());
  if (flags['typed-passwords'] && !hasKey) {
    changes.SECRETS_KEY = randomBytes(32).toString('base64');
  }
  return withSettings(envText, changes);

  async function askSecret(
    person: Asker,
    secret: { name: string; source: string; trouble: (value: string) => string | undefined },
  ): Promise<string> {
    print(`${secret.name}: ${secret.source}`);
    for (;;) {
      const typed = (await person.askSecret('  paste it, or press Enter to set it later: ')).trim();
      const wrong = typed === '' ? undefined : secret.trouble(typed);
      if (wrong === undefined) return typed;
      print(`  This ${wrong}.`);
    }
  }
}

function tellNext(
  { project, print }: SetupDeps,
  transport: ChosenTransport,
  set: Environment,
  region: string,
): void {
  const first = manifestFor(
    project.manifest,
    transport.kind === 'http' ? { kind: 'http', url: null } : transport,
  );
  const steps = [
    `Create the Slack app, and install it into the workspace:\n   ${createAppLink(first)}`,
    ...secretsOf(transport.kind)
      .filter(({ name }) => !isReal(set, name) && !set[`${name}_FILE`])
      .map(({ name, source }) => `Put ${name} into .env (or run this again): ${source}`),
    `Create the IAM policy out of ${iamFile} (JSON tab), and give it to the bot's role or user:\n   ${iamLink(region)}`,
    ...(set.AWS_PROFILE?.trim() || set.AWS_ACCESS_KEY_ID?.trim()
      ? []
      : [
          'Give the bot AWS credentials: the role of its machine, task or pod; else AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in .env',
        ]),
    ...(set.DATABASE_URL?.trim() || set.DATABASE_URL_FILE?.trim()
      ? []
      : [
          `Choose the database: DATABASE_URL in .env for a Postgres of yours (docs/database.md); without it the bot runs its own in ${set.DATA_DIR?.trim() || './data'}, on a disk that has to stay`,
        ]),
    'Invite the bot to the requests channel: /invite @Connect Users',
    'npm run doctor, and when all is well: npm start',
    ...(transport.kind === 'http'
      ? [
          `When the bot runs, paste ${manifestFile} on the app's page → App Manifest: Slack then calls ${transport.url}`,
        ]
      : []),
  ];
  print(`Next:\n${steps.map((step, index) => `${index + 1}. ${step}`).join('\n')}`);
}

function iamLink(region: string): string {
  const hosts = {
    aws: 'console.aws.amazon.com',
    'aws-us-gov': 'console.amazonaws-us-gov.com',
    'aws-cn': 'console.amazonaws.cn',
  };
  return `https://${hosts[partitionOf(region)]}/iam/home#/policies/create`;
}
