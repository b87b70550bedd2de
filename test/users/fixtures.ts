/** A small contact center against which drafts are checked. */
import { type ErrorCode, explain } from '../../src/errors/problem.ts';
import { checkUser } from '../../src/users/check/check-user.ts';
import type { DirectoryView, UserContext } from '../../src/users/context.ts';
import { createUsernames } from '../../src/users/directory-view.ts';
import { createGroupIndex } from '../../src/users/hierarchy.ts';
import { createNameIndex } from '../../src/users/name-index.ts';
import type {
  CheckedUser,
  Finding,
  NewUser,
  UserDraft,
  UserField,
} from '../../src/users/new-user.ts';

const named = (names: readonly string[]) => names.map((name) => ({ id: `id of ${name}`, name }));

export const routingProfiles = named(['Basic Routing Profile', 'Tier 2', 'Nachtschicht']);
export const securityProfiles = named([
  'Agent',
  'Supervisor',
  'Admin',
  'agent lead',
  'Agent Lead',
  ...Array.from({ length: 12 }, (_, at) => `Extra ${at}`),
]);
export const hierarchyGroups = [
  ['North'],
  ['North', 'Sales'],
  ['North', 'Sales', 'Tier 1'],
  ['South'],
  ['South', 'Sales'],
  ['South', 'North'],
  ['In/Out'],
  ['In/Out', 'Night'],
].map((path) => ({ id: `id of ${path.join('|')}`, path }));

const taken = new Set(['jdoe', 'jdoe2', 'mary@example.com']);

export const directory: DirectoryView = {
  routingProfiles: createNameIndex(routingProfiles, (profile) => profile.name),
  securityProfiles: createNameIndex(securityProfiles, (profile) => profile.name),
  hierarchyGroups: createGroupIndex(hierarchyGroups),
  ...createUsernames(taken),
};

export const managed: UserContext = {
  alias: 'production',
  identityMode: 'CONNECT_MANAGED',
  samlEmail: 'refuse',
  directory,
  tagsOfTheBot: 1,
  canTypePassword: true,
};
export const saml: UserContext = { ...managed, alias: 'sso', identityMode: 'SAML' };
export const branch: UserContext = {
  ...managed,
  alias: 'branch',
  identityMode: 'EXISTING_DIRECTORY',
};

/** A valid draft for an instance where Connect stores the passwords. */
export const mary: UserDraft = {
  firstName: 'Mary',
  lastName: 'Major',
  username: 'mary',
  email: 'mary@example.com',
  routingProfile: { name: 'Basic Routing Profile' },
  securityProfiles: [{ name: 'Agent' }],
};

/** A valid draft for an instance with an external identity provider. */
export const { email: _without, ...samlMary } = mary;

type Right = Extract<CheckedUser, { ok: true }>;

/** The checked user; fails with every finding if there are any. */
export function right(draft: UserDraft, context: UserContext = managed): Right {
  const checked = checkUser(draft, context);
  if (checked.ok) return checked;
  throw new Error(
    checked.findings.map((finding) => `${finding.field}: ${explain(finding.problem)}`).join('\n'),
  );
}

export function userOf(draft: UserDraft, context: UserContext = managed): NewUser {
  return right(draft, context).user;
}

/** The warnings of a valid draft. */
export function warningsOf(draft: UserDraft, context: UserContext = managed): ErrorCode[] {
  return right(draft, context).warnings.map((warning) => warning.problem.code);
}

export function findingsOf(draft: UserDraft, context: UserContext = managed): readonly Finding[] {
  const checked = checkUser(draft, context);
  return checked.ok ? [] : checked.findings;
}

/** The codes of the findings of one field. */
export function codesOf(
  field: UserField,
  draft: UserDraft,
  context: UserContext = managed,
): ErrorCode[] {
  return findingsOf({ ...mary, ...draft }, context)
    .filter((finding) => finding.field === field)
    .map((finding) => finding.problem.code);
}

/** The single finding of a draft, as a person reads it. */
export function onlyFinding(draft: UserDraft, context: UserContext = managed) {
  const findings = findingsOf({ ...mary, ...draft }, context);
  const [finding] = findings;
  if (!finding || findings.length > 1) {
    throw new Error(`${findings.length} findings: ${JSON.stringify(findings)}`);
  }
  return {
    field: finding.field,
    code: finding.problem.code,
    text: explain(finding.problem),
    suggestion: finding.suggestion,
  };
}
