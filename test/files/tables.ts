/** Header rows from practice, rows of valid users, and functions that return the result of a file. */
import { explain, ProblemError } from '../../src/errors/problem.ts';
import type { UserContext } from '../../src/users/context.ts';
import { checkRows } from '../../src/users/files/check/check-rows.ts';
import type { CheckedTable } from '../../src/users/files/check/checked-table.ts';
import { readTable } from '../../src/users/files/read/read-table.ts';
import { managed } from '../users/fixtures.ts';

/** The website's header sets, character by character. */
export const websiteHeaders = {
  managed:
    'first name,last name,email address,password,user login,routing profile name,security_profile_name_1|security_profile_name_2,phone type (soft/desk),phone number,soft phone auto accept (yes/no),ACW timeout (seconds)',
  saml: 'first name,last name,user login,routing profile name,security_profile_name_1|security_profile_name_2,phone type (soft/desk),phone number,soft phone auto accept (yes/no),ACW timeout (seconds)',
  documented:
    'first name,last name,email address,secondary email address,mobile,password,user login,agent hierarchy,routing profile name,security_profile_name_1|security_profile_name_2,user_hierarchy_1|user_hierarchy_2,phone type (soft/desk),phone number,soft phone auto accept (yes/no),ACW timeout (seconds),tags',
  newest:
    'first name,last name,email address,secondary email address,mobile,password,user login,agent hierarchy,routing profile name,security_profile_name_1|security_profile_name_2,user_hierarchy_1|user_hierarchy_2,phone type (soft/desk),phone number,soft phone auto accept (yes/no),ACW timeout (seconds),tags,persistent connection,audio enhancement',
} as const;

/** The minimum columns for an instance with its own passwords. */
export const header = [
  'first name',
  'last name',
  'email address',
  'user login',
  'routing profile name',
  'security profiles',
] as const;

/** A valid row under `header`. */
export function userRow(login: string, change: Partial<Record<keyof Cells, string>> = {}) {
  const cells: Cells = {
    first: 'Mary',
    last: 'Major',
    email: `${login.trim() || 'somebody'}@example.com`,
    login,
    routing: 'Basic Routing Profile',
    security: 'Agent',
    ...change,
  };
  return [cells.first, cells.last, cells.email, cells.login, cells.routing, cells.security];
}

type Cells = {
  readonly first: string;
  readonly last: string;
  readonly email: string;
  readonly login: string;
  readonly routing: string;
  readonly security: string;
};

export async function checkFile(
  bytes: Uint8Array,
  context: UserContext = managed,
  name = 'users.csv',
): Promise<CheckedTable> {
  return checkRows(await readTable(bytes, name), context);
}

export const text = (content: string): Uint8Array => Buffer.from(content, 'utf8');

/** The error that a person reads when a file cannot be used at all. */
export async function refusalOf(
  bytes: Uint8Array,
  name = 'users.csv',
  context: UserContext = managed,
): Promise<{ code: string; text: string }> {
  try {
    await checkFile(bytes, context, name);
  } catch (error) {
    if (error instanceof ProblemError) {
      return { code: error.problem.code, text: explain(error.problem) };
    }
    throw error;
  }
  throw new Error('the file was taken');
}

/** Findings as lines that a test can list: `3 user login: username.taken`. */
export function lines(checked: Pick<CheckedTable, 'findings'>): string[] {
  return checked.findings.map(
    (finding) => `${finding.row} ${finding.column ?? 'row'}: ${finding.code}`,
  );
}
