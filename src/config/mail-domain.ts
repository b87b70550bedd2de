/** Which domains can belong to a company: in others, anybody in the world can get an address. */
import providers from 'email-providers/all.json' with { type: 'json' };
import { parse } from 'tldts';

/** Providers that are missing from the list. */
const others = [
  ...['fastmail.com', 'fastmail.fm', 'posteo.de', 'posteo.net', 'mailbox.org', 'tutanota.com'],
  ...['tutanota.de', 'tuta.com', 'tuta.io', 'pm.me', 'proton.me', 'hey.com', 'duck.com'],
];

/** Reserved for examples (RFC 2606): they receive no mail, and documentation uses them often. */
const reserved = /(?:^|\.)example\.(?:com|net|org)$/;

const everybodys: ReadonlySet<string> = new Set([...providers, ...others]);

/**
 * Why this domain must not be trusted to identify people, or undefined. Public suffixes come from
 * https://publicsuffix.org, providers from the package email-providers.
 */
export function mailDomainTrouble(domain: string): string | undefined {
  if (reserved.test(domain)) return undefined;
  const { domain: registrable, isIp } = parse(domain, { allowPrivateDomains: true });
  if (isIp) return 'is an IP address, not a domain';
  if (registrable === null) {
    return 'is a public suffix: anybody in the world can register a name below it';
  }
  if (everybodys.has(domain) || everybodys.has(registrable)) {
    return 'is a public mail service: anybody in the world can get an address there';
  }
  return undefined;
}
