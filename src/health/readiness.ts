/** Whether this process can work now: database, Slack, workers. */
import { withTimeout } from '../operations/with-timeout.ts';
import type { ConnectionHealth } from '../slack/sockets/keep-connected.ts';
import { type Db, ping } from '../storage/database.ts';

export type Readiness = {
  readonly ready: boolean;
  /** For each part, `ok` or what is wrong with it. */
  readonly checks: Readonly<Record<'database' | 'slack' | 'workers', string>>;
};

/** Orchestrators have their own timeouts, often one or two seconds. */
const databaseWithinMs = 900;

/**
 * Queries the database, and checks the other parts. The answer describes the state at the time of the call.
 *
 * @param deps.slack the Socket Mode connections; null with HTTP, where only arriving deliveries can be observed
 * @param deps.working false before the workers have started and once the bot stops
 */
export async function readReadiness(deps: {
  readonly db: Db;
  readonly slack: () => ConnectionHealth | null;
  readonly working: () => boolean;
}): Promise<Readiness> {
  const connection = deps.slack();
  const checks = {
    database: await databaseCheck(deps.db),
    slack:
      connection && !connection.healthy
        ? `no connection to Slack for a minute (${connection.reason ?? 'reason unknown'})`
        : 'ok',
    workers: deps.working() ? 'ok' : 'the bot does not work on jobs: it is starting or stopping',
  };
  return { ready: Object.values(checks).every((check) => check === 'ok'), checks };
}

/** Simultaneous callers share one answer, so that a thousand requests cause no more queries than one. */
export function sharedReadiness(read: () => Promise<Readiness>): () => Promise<Readiness> {
  let asking: Promise<Readiness> | undefined;
  return () => {
    asking ??= read().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}

/** For an address that is open to anybody: the failing parts, without hosts and names from error messages. */
export function withoutReasons({ ready, checks }: Readiness): Readiness {
  const plain = (check: string) => check.replace(/ \(.*\)$/s, '');
  const { database, slack, workers } = checks;
  return {
    ready,
    checks: { database: plain(database), slack: plain(slack), workers: plain(workers) },
  };
}

async function databaseCheck(db: Db): Promise<string> {
  try {
    const answer = await withTimeout(ping(db), databaseWithinMs);
    return answer ? 'ok' : `the database did not answer within ${databaseWithinMs} ms`;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return `the database does not answer (${message})`;
  }
}
