/** One run: breaks everything that can break, repairs it, waits for the end, and judges. */
import { join } from 'node:path';
import {
  collectMessages,
  collectRequests,
  collectResults,
  collectUsers,
  messageFact,
} from './collect.ts';
import { type Crew, startCrew } from './crew.ts';
import type { Evidence, Finding, FindingKind } from './evidence.ts';
import { executeFaults, type Injected } from './inject.ts';
import { makePlan, type Plan, type PlanOptions } from './plan.ts';
import { findSecrets } from './secrets.ts';
import { settle } from './settle.ts';
import { type ChaosStage, openStage } from './stage.ts';
import { approvedRows, judge } from './verdict.ts';
import { readWire } from './wire-reader.ts';

export type ChaosOptions = PlanOptions & {
  /** Ends the run early; whatever was started is stopped. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (line: string) => void;
};

export type ChaosReport = {
  readonly seed: number;
  readonly transport: 'socket' | 'http';
  readonly kills: number;
  /** Everything else that was injected. */
  readonly faults: number;
  readonly injected: Readonly<Record<string, number>>;
  readonly requests: number;
  /** How they ended: `done`, `denied`, … */
  readonly ends: Readonly<Record<string, number>>;
  /** Approved rows. */
  readonly rows: number;
  readonly created: number;
  readonly count: Readonly<Record<FindingKind, number>>;
  readonly findings: readonly Finding[];
  /** Replicas that ended without being asked to, such as those that began while Postgres was away. */
  readonly ownEnds: number;
  /** Longest time from SIGTERM to the end of a process, without the time in which it was stopped by SIGSTOP. */
  readonly slowestStopMs: number;
  /** Where the logs are; null when there was nothing to find. */
  readonly folder: string | null;
  readonly seconds: number;
};

export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { signal = new AbortController().signal, onProgress = () => {} } = options;
  const startedAt = performance.now();
  const plan = makePlan(options);
  const stage = await openStage(plan, signal);
  let keepLogs = true;
  try {
    const wire = readWire(stage.sandbox);
    const crew = startCrew(stage.sandbox);
    let injected: Injected;
    let unanswered: string[];
    try {
      onProgress(`${plan.steps.length} steps in ${plan.transport} mode, logs in ${stage.folder}`);
      injected = await executeFaults(plan, stage, crew, {
        signal,
        onStep: (step, at) => {
          if (step.do !== 'kill') return;
          onProgress(`step ${at + 1} of ${plan.steps.length}: ${step.signal}`);
        },
      });
      onProgress('everything is repaired; waiting for the end of every request');
      unanswered = await settle(stage, crew, signal, onProgress);
    } finally {
      await crew.stop();
      await wire.stop();
    }
    const evidence = await collect(stage, crew, wire.creates, unanswered);
    const findings = [...judge(evidence), ...(await secretFindings(stage, plan))];
    keepLogs = findings.length > 0;
    return {
      ...report(plan, injected, evidence, findings),
      ...stage.replicas.seen(),
      folder: keepLogs ? join(stage.folder, 'logs') : null,
      seconds: Math.round((performance.now() - startedAt) / 1000),
    };
  } finally {
    await stage.close({ keepLogs: keepLogs && !signal.aborted });
  }
}

async function collect(
  { sandbox, postgres }: ChaosStage,
  crew: Crew,
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
    acknowledged: [...crew.acknowledged],
    unanswered,
  };
}

function secretFindings(stage: ChaosStage, plan: Plan): Promise<Finding[]> {
  const secrets = new Map(stage.secrets);
  const typed = new Set<string>();
  for (const step of plan.steps) {
    if (step.do !== 'ask') continue;
    for (const { username, password } of step.ask.rows) {
      if (password === null) continue;
      typed.add(password);
      secrets.set(`the password typed for ${username}`, password);
    }
  }
  const generated = [...stage.tap.passwords].filter((password) => !typed.has(password));
  for (const [at, password] of generated.entries()) {
    secrets.set(`generated password ${at + 1}`, password);
  }
  return findSecrets([...stage.replicas.logFiles, stage.postgres.logFile], secrets);
}

function report(
  plan: Plan,
  injected: Injected,
  evidence: Evidence,
  findings: readonly Finding[],
): Omit<ChaosReport, 'folder' | 'seconds' | 'ownEnds' | 'slowestStopMs'> {
  const count = (kind: FindingKind) => findings.filter((finding) => finding.kind === kind).length;
  const asks = plan.steps.filter((step) => step.do === 'ask').length;
  const kills = (injected.get('SIGKILL') ?? 0) + (injected.get('SIGTERM') ?? 0);
  const all = [...injected.values()].reduce((sum, times) => sum + times, 0);
  return {
    seed: plan.seed,
    transport: plan.transport,
    kills,
    faults: all - kills - asks,
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
