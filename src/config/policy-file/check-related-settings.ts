/**
 * Rules about several settings of the policy file at once. They are checked on the file as it was written, valid or
 * not, so that their problems are reported together with all others.
 */

import { meantRegion, partitionOf, partsOfArn, partsOfRoleArn } from '../arns.ts';
import type { ConfigProblem } from '../problems.ts';

type Members = Readonly<Record<string, unknown>>;

/** Settings that contradict each other, or are unsafe in combination. */
export function crossCheck(file: unknown): ConfigProblem[] {
  const root = members(file);
  const instances = list(root.instances).map(members);
  const aliases = instances.map(({ alias }) => alias);
  return [
    ...checkInstances(instances),
    ...checkIdentity(root.identity, aliases),
    ...checkApproval(members(root.approval), instances),
  ];
}

function checkInstances(instances: readonly Members[]): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const aliases = new Map<string, number>();
  const places = new Map<string, number>();
  for (const [index, instance] of instances.entries()) {
    const at = `instances[${index}]`;
    problems.push(
      ...checkPlace(at, instance),
      ...checkRegion(at, instance),
      ...checkRole(at, instance),
    );
    const alias = text(instance.alias)?.toLowerCase();
    const earlier = alias === undefined ? undefined : aliases.get(alias);
    if (earlier !== undefined) {
      problems.push({ setting: `${at}.alias`, wrong: `is the alias of instances[${earlier}] too` });
    } else if (alias !== undefined) {
      aliases.set(alias, index);
    }
    const parts = partsOfArn(text(instance.arn) ?? '');
    const id = text(instance.instanceId) ?? parts?.instanceId;
    const place = id && `${text(instance.region) ?? parts?.region} ${id.toLowerCase()}`;
    if (!place) continue;
    const same = places.get(place);
    if (same !== undefined) {
      problems.push({
        setting: at,
        wrong: `is the same Connect instance as instances[${same}]: its rules would depend on which one somebody picks`,
      });
    } else {
      places.set(place, index);
    }
  }
  return [...problems, ...checkOwnAccount(instances)];
}

function checkPlace(at: string, instance: Members): ConfigProblem[] {
  const { arn, instanceId, region } = instance;
  if (arn === undefined) {
    if (instanceId === undefined) {
      return [
        {
          setting: at,
          wrong: 'does not say which Connect instance it is: give arn, or instanceId and region',
          source: 'aws connect list-instances',
        },
      ];
    }
    if (region === undefined) {
      return [{ setting: `${at}.region`, wrong: 'is missing (with an arn it could be left out)' }];
    }
    return [];
  }
  if (instanceId !== undefined) {
    return [{ setting: `${at}.instanceId`, wrong: 'is in arn already: give one of the two' }];
  }
  const inArn = partsOfArn(text(arn) ?? '')?.region;
  if (region !== undefined && inArn !== undefined && region !== inArn) {
    return [{ setting: `${at}.region`, wrong: `contradicts the arn, which is in ${inArn}` }];
  }
  return [];
}

/** Without this check, a Region that does not exist would appear only as a host name that cannot be resolved. */
function checkRegion(at: string, { arn, region }: Members): ConfigProblem[] {
  const named = text(region) ?? partsOfArn(text(arn) ?? '')?.region;
  const meant = named === undefined ? undefined : meantRegion(named);
  if (meant === undefined) return [];
  const setting = region === undefined ? `${at}.arn` : `${at}.region`;
  return [{ setting, wrong: `there is no Region ${named}; did you mean “${meant}”?` }];
}

function checkRole(at: string, instance: Members): ConfigProblem[] {
  const { arn, roleArn, externalId, roleSessionName } = instance;
  if (roleArn === undefined) {
    const idle = Object.entries({ externalId, roleSessionName }).filter(
      ([, value]) => value !== undefined,
    );
    return idle.map(([name]) => ({
      setting: `${at}.${name}`,
      wrong: 'is never used: there is no roleArn',
    }));
  }
  const role = partsOfRoleArn(text(roleArn) ?? '');
  const own = partsOfArn(text(arn) ?? '');
  const region = text(instance.region) ?? own?.region;
  if (!role) return [];
  const setting = `${at}.roleArn`;
  if (own && own.account !== role.account) {
    const wrong = `is a role of account ${role.account}, but the instance is in ${own.account}`;
    return [{ setting, wrong }];
  }
  const partition = region === undefined ? role.partition : partitionOf(region);
  if (partition === role.partition) return [];
  return [{ setting, wrong: `must begin with arn:${partition}:, because ${region} is in there` }];
}

/** Without a role the bot's own credentials are used, which belong to one account. */
function checkOwnAccount(instances: readonly Members[]): ConfigProblem[] {
  let first: { readonly account: string; readonly index: number } | undefined;
  const problems: ConfigProblem[] = [];
  for (const [index, { arn, roleArn }] of instances.entries()) {
    const account = roleArn === undefined ? partsOfArn(text(arn) ?? '')?.account : undefined;
    if (account === undefined) continue;
    first ??= { account, index };
    if (account === first.account) continue;
    problems.push({
      setting: `instances[${index}].roleArn`,
      wrong: `is missing: the instance is in account ${account}, instances[${first.index}] in ${first.account}, and the bot’s own credentials are good for one of them`,
    });
  }
  return problems;
}

/** With both settings, nobody except the requester ever reviews a request. */
function checkApproval(general: Members, instances: readonly Members[]): ConfigProblem[] {
  const places = [
    { at: 'approval', approval: general },
    ...instances.map((instance, index) => ({
      at: `instances[${index}].approval`,
      approval: { ...general, ...members(instance.approval) },
      own: members(instance.approval),
    })),
  ];
  return places.flatMap(({ at, approval, ...rest }) => {
    const isWritten = !('own' in rest) || 'allowOwn' in rest.own || 'needed' in rest.own;
    const alone = approval.allowOwn === true && approval.needed === 'unless-permitted';
    if (!alone || !isWritten || approval.iKnow === true) return [];
    return [
      {
        setting: `${at}.allowOwn`,
        wrong:
          'together with needed: unless-permitted means that nobody but the requester ever looks at a request: leave one of them out, or add iKnow: true',
      },
    ];
  });
}

function checkIdentity(written: unknown, aliases: readonly unknown[]): ConfigProblem[] {
  if (written === undefined || written === null) return [];
  const identity = members(written);
  const problems: ConfigProblem[] = [];
  const ways = identity.ways === undefined ? undefined : list(identity.ways);
  const byEmail = ways?.filter((way) => way === 'email' || way === 'email-local-part') ?? [];
  if (byEmail.length > 0 && list(identity.emailDomains).length === 0) {
    problems.push({
      setting: 'identity.emailDomains',
      wrong: `is missing, and ${byEmail.join(' and ')} in identity.ways is unsafe without it: whoever has an address like an admin’s at any other company would hold that admin’s rights`,
      purpose: 'The company’s own email domains.',
    });
  }
  problems.push(...checkLocalPartDomains(identity, ways, aliases));
  const links = Object.entries(members(identity.links));
  if (links.length > 0 && ways !== undefined && !ways.includes('link')) {
    problems.push({
      setting: 'identity.links',
      wrong: 'is never looked at: identity.ways does not name link',
    });
  }
  if (identity.linkBySignIn !== undefined && ways !== undefined && !ways.includes('link')) {
    problems.push({
      setting: 'identity.linkBySignIn',
      wrong: 'is never looked at: identity.ways does not name link',
    });
  }
  const owners = new Map<string, string>();
  for (const [person, username] of links) {
    const name = String(username).toLowerCase();
    const owner = owners.get(name);
    if (owner !== undefined) {
      problems.push({
        setting: `identity.links.${person}`,
        wrong: `is the Connect user that ${owner} is linked to: one of them could approve what the other requests, with the same rights`,
      });
    }
    owners.set(name, person);
  }
  return problems;
}

function checkLocalPartDomains(
  identity: Members,
  ways: readonly unknown[] | undefined,
  aliases: readonly unknown[],
): ConfigProblem[] {
  const domains = list(identity.emailDomains);
  const table = Object.entries(members(identity.localPartDomains));
  if (!ways?.includes('email-local-part')) {
    if (table.length === 0) return [];
    const wrong = 'is never looked at: identity.ways does not name email-local-part';
    return [{ setting: 'identity.localPartDomains', wrong }];
  }
  if (table.length === 0 && domains.length > 1) {
    return [
      {
        setting: 'identity.localPartDomains',
        wrong:
          'is missing: with several emailDomains, email-local-part would give ari@ of one domain the rights of ari@ of another',
        purpose: 'For each instance, the one domain whose people have users there.',
      },
    ];
  }
  return table.flatMap(([alias, domain]) => {
    const setting = `identity.localPartDomains.${alias}`;
    if (!aliases.includes(alias)) return [{ setting, wrong: 'names no instance of this file' }];
    if (!domains.includes(domain)) return [{ setting, wrong: 'is not one of emailDomains' }];
    return [];
  });
}

function members(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Members)
    : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
