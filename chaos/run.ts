/** One run: injects the faults, repairs everything, waits until all requests have ended, and judges the result. */
import { join } from 'node:path';
import {
  collectMessages,
  collectRequests,
  collectResults,
  collectUsers,
  messageFact,
} from './collect.ts';
import { type ChaosEnvironment, startEnvironment } from './environment.ts';
import type { Evidence, Finding, FindingKind } from './evidence.ts';
import { executeFaults, type Injected } from './inject.ts';
import { type People, startPeople } from './people.ts';
import { makePlan, type Plan, type PlanOptions } from './plan.ts';
import { findSecrets } from './secrets.ts';
import { settle } from './settle.ts';
import { approvedRows, judge } from './verdict.ts';
import { readWire } from './wire-reader.ts';

export type ChaosOptions = PlanOptions & {
  /** Ends the run early; everything that was started is stopped. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (line: string) => void;
};

export type ChaosReport = {
  readonly seed: number;
  readonly transport: 'socket' | 'http';
  readonly kills: number;
  /** The other faults that were injected. */
  readonly faults: number;
  readonly injected: Readonly<Record<string, number>>;
  readonly requests: number;
  /** Number of requests by final state: `done`, `denied`, … */
  readonly ends: Readonly<Record<string, number>>;
  /** Number of approved rows. */
  readonly rows: number;
  readonly created: number;
  readonly count: Readonly<Record<FindingKind, number>>;
  readonly findings: readonly Finding[];
  /** How often a replica ended unexpectedly, for example when it started while Postgres was stopped. */
  readonly ownEnds: number;
  /** The longest time from SIGTERM to the end of a process, without the time in which SIGSTOP had suspended it. */
  readonly slowestStopMs: number;
  /** The folder with the logs; null when there were no findings. */
  readonly folder: string | null;
  readonly seconds: number;
};

export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { signal = new AbortController().signal, onProgress = () => {} } = options;
  const startedAt = performance.now();
  const plan = makePlan(options);
  const environment = await startEnvironment(plan, signal);
  let keepLogs = true;
  try {
    const wire = readWire(environment.sandbox);
    const people = startPeople(environment.sandbox);
    let injected: Injected;
    let unanswered: string[];
    try {
      onProgress(
        `${plan.steps.length} steps in ${plan.transport} mode, logs in ${environment.folder}`,
      );
      injected = await executeFaults(plan, environment, people, {
        signal,
        onStep: (step, at) => {
          if (step.do !== 'kill') return;
          onProgress(`step ${at + 1} of ${plan.steps.length}: ${step.signal}`);
        },
      });
      onProgress('everything is repaired; waiting for the end of every request');
      unanswered = await settle(environment, people, signal, onProgress);
    } finally {
      await people.stop();
      await wire.stop();
    }
    const evidence = await collect(environment, people, wire.creates, unanswered);
    const findings = [...judge(evidence), ...(await secretFindings(environment, plan))];
    keepLogs = findings.length > 0;
    return {
      ...report(plan, injected, evidence, findings),
      ...environment.replicas.seen(),
      folder: keepLogs ? join(environment.folder, 'logs') : null,
      seconds: Math.round((performance.now() - startedAt) / 1000),
    };
  } finally {
    await environment.close({ keepLogs: keepLogs && !signal.aborted });
  }
}

async function collect(
  { sandbox, postgres }: ChaosEnvironment,
  people: People,
  creates: Evidence['creates'],
  unanswered: readonly string[],
): Promise<Evidence> {
  const messages = await collectMessages(sandbox, ['U0TARA', 'U0NOA', 'U0SAM', 'U0ARI', 'U0BEA']);
  return {
    requests: await collectRequests(postgres.url),
    users: await collectUsers(sandbox),
    creates,
    messages: messages.map(messageFact),
    results: await collectResults(sandbox, messages),
    acknowledged: [...people.acknowledged],
    unanswered,
  };
}

function secretFindings(environment: ChaosEnvironment, plan: Plan): Promise<Finding[]> {
  const secrets = new Map(environment.secrets);
  const typed = new Set<string>();
  for (const step of plan.steps) {
    if (step.do !== 'request') continue;
    for (const { username, password } of step.request.rows) {
      if (password === null) continue;
      typed.add(password);
      secrets.set(`the password typed for ${username}`, password);
    }
  }
  const generated = [...environment.passwordProxy.passwords].filter(
    (password) => !typed.has(password),
  );
  for (const [at, password] of generated.entries()) {
    secrets.set(`generated password ${at + 1}`, password);
  }
  return findSecrets([...environment.replicas.logFiles, environment.postgres.logFile], secrets);
}

function report(
  plan: Plan,
  injected: Injected,
  evidence: Evidence,
  findings: readonly Finding[],
): Omit<ChaosReport, 'folder' | 'seconds' | 'ownEnds' | 'slowestStopMs'> {
  const count = (kind: FindingKind) => findings.filter((finding) => finding.kind === kind).length;
  const requests = plan.steps.filter((step) => step.do === 'request').length;
  const kills = (injected.get('SIGKILL') ?? 0) + (injected.get('SIGTERM') ?? 0);
  const all = [...injected.values()].reduce((sum, times) => sum + times, 0);
  return {
    seed: plan.seed,
    transport: plan.transport,
    kills,
    faults: all - kills - requests,
    injected: Object.fromEntries(injected),
    requests: evidence.requests.length,
    ends: Object.fromEntries(
      [...Map.groupBy(evidence.requests, (request) => request.state)].map(([end, same]) => [
        end,
        same.length,
      ]),
    ),
    rows: evidence.requests.flatMap(approvedRows).length,
    created: evidence.users.length,
    count: {
      lost: count('lost'),
      doubled: count('doubled'),
      stuck: count('stuck'),
      untrue: count('untrue'),
      'posted-twice': count('posted-twice'),
      unapproved: count('unapproved'),
      secret: count('secret'),
    },
    findings,
  };
}
