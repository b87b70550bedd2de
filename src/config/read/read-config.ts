/** The configuration from the environment and the policy file: complete, or all problems in it. */
import { readFileSync } from 'node:fs';
import { readRules } from '../../policy/read-rules.ts';
import { durationMs } from '../../text/durations.ts';
import { partsOfArn, partsOfRoleArn } from '../arns.ts';
import type {
  ApprovalPolicy,
  CardPolicy,
  Config,
  IdentityPolicy,
  InstanceConfig,
  LinkBySignIn,
  UserLimits,
  WhoMayRequest,
} from '../config.ts';
import { type Environment, readEnvironment } from '../environment/read-environment.ts';
import { settings } from '../environment/settings.ts';
import type { PolicyFile } from '../policy-file/policy-file.ts';
import { readPolicy } from '../policy-file/read-policy.ts';
import type { ConfigProblem } from '../problems.ts';
import { openFiles } from './open-files.ts';
import { readPresets } from './read-presets.ts';

export { type ConfigProblem, formatConfigProblems } from '../problems.ts';

export type ConfigRead =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/**
 * Reads the environment and the policy file that it names. Nothing is connected to, so a token that is
 * well formed and wrong is found out later.
 *
 * @param readFile for tests: the text of a file, or an exception with a `code`
 * @example
 *   const read = readConfig(process.env);
 *   if (!read.ok) console.error(formatConfigProblems(read.problems));
 */
export function readConfig(
  env: Environment,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): ConfigRead {
  const environment = readEnvironment(env);
  const open = openFiles(['.env', environment.configFile]);
  const file = readPolicyFile(environment.configFile, readFile);
  if (!file.ok || !environment.values || open.length > 0) {
    const problems = [...environment.problems, ...(file.ok ? [] : file.problems), ...open];
    return { ok: false, problems };
  }
  const config: Config = {
    ...environment.values,
    ...policyOf(file.policy),
    policyHash: file.hash,
    retentionDays: file.policy.retentionDays ?? 90,
  };
  const problem = signInProblem(config);
  return problem ? { ok: false, problems: [problem] } : { ok: true, config: deepFreeze(config) };
}

/** What the policy requires from an identity provider and the environment does not configure, or null. */
function signInProblem({ signIn, instances, identity }: Config): ConfigProblem | null {
  const { purpose, source } = settings.OIDC_ISSUER;
  const unsigned = signIn ? undefined : instances.find(asksToSignIn);
  if (unsigned) {
    const wrong = `is missing: a rule of ${unsigned.alias} says stepUp, and nobody could sign in`;
    return { setting: 'OIDC_ISSUER', wrong, purpose, source };
  }
  if (!identity.linkBySignIn) return null;
  if (!signIn) {
    const wrong = 'is missing: the policy says identity.linkBySignIn, and nobody could sign in';
    return { setting: 'OIDC_ISSUER', wrong, purpose, source };
  }
  if (signIn.claim !== identity.linkBySignIn.usernameClaim) return null;
  const wrong =
    'is OIDC_CLAIM too: that one has to be the email address in Slack, so that nobody is linked by somebody else’s sign-in';
  return { setting: 'identity.linkBySignIn.usernameClaim', wrong };
}

/**
 * The instances of a policy file alone, for commands that need neither Slack nor a database.
 *
 * @param readFile the text of a file, or an exception with a `code`
 */
export function readInstances(
  path: string,
  readFile: (path: string) => string,
):
  | { readonly ok: true; readonly instances: readonly InstanceConfig[] }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] } {
  const file = readPolicyFile(path, readFile);
  return file.ok ? { ok: true, instances: policyOf(file.policy).instances } : file;
}

function readPolicyFile(
  path: string,
  readFile: (path: string) => string,
): ReturnType<typeof readPolicy> {
  try {
    return readPolicy(readFile(path), path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const wrong =
      code === 'ENOENT' ? `there is no file ${path}` : `the file ${path} cannot be read (${code})`;
    const { purpose, source } = settings.CONFIG_FILE;
    return { ok: false, problems: [{ setting: 'CONFIG_FILE', wrong, purpose, source }] };
  }
}

function asksToSignIn({ rules = [] }: InstanceConfig): boolean {
  return rules.some(({ outcome }) => outcome.kind === 'ask' && outcome.approval.stepUp);
}

function policyOf(
  file: PolicyFile,
): Pick<
  Config,
  'identity' | 'instances' | 'operators' | 'openRequestsPerPerson' | 'passwordsExpireAfterMs'
> {
  return {
    passwordsExpireAfterMs: durationMs(file.passwordsExpireAfter ?? '24 hours') ?? Number.NaN,
    identity: identityOf(file.identity),
    operators: file.operators ?? [],
    openRequestsPerPerson: file.openRequestsPerPerson,
    instances: withOwnAccount(file.instances.map((instance) => instanceOf(instance, file))),
  };
}

const quietCard: CardPolicy = { notify: [], directMessage: [], confirmAbove: null };

/** Only people who could create users anyway. */
const creatorsOnly: WhoMayRequest = {
  anyone: false,
  usergroups: [],
  people: [],
  creators: true,
};

function instanceOf(written: PolicyFile['instances'][number], file: PolicyFile): InstanceConfig {
  const { alias, requestsChannel, endpoint, defaultCountry, loginUrl } = written;
  const parts = partsOfArn(written.arn ?? '');
  return {
    alias,
    instanceId: written.instanceId ?? parts?.instanceId ?? '',
    region: written.region ?? parts?.region ?? '',
    ...accountOf(written),
    ...roleOf(written),
    requestsChannel,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(defaultCountry === undefined ? {} : { defaultCountry }),
    ...(loginUrl === undefined ? {} : { loginUrl }),
    ...(written.userQuota === undefined ? {} : { userQuota: written.userQuota }),
    defaultTags: written.defaultTags ?? {},
    presets: readPresets(written.presets),
    ...(written.usernamePattern === undefined ? {} : { usernamePattern: written.usernamePattern }),
    welcome: written.welcome ?? false,
    requiredTags: written.requiredTags ?? [],
    trafficDistributionGroups: written.trafficDistributionGroups ?? [],
    serviceCloudVoice: written.serviceCloudVoice ?? false,
    samlEmail: written.samlEmail ?? 'refuse',
    // AWS's documented default quota of CreateUser.
    pace: written.pace ?? { ratePerSecond: 2, burst: 5 },
    // For some reads, one list of AWS allows 10 per second and another 2; the lower value is used.
    readPace: written.readPace ?? { ratePerSecond: 2, burst: 5 },
    tagUsers: written.tagUsers ?? true,
    card: { ...quietCard, ...(written.card ?? file.card) },
    sharedChannel: written.sharedChannel ?? 'warn',
    neverCount: file.permissionsThatNeverCount ?? [],
    mayRequest: written.mayRequest ?? file.mayRequest ?? creatorsOnly,
    approval: approvalOf(written.approval, file.approval),
    ...rulesOf(written, file),
    ...(written.limits ? { limits: limitsOf(written.limits) } : {}),
  };
}

type Written = PolicyFile['instances'][number];

function accountOf({ arn, roleArn }: Written): Pick<InstanceConfig, 'account'> {
  const account = partsOfArn(arn ?? '')?.account ?? partsOfRoleArn(roleArn ?? '')?.account;
  return account === undefined ? {} : { account };
}

function roleOf({ roleArn, externalId, roleSessionName }: Written): Pick<InstanceConfig, 'role'> {
  if (roleArn === undefined) return {};
  return {
    role: {
      arn: roleArn,
      ...(externalId === undefined ? {} : { externalId }),
      ...(roleSessionName === undefined ? {} : { sessionName: roleSessionName }),
    },
  };
}

/**
 * Instances without a role use the bot's own credentials, so they are in one account; if the ARN of one of them
 * contains the account, it applies to the others as well.
 */
function withOwnAccount(instances: readonly InstanceConfig[]): InstanceConfig[] {
  const own = instances.find(({ account, role }) => account !== undefined && !role)?.account;
  return instances.map((instance) =>
    instance.account === undefined && own !== undefined && !instance.role
      ? { ...instance, account: own }
      : instance,
  );
}

function limitsOf(written: NonNullable<PolicyFile['instances'][number]['limits']>): UserLimits {
  const { perHour = null, perDay = null, perApprover, tell } = written;
  const approverLimits = {
    perHour: perApprover.perHour ?? null,
    perDay: perApprover.perDay ?? null,
  };
  return { perHour, perDay, perApprover: approverLimits, tell };
}

/** The instance's own rules, then its own short form, then the general ones. */
function rulesOf(written: PolicyFile['instances'][number], file: PolicyFile) {
  const hasShortForm = written.mayRequest !== undefined || written.approval !== undefined;
  const rules = written.rules ?? (hasShortForm ? undefined : file.rules);
  return rules ? { rules: readRules(rules) } : {};
}

function approvalOf(own: PolicyFile['approval'], general: PolicyFile['approval']): ApprovalPolicy {
  const expiresAfter = own?.expiresAfter ?? general?.expiresAfter ?? '3 days';
  return {
    needed: own?.needed ?? general?.needed ?? 'always',
    allowOwn: own?.allowOwn ?? general?.allowOwn ?? false,
    expiresAfterMs: durationMs(expiresAfter) ?? Number.NaN,
  };
}

function identityOf(written: PolicyFile['identity']): IdentityPolicy {
  const emailDomains = written?.emailDomains ?? [];
  return {
    ways: written?.ways ?? (emailDomains.length > 0 ? ['link', 'email'] : ['link']),
    links: written?.links ?? {},
    emailDomains,
    localPartDomains: written?.localPartDomains ?? {},
    ...(written?.linkBySignIn ? { linkBySignIn: linkBySignInOf(written.linkBySignIn) } : {}),
  };
}

function linkBySignInOf(
  written: NonNullable<NonNullable<PolicyFile['identity']>['linkBySignIn']>,
): LinkBySignIn {
  const { usernameClaim, acrValues, maxAge } = written;
  return { usernameClaim, acrValues, maxAgeMs: durationMs(maxAge) ?? Number.NaN };
}

/** Settings are read in many places, so a setting that changed at run time would cause errors that are hard to find. */
function deepFreeze<T>(value: T): T {
  // A typed array cannot be frozen.
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}
