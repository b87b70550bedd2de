/**
 * What people request during a run: forms and files. Most rows are correct, some have mistakes, and some have
 * passwords.
 */
import type { Chance } from './seeded.ts';

/** The deliberate mistake in this row. A row with a mistake must not be created. */
export type Flaw = 'unknown-profile' | 'bad-address' | 'taken-username';

export type PlannedRow = {
  readonly username: string;
  readonly firstName: string;
  readonly email: string;
  readonly routing: string;
  readonly security: string;
  /** A password typed by the requester; without it, the bot generates one. */
  readonly password: string | null;
  readonly flaw: Flaw | null;
};

/**
 * What happens to the request. `withdraw`: the requester withdraws it. `pause`: somebody pauses it during creation
 * and resumes it. `cut-short`: the remaining rows are cancelled during creation.
 */
export type Course = 'approve' | 'deny' | 'withdraw' | 'pause' | 'cut-short';

export type PlannedRequest = {
  readonly number: number;
  readonly by: 'U0TARA' | 'U0NOA' | 'U0SAM';
  readonly approver: 'U0ARI' | 'U0BEA';
  readonly how: 'form' | 'file-in-channel' | 'file-in-dm';
  readonly course: Course;
  /** How long creation runs before the request is paused or its remaining rows are cancelled. */
  readonly interveneAfterMs: number;
  /** Whether failed rows are retried. */
  readonly retries: boolean;
  /** The text that identifies it on its card. */
  readonly fileName: string;
  readonly rows: readonly PlannedRow[];
};

const requesters = ['U0TARA', 'U0NOA', 'U0SAM'] as const;

/** Creates requests with about `rows` rows in all: one in four is a form, the others are files of 15 to 60 rows. */
export function planRequests(chance: Chance, rows: number): PlannedRequest[] {
  const requests: PlannedRequest[] = [];
  for (let left = rows; left > 0; ) {
    const number = requests.length + 1;
    const how =
      number % 4 === 3
        ? 'form'
        : chance.happens(0.75)
          ? ('file-in-channel' as const)
          : ('file-in-dm' as const);
    const count = how === 'form' ? 1 : Math.min(chance.whole(15, 60), Math.max(3, left));
    left -= count;
    requests.push({
      number,
      by: chance.pick(requesters),
      approver: chance.happens(0.8) ? 'U0ARI' : 'U0BEA',
      how,
      course: courseOf(chance, how),
      retries: chance.happens(0.6),
      interveneAfterMs: chance.whole(0, 5_000),
      fileName: `chaos-${number}.csv`,
      rows: rowsOf(chance, number, count, how === 'form'),
    });
  }
  return requests;
}

function courseOf(chance: Chance, how: PlannedRequest['how']): Course {
  const drawn = chance.next();
  if (drawn < 0.06) return 'deny';
  if (drawn < 0.12) return 'withdraw';
  // A request for one user ends too quickly to be paused or cancelled.
  if (how === 'form') return 'approve';
  if (drawn < 0.3) return 'pause';
  return drawn < 0.4 ? 'cut-short' : 'approve';
}

function rowsOf(chance: Chance, request: number, count: number, form: boolean): PlannedRow[] {
  const withPasswords = chance.happens(0.4);
  return Array.from({ length: count }, (_, index): PlannedRow => {
    const name = `k${request}r${index + 1}`;
    // A form rejects a mistake before it is submitted; a file is accepted and its wrong row is left out.
    const flaw = form || !chance.happens(0.06) ? null : chance.pick(flaws);
    const username = flaw === 'taken-username' ? 'jdoe' : name;
    return {
      username,
      firstName: 'Nia',
      email: flaw === 'bad-address' ? `${name} at harbour` : `${name}@harbour.example`,
      routing: flaw === 'unknown-profile' ? 'Basic Ruting Profile' : 'Basic Routing Profile',
      security: 'Agent',
      password: withPasswords && chance.happens(0.7) ? passwordOf(chance) : null,
      flaw,
    };
  });
}

const flaws: readonly Flaw[] = ['unknown-profile', 'bad-address', 'taken-username'];

const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Long enough that the password cannot be in a log by coincidence. */
function passwordOf(chance: Chance): string {
  const drawn = Array.from({ length: 14 }, () => chance.pick([...letters])).join('');
  return `Ty7p-${drawn}`;
}

const header =
  'first name,last name,email address,user login,routing profile name,security_profile_name_1|security_profile_name_2,phone type (soft/desk),phone number,soft phone auto accept (yes/no),ACW timeout (seconds),password';

/** The request as a file in the format of Amazon Connect's website, with an additional column for passwords. */
export function fileOf(request: PlannedRequest): string {
  const lines = request.rows.map(
    (row) =>
      `${row.firstName},${row.username},${row.email},${row.username},${row.routing},${row.security},soft,,yes,30,${row.password ?? ''}`,
  );
  return [header, ...lines, ''].join('\r\n');
}
