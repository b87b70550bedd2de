/**
 * Settings that name a secret of AWS instead of holding it:
 *
 *   aws-sm://name#key   a secret of Secrets Manager, by name or ARN; with #key one member of its JSON
 *   aws-ssm:///a/name   a parameter of the SSM Parameter Store, by name (with its first slash) or ARN
 */
import type { Environment } from '../config/environment/read-environment.ts';
import type { ConfigProblem } from '../config/problems.ts';
import type { SecretPlace } from '../connect/aws/read-secret.ts';
import { type EnvironmentFilled, fillEnvironment, secretSettings } from './env-file.ts';

type Reference = SecretPlace & { readonly key: string | undefined };

type Read = (place: SecretPlace) => Promise<string | undefined>;

/** The SDK is loaded only when a setting names a secret of AWS. */
const readFromAws: Read = async (place) => {
  const { readSecret } = await import('../connect/aws/read-secret.ts');
  return readSecret(place);
};

/** The whole environment of the bot: the process's, `.env`, files with secrets, and secrets of AWS. */
export async function loadEnvironment(): Promise<EnvironmentFilled> {
  return withSecrets(fillEnvironment());
}

/**
 * Replaces references by their secrets. Each is read once, however many settings reference it.
 *
 * @returns a problem for each setting whose secret cannot be read; never a value
 */
export async function withSecrets(
  filled: EnvironmentFilled,
  read: Read = readFromAws,
): Promise<EnvironmentFilled> {
  const env: Record<string, string | undefined> = { ...filled.env };
  const problems: ConfigProblem[] = [...filled.problems];
  const reads = new Map<string, Promise<string | undefined>>();
  const once = (place: SecretPlace) => {
    const name = JSON.stringify([place.service, place.id]);
    const reading = reads.get(name) ?? read(place);
    reads.set(name, reading);
    return reading;
  };
  const resolve = async (setting: string) => {
    const text = env[setting]?.trim() ?? '';
    if (!/^aws-(sm|ssm):\/\//.test(text)) return;
    const reference = referenceOf(text, filled.env);
    const wrong =
      typeof reference === 'string'
        ? reference
        : await secretOf(reference, once).then(
            (value) => {
              env[setting] = value;
            },
            (error: unknown) => explain(error, reference),
          );
    if (wrong === undefined) return;
    problems.push({ setting, wrong });
    // The setting is not reported as missing as well, so that one mistake gives one problem.
    env[setting] = undefined;
  };
  await Promise.all(secretSettings.map(resolve));
  return { ...filled, env, problems };
}

/** The parts of a reference, or what is wrong with it. */
function referenceOf(text: string, env: Environment): Reference | string {
  const [, kind, rest = ''] = /^aws-(sm|ssm):\/\/(.*)$/.exec(text) ?? [];
  const [id = '', key, ...more] = rest.split('#');
  const form = 'must look like aws-sm://name, aws-sm://name#key or aws-ssm:///name';
  if (id === '' || key === '' || more.length > 0) return form;
  if (kind === 'ssm' && key !== undefined) return form;
  const region =
    /^arn:[^:]+:[^:]+:([^:]+):/.exec(id)?.[1] ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION);
  if (!region) {
    return 'names a secret of AWS without its Region: set AWS_REGION, or give the secret’s ARN';
  }
  return { service: kind === 'sm' ? 'secretsmanager' : 'ssm', id, region, key };
}

/** A problem that the person can correct. */
class Unusable extends Error {}

async function secretOf(
  reference: Reference,
  read: (place: SecretPlace) => Promise<string | undefined>,
): Promise<string> {
  const text = await read(reference);
  const { key } = reference;
  if (text === undefined) throw new Unusable('holds no text');
  if (key === undefined) return text.trim();
  const members = membersOf(text);
  if (!members) throw new Unusable(`is no JSON object, so it has no key ${key}`);
  const value = Object.hasOwn(members, key) ? members[key] : undefined;
  if (typeof value === 'string') return value.trim();
  throw new Unusable(`has no key ${key}; there is: ${Object.keys(members).join(', ') || 'none'}`);
}

function membersOf(text: string): Record<string, unknown> | undefined {
  try {
    const members: unknown = JSON.parse(text);
    const isObject = typeof members === 'object' && members !== null && !Array.isArray(members);
    return isObject ? (members as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const actions = { secretsmanager: 'secretsmanager:GetSecretValue', ssm: 'ssm:GetParameter' };

function explain(error: unknown, { service, id, region }: Reference): string {
  const place = `${service === 'ssm' ? 'the parameter' : 'the secret'} ${id} (${region})`;
  if (error instanceof Unusable) return `${place} ${error.message}`;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const advice = /AccessDenied/.test(name)
    ? `. Allow the bot’s role ${actions[service]} on it, and kms:Decrypt where it has a key of its own`
    : /NotFound/.test(name)
      ? '. Look at its name and Region'
      : '';
  return `${place} could not be read: ${name === 'Error' ? message : `${name}: ${message}`}${advice}`;
}
