/** Finds the Connect user of a Slack person. Pure: the caller provides the usernames. */
import type { IdentityPolicy, IdentityWay } from '../config/config.ts';
import { type Problem, problem } from '../errors/problem.ts';
import type { SlackPerson } from '../slack/slack-person.ts';
import type { StoredLink } from './stored-links.ts';

export type Identity =
  | {
      readonly kind: 'known';
      readonly userId: string;
      readonly username: string;
      readonly way: IdentityWay;
    }
  | { readonly kind: 'unknown'; readonly problem: Problem };

export type IdentityFacts = {
  /** The instance's alias, for messages. */
  readonly instance: string;
  /** The link that an admin has confirmed; null when there is none. */
  readonly storedLink: StoredLink | null;
  /** Connect users with this username, ignoring case. */
  readonly usersNamed: (
    username: string,
  ) => readonly { readonly id: string; readonly username: string }[];
};

type Step =
  | { readonly kind: 'found'; readonly userId: string; readonly username: string }
  | { readonly kind: 'nothing'; readonly tried: string }
  | { readonly kind: 'stop'; readonly problem: Problem };

/**
 * Tries the policy's methods in its order; the first that finds a user decides. If a method finds several users, the
 * search stops, because choosing between them could identify the wrong person.
 */
export function identify(
  person: SlackPerson,
  policy: IdentityPolicy,
  facts: IdentityFacts,
): Identity {
  const tried: string[] = [];
  let foreign: Problem | null = null;
  for (const way of policy.ways) {
    const step = tryWay(way, person, policy, facts);
    if (step.kind === 'found') {
      return { kind: 'known', userId: step.userId, username: step.username, way };
    }
    if (step.kind === 'stop') {
      if (step.problem.code !== 'identity.foreign-domain') {
        return { kind: 'unknown', problem: step.problem };
      }
      foreign = step.problem;
    } else {
      tried.push(step.tried);
    }
  }
  if (foreign) return { kind: 'unknown', problem: foreign };
  const list = tried.length > 0 ? tried.join(', ') : 'the policy file names no way to tell';
  return {
    kind: 'unknown',
    problem: problem('identity.no-match', {
      instance: facts.instance,
      tried: list,
      person: person.id,
    }),
  };
}

function tryWay(
  way: IdentityWay,
  person: SlackPerson,
  policy: IdentityPolicy,
  facts: IdentityFacts,
): Step {
  switch (way) {
    case 'link': {
      const username = policy.links[person.id];
      if (username === undefined) return byStoredLink(person, facts);
      const found = pick(username, person, facts);
      return found.kind === 'nothing'
        ? {
            kind: 'stop',
            problem: problem('identity.link-dead', { username, instance: facts.instance }),
          }
        : found;
    }
    case 'email': {
      const trusted = trustedAddress(person, policy);
      return trusted.kind === 'address' ? pick(trusted.address, person, facts) : trusted;
    }
    case 'email-local-part': {
      const trusted = trustedAddress(person, policy);
      if (trusted.kind !== 'address') return trusted;
      // `ari@` in two domains can be two people, so each instance accepts this method for one domain only.
      const domain = localPartDomain(policy, facts.instance);
      if (trusted.domain !== domain) {
        const where = domain ?? 'a domain that the policy file names for this instance';
        return { kind: 'nothing', tried: `the name before the @ counts only in ${where}` };
      }
      return pick(trusted.localPart, person, facts);
    }
  }
}

/** Only the confirmed user itself: a user that was created later with the same name is a different person. */
function byStoredLink(person: SlackPerson, facts: IdentityFacts): Step {
  const { storedLink: link, instance } = facts;
  if (!link) return { kind: 'nothing', tried: 'you are not linked to a user' };
  const found = pick(link.username, person, facts);
  if (found.kind === 'found' && found.userId === link.userId) return found;
  if (found.kind === 'stop') return found;
  return {
    kind: 'stop',
    problem: problem('identity.link-dead', { username: link.username, instance }),
  };
}

/** The only domain in which the part before the @ is the username in this instance; undefined when there is none. */
export function localPartDomain(policy: IdentityPolicy, instance: string): string | undefined {
  const [only, ...others] = policy.emailDomains;
  return policy.localPartDomains[instance] ?? (others.length === 0 ? only : undefined);
}

/**
 * The characters that an email address may contain. Other Unicode characters can look like these, or become these
 * when their case is changed.
 */
const plainAddress = /^[\x21-\x7e]+$/;

/** Converts only A to Z to lower case, because `toLowerCase` would also convert U+212A, the Kelvin sign, to k. */
export function foldCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** The person's email address in lower case, if its domain is trusted by the policy. */
export function trustedAddress(
  person: SlackPerson,
  policy: IdentityPolicy,
):
  | {
      readonly kind: 'address';
      readonly address: string;
      readonly localPart: string;
      readonly domain: string;
    }
  | { readonly kind: 'nothing'; readonly tried: string }
  | { readonly kind: 'stop'; readonly problem: Problem } {
  const written = person.email?.trim() ?? '';
  if (written !== '' && !plainAddress.test(written)) {
    return {
      kind: 'stop',
      problem: problem('identity.unusual-address', { person: person.id }),
    };
  }
  const address = foldCase(written);
  const at = address.lastIndexOf('@');
  if (at <= 0) return { kind: 'nothing', tried: 'Slack shows me no email address of yours' };
  const domain = address.slice(at + 1);
  if (!policy.emailDomains.includes(domain)) {
    const domains = policy.emailDomains.join(', ');
    return {
      kind: 'stop',
      problem: problem('identity.foreign-domain', { domains, person: person.id }),
    };
  }
  return { kind: 'address', address, localPart: address.slice(0, at), domain };
}

function pick(username: string, person: SlackPerson, facts: IdentityFacts): Step {
  const matches = facts
    .usersNamed(username)
    .filter((user) => foldCase(user.username) === foldCase(username));
  const [first, second] = matches;
  if (!first) return { kind: 'nothing', tried: `no user is called “${username}”` };
  if (second) {
    const why = `“${first.username}” and “${second.username}” both match`;
    return { kind: 'stop', problem: problem('identity.ambiguous', { why, person: person.id }) };
  }
  return { kind: 'found', userId: first.id, username: first.username };
}
