/** Everything that a run injects, in order, derived from one seed. The exact times depend on the machine. */
import type { ConnectSettings } from '../sandbox/api/connect.ts';
import { faultDealer, type PlannedFault } from './fault-catalogue.ts';
import { type PlannedRequest, planRequests } from './planned-requests.ts';
import { type Chance, chanceOf } from './seeded.ts';

export const replicaCount = 3;

/**
 * `fast` rolls back transactions and closes connections; `immediate` stops without clean-up; `kill` is `kill -9` of
 * the postmaster.
 */
export type DatabaseEnd = 'fast' | 'immediate' | 'kill';

export type Injection =
  /** Both signals count as a kill. The replica starts again `backAfterMs` after its end. */
  | {
      readonly do: 'kill';
      readonly replica: number;
      readonly signal: 'SIGKILL' | 'SIGTERM';
      readonly backAfterMs: number;
    }
  /** SIGSTOP, and SIGCONT later: the replica hangs without ending. */
  | { readonly do: 'hang'; readonly replica: number; readonly forMs: number }
  | { readonly do: 'database'; readonly end: DatabaseEnd; readonly downMs: number }
  | ({ readonly do: 'fault' } & PlannedFault)
  | { readonly do: 'request'; readonly request: PlannedRequest };

/** The wait before the step, in milliseconds. */
export type Step = Injection & { readonly waitMs: number };

export type Plan = {
  readonly seed: number;
  readonly transport: 'socket' | 'http';
  readonly connect: Partial<ConnectSettings>;
  readonly steps: readonly Step[];
};

export type PlanOptions = {
  readonly seed: number;
  /** Number of SIGKILLs and SIGTERMs together. */
  readonly kills: number;
  /** The approximate number of rows that are requested. */
  readonly rows: number;
  /** The transport; when absent, the seed chooses it. */
  readonly transport?: 'socket' | 'http';
  /** Multiplies waits, hangs and outages; values below 1 make a short run. */
  readonly haste?: number;
};

export function makePlan(options: PlanOptions): Plan {
  const { seed, kills, rows, haste = 1 } = options;
  const chance = chanceOf(seed);
  const drawn = chance.happens(0.5) ? 'socket' : 'http';
  const connect = {
    // Slow enough that most kills happen while rows are being created.
    ratePerSecond: chance.whole(3, 8),
    burst: 5,
    latencyMs: chance.whole(50, 400),
    searchLagMs: Math.round(chance.whole(500, 2_000) * haste),
    othersPerSecond: chance.whole(0, 1),
    usersQuota: 1_000_000,
  };
  const trouble = planTrouble(chance.fork(), kills);
  const requests = planRequests(chance.fork(), rows).map(
    (request): Injection => ({ do: 'request', request }),
  );
  const pauses = chance.fork();
  const steps = spread(requests, trouble).map((injection): Step => {
    const step = { ...shortened(injection, haste), waitMs: 0 };
    return { ...step, waitMs: Math.round(waitBefore(injection, pauses) * haste) };
  });
  return { seed, transport: options.transport ?? drawn, connect, steps };
}

function planTrouble(chance: Chance, kills: number): Injection[] {
  const deal = faultDealer(chance);
  const found: Injection[] = [];
  for (let kill = 1; kill <= kills; kill++) {
    for (let faults = chance.whole(2, 5); faults > 0; faults--) {
      found.push({ do: 'fault', ...deal() });
    }
    // Each dozen kills includes each of these once, so that a short run covers them as well.
    if (kill % 12 === 3) {
      found.push({
        do: 'database',
        end: chance.pick(['fast', 'immediate', 'kill'] as const),
        downMs: chance.whole(0, 3_000),
      });
    }
    if (kill % 12 === 8) {
      const forMs = chance.happens(0.5)
        ? chance.whole(1_000, 12_000)
        : chance.whole(12_000, 40_000);
      found.push({ do: 'hang', replica: chance.whole(0, replicaCount - 1), forMs });
    }
    found.push({
      do: 'kill',
      replica: chance.whole(0, replicaCount - 1),
      signal: chance.happens(0.65) ? 'SIGKILL' : 'SIGTERM',
      backAfterMs: chance.whole(100, 3_000),
    });
  }
  return found;
}

/** Spreads requests evenly over the first nine tenths of the faults, so that the last requests also meet some. */
function spread(requests: readonly Injection[], trouble: readonly Injection[]): Injection[] {
  const room = Math.max(1, Math.floor(trouble.length * 0.9));
  const placed = requests.map((request, index) => ({
    request,
    at: Math.floor((index * room) / requests.length),
  }));
  const mixed = trouble.flatMap((injection, at) => [
    ...placed.filter((injection) => injection.at === at).map((injection) => injection.request),
    injection,
  ]);
  return trouble.length === 0 ? [...requests] : mixed;
}

function waitBefore(injection: Injection, chance: Chance): number {
  switch (injection.do) {
    case 'kill':
      return chance.whole(300, 3_000);
    case 'database':
    case 'hang':
      return chance.whole(100, 1_000);
    case 'fault':
    case 'request':
      return chance.whole(0, 500);
  }
}

function shortened(injection: Injection, haste: number): Injection {
  switch (injection.do) {
    case 'kill':
      return { ...injection, backAfterMs: Math.round(injection.backAfterMs * haste) };
    case 'hang':
      return { ...injection, forMs: Math.round(injection.forMs * haste) };
    case 'database':
      return { ...injection, downMs: Math.round(injection.downMs * haste) };
    case 'fault':
    case 'request':
      return injection;
  }
}
