/** What people request during a run: forms and files, most rows right, some wrong, some with passwords. */
import type { Chance } from './seeded.ts';

/** What is wrong with a row on purpose. Such a row must not be created by this ask. */
export type Flaw = 'unknown-profile' | 'bad-address' | 'taken-username';

export type AskRow = {
  readonly username: string;
  readonly firstName: string;
  readonly email: string;
  readonly routing: string;
  readonly security: string;
  /** Typed by the requester; otherwise the bot makes one. */
  readonly password: string | null;
  readonly flaw: Flaw | null;
};

/**
 * What happens to it. `withdraw`: the requester takes it back. `pause`: somebody pauses it while it runs, and
 * resumes it. `cut-short`: the rest is cancelled while it runs.
 */
export type Course = 'approve' | 'deny' | 'withdraw' | 'pause' | 'cut-short';

export type Ask = {
  readonly number: number;
  readonly by: 'U0TARA' | 'U0NOA' | 'U0SAM';
  readonly approver: 'U0ARI' | 'U0BEA';
  readonly how: 'form' | 'file-in-channel' | 'file-in-dm';
  readonly course: Course;
  /** How long it runs before somebody pauses it or cancels the rest. */
  readonly steerAfterMs: number;
  /** Whether somebody has what failed tried again. */
  readonly retries: boolean;
  /** Names it on its card. */
  readonly fileName: string;
  readonly rows: readonly AskRow[];
};

const askers = ['U0TARA', 'U0NOA', 'U0SAM'] as const;

/** About `rows` rows: one ask in four is a form, the others are files of 15 to 60 rows. */
export function planAsks(chance: Chance, rows: number): Ask[] {
  const asks: Ask[] = [];
  for (let left = rows; left > 0; ) {
    const number = asks.length + 1;
    const how =
      number % 4 === 3
        ? 'form'
        : chance.happens(0.75)
          ? ('file-in-channel' as const)
          : ('file-in-dm' as const);
    const count = how === 'form' ? 1 : Math.min(chance.whole(15, 60), Math.max(3, left));
    left -= count;
    asks.push({
      number,
      by: chance.pick(askers),
      approver: chance.happens(0.8) ? 'U0ARI' : 'U0BEA',
      how,
      course: courseOf(chance, how),
      retries: chance.happens(0.6),
      steerAfterMs: chance.whole(0, 5_000),
      fileName: `chaos-${number}.csv`,
      rows: rowsOf(chance, number, count, how === 'form'),
    });
  }
  return asks;
}

function courseOf(chance: Chance, how: Ask['how']): Course {
  const drawn = chance.next();
  if (drawn < 0.06) return 'deny';
  if (drawn < 0.12) return 'withdraw';
  // A request of one user is over before anybody could steer it.
  if (how === 'form') return 'approve';
  if (drawn < 0.3) return 'pause';
  return drawn < 0.4 ? 'cut-short' : 'approve';
}

function rowsOf(chance: Chance, ask: number, count: number, form: boolean): AskRow[] {
  const withPasswords = chance.happens(0.4);
  return Array.from({ length: count }, (_, index): AskRow => {
    const name = `k${ask}r${index + 1}`;
    // A form refuses what is wrong before it is sent; a file takes it and leaves it out.
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

/** Long enough not to be in a log by chance. */
function passwordOf(chance: Chance): string {
  const drawn = Array.from({ length: 14 }, () => chance.pick([...letters])).join('');
  return `Ty7p-${drawn}`;
}

const header =
  'first name,last name,email address,user login,routing profile name,security_profile_name_1|security_profile_name_2,phone type (soft/desk),phone number,soft phone auto accept (yes/no),ACW timeout (seconds),password';

/** The ask as the file that Amazon Connect's own website takes, with a column for passwords. */
export function fileOf(ask: Ask): string {
  const lines = ask.rows.map(
    (row) =>
      `${row.firstName},${row.username},${row.email},${row.username},${row.routing},${row.security},soft,,yes,30,${row.password ?? ''}`,
  );
  return [header, ...lines, ''].join('\r\n');
}
