/** JSON that is damaged, hostile, or has different content. */
import { text } from '../tables.ts';
import type { AwkwardFile } from './awkward-file.ts';

const user = (login: string, more: Record<string, unknown> = {}) => ({
  Username: login,
  IdentityInfo: { FirstName: 'Mary', LastName: 'Major', Email: `${login}@example.com` },
  RoutingProfileId: 'Basic Routing Profile',
  SecurityProfileIds: ['Agent'],
  ...more,
});
const json = (value: unknown) => text(JSON.stringify(value));

export const jsons: readonly AwkwardFile[] = [
  {
    about: 'JSON nested 10,000 deep',
    bytes: () => text(`${'['.repeat(10_000)}${']'.repeat(10_000)}`),
    refused: 'file.json-deep',
    says: /Line 1/,
  },
  {
    about: 'JSON objects nested 10,000 deep',
    bytes: () => text(`[{"Tags":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}]`),
    refused: 'file.json-deep',
  },
  {
    about: 'keys that would change every object',
    bytes: () =>
      text(
        `[${JSON.stringify(user('one')).replace('{', '{"__proto__":{"Username":"evil"},"constructor":"x",')}]`,
      ),
    good: 1,
    findings: [],
  },
  {
    about: 'a JSON object of half a million keys',
    bytes: () => text(`{${Array.from({ length: 500_000 }, (_, at) => `"k${at}":1`).join(',')}}`),
    refused: 'file.too-many-columns',
  },
  {
    about: 'a JSON object of 251 keys',
    bytes: () => json(Object.fromEntries(Array.from({ length: 251 }, (_, at) => [`k${at}`, 1]))),
    refused: 'file.too-many-columns',
  },
  { about: 'an empty list', bytes: () => text('[]'), refused: 'file.empty' },
  {
    about: 'a list of numbers',
    bytes: () => text('[1, 2]'),
    refused: 'file.json-shape',
    says: /Entry 1 is not a user, but a number/,
  },
  {
    about: 'a list in a list',
    bytes: () => json([user('one'), []]),
    refused: 'file.json-shape',
    says: /Entry 2 is not a user, but a list/,
  },
  {
    about: 'JSON that breaks off',
    bytes: () => text(`[${JSON.stringify(user('one'))},\n{"Username":`),
    refused: 'file.json-syntax',
    says: /Line 2/,
  },
  {
    about: 'a comma too many',
    bytes: () => text(`[${JSON.stringify(user('one'))},\n,${JSON.stringify(user('two'))}]`),
    refused: 'file.json-syntax',
    says: /Line 2/,
  },
  {
    about: 'a list where one value is wanted',
    bytes: () => json(user('one', { RoutingProfileId: ['Basic Routing Profile', 'Tier 2'] })),
    good: 0,
    findings: ['1 RoutingProfileId: row.not-a-text'],
  },
];
