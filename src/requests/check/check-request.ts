/** Checks a stored request against the rules, the directory and the policy, and applies the next transition. */

import { setPlan } from '../../approvals/approvals-store.ts';
import { type CheckedRoute, routeChecked } from '../../approvals/route-checked.ts';
import { readCeilingRules, readRequestedProfiles } from '../../auth/authority.ts';
import type { Risk } from '../../auth/risks.ts';
import { risksOf } from '../../auth/risks.ts';
import type { DirectorySnapshot } from '../../connect/directory.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { userContext } from '../../connect/user-context.ts';
import { type Problem, ProblemError, problem } from '../../errors/problem.ts';
import { createRequestSummary } from '../../policy/facts.ts';
import type { Services } from '../../services.ts';
import type { Tx } from '../../storage/database.ts';
import type { RequestRecord, RowRecord } from '../../storage/schema.ts';
import { open } from '../../storage/secrets.ts';
import { checkUser } from '../../users/check/check-user.ts';
import { contentHash } from '../../users/content-hash.ts';
import type { UserContext } from '../../users/context.ts';
import type { Finding, NewUser, PasswordPlan } from '../../users/new-user.ts';
import { checked, rejected } from '../model/decision-transitions.ts';
import type { RequestHead, Transition } from '../model/transition.ts';
import { scopeOf } from '../store/checked-content-store.ts';
import {
  readRequest,
  readRows,
  setChecked,
  setRejection,
  setRemarks,
} from '../store/requests-store.ts';
import { step } from '../store/step.ts';
import { lockUsernames } from '../store/usernames-store.ts';
import { whyNoApprover } from '../submit/approver-candidates.ts';
import { passwordContext } from '../submit/submit-request.ts';
import { isOfWorkflow } from '../submit/workflow-steps-store.ts';
import { findAnomalies } from './anomalies.ts';
import { checkFile } from './check-file.ts';
import { replacedNotices } from './compare-with-replaced.ts';
import { afterFailedCheck, reportWhenSlow } from './failed-check.ts';
import { granularProfilesOf, noticesOf, welcomeNotices } from './notices.ts';
import { readBaseline } from './read-baseline.ts';
import { ambiguousTimeNotice } from './read-not-before.ts';
import { checkedSince, presetsOf, readRequesterOf } from './read-requester.ts';
import { otherCaseNotice, requestedUsernames } from './requested-usernames.ts';

type Result =
  | {
      readonly kind: 'wrong';
      readonly problem: Problem | null;
      readonly findings: ReadonlyMap<number, readonly Finding[]>;
    }
  | {
      readonly kind: 'right';
      readonly rows: readonly {
        readonly position: number;
        readonly user: NewUser;
        readonly password: PasswordPlan;
      }[];
      readonly risks: readonly Risk[];
      readonly notices: readonly Problem[];
      readonly route: CheckedRoute;
    };

/**
 * Checks a request that is `received`; does nothing in any other state. When Connect does not answer, the request
 * shows that and is checked again later; nothing is lost, and no approval is requested until then.
 *
 * @param tries how often this job was tried before
 */
export async function checkRequest(
  services: Services,
  requestId: number,
  tries = 0,
): Promise<void> {
  const record = await readRequest(services.db, requestId);
  if (record?.state !== 'received') return;
  await reportWhenSlow(services, requestId, () =>
    record.source === 'file'
      ? checkFile(services, record, tries)
      : checkForm(services, record, tries),
  );
}

async function checkForm(services: Services, record: RequestRecord, tries: number): Promise<void> {
  const requestId = record.id;
  const rows = await readRows(services.db, requestId);
  let result: Result;
  try {
    result = await check(services, record, rows);
  } catch (error) {
    if (!(error instanceof ProblemError)) {
      return afterFailedCheck(services, record, error, tries);
    }
    // A retry would not help, for example when a typed password cannot be read anymore.
    result = { kind: 'wrong', problem: error.problem, findings: new Map() };
  }
  await step(services, requestId, async (head, tx) => {
    const final = await unlessRequested(tx, record, result);
    const transition = transitionFor(head, final, services.now());
    // Cancelled in the meantime, or checked by another bot: the result of this check is not needed anymore.
    if (transition.ok) await storeResult(tx, record, rows, final);
    return transition;
  });
}

/** The result, unless another request for one of its usernames has been opened since the check. */
async function unlessRequested(tx: Tx, record: RequestRecord, result: Result): Promise<Result> {
  if (result.kind !== 'right') return result;
  await lockUsernames(tx, record.instance);
  const usernames = result.rows.map(({ user }) => user.username);
  const exceptRequest = record.id;
  const requested = await requestedUsernames(tx, record.instance, { exceptRequest, usernames });
  const findings = new Map<number, readonly Finding[]>();
  for (const { position, user } of result.rows) {
    const number = requested.get(user.username);
    if (number === undefined) continue;
    const { username } = user;
    const requestedToo = problem('username.requested', { username, number });
    findings.set(position, [{ field: 'username', problem: requestedToo }]);
  }
  return findings.size > 0 ? { kind: 'wrong', problem: null, findings } : result;
}

function transitionFor(head: RequestHead, result: Result, now: Date): Transition {
  if (result.kind === 'right') {
    const { route } = result;
    return checked(head, { ...route, contentHash: route.binding.contentHash }, now);
  }
  const problems = [
    ...(result.problem ? [result.problem] : []),
    ...[...result.findings.values()].flat().map((finding) => finding.problem),
  ];
  return rejected(head, problems, now);
}

async function storeResult(
  tx: Tx,
  record: RequestRecord,
  rows: readonly RowRecord[],
  result: Result,
): Promise<void> {
  const requestId = record.id;
  if (result.kind === 'right') {
    for (const row of result.rows) await setChecked(tx, requestId, row.position, row);
    const notices = [...(await otherCaseNotice(tx, record)), ...result.notices];
    await setRemarks(tx, requestId, { ...result, notices });
    await setPlan(tx, requestId, { ...result.route, voided: null });
    return;
  }
  for (const { position } of rows) {
    const findings = result.findings.get(position) ?? [];
    await setRejection(tx, requestId, position, result.problem, findings);
  }
}

async function check(
  services: Services,
  record: RequestRecord,
  rows: readonly RowRecord[],
): Promise<Result> {
  const nothing: ReadonlyMap<number, readonly Finding[]> = new Map();
  const instanceClient = services.instanceClients.get(record.instance);
  if (!instanceClient) {
    return {
      kind: 'wrong',
      problem: problem('form.unknown-instance', { instance: record.instance }),
      findings: nothing,
    };
  }
  const since = checkedSince(record, services.now());
  const requester = await readRequesterOf(services, instanceClient, record);
  if (requester.problem) return { kind: 'wrong', problem: requester.problem, findings: nothing };

  const read = await readContext(services, instanceClient, record, rows, since);
  const { snapshot } = read;
  const context = { ...read.context, presets: presetsOf(instanceClient, requester) };
  const found = applyRules(services, rows, context);
  if (found.findings.size > 0) return { kind: 'wrong', problem: null, findings: found.findings };

  const profiles = await readRequestedProfiles(
    instanceClient,
    found.good.flatMap((row) => row.user.securityProfiles),
    { fresh: true },
  );
  // Which profiles are granular is known only now.
  const limited = applyRules(services, rows, {
    ...context,
    granularProfiles: granularProfilesOf(profiles),
  });
  if (limited.findings.size > 0) {
    return { kind: 'wrong', problem: null, findings: limited.findings };
  }
  const asked = createRequestSummary();
  for (const { user } of found.good) asked.add(user);
  const isUnseen = await isOfWorkflow(services.db, record.id);
  const route = await routeChecked(services, instanceClient, {
    isUnseen,
    requesterId: record.requester_id,
    reason: record.reason,
    asked: asked.total(profiles),
    profiles: {
      asked: profiles,
      users: found.good.map((row) => scopeOf(row.user)),
      rules: await readCeilingRules(instanceClient),
    },
    contentHash: contentHash(found.good),
  });
  if ('code' in route) return { kind: 'wrong', problem: route, findings: nothing };
  const survey = findAnomalies(
    await readBaseline(services, instanceClient, record, profiles, snapshot),
  );
  survey.add(found.good.map((row) => row.user));
  return {
    kind: 'right',
    rows: found.good,
    risks: risksOf(profiles),
    notices: [
      ...(isUnseen ? [problem('notice.workflow')] : []),
      ...(await replacedNotices(
        services.db,
        record,
        found.good.map(({ user }) => user),
      )),
      ...survey.notices(),
      ...(await welcomeNotices(services, instanceClient.config, rows, found.good)),
      ...(await approverNotices(services, instanceClient, record, route)),
      ...(await ambiguousTimeNotice(services, record.requester_id, record.not_before)),
      ...noticesOf(instanceClient.config, snapshot, found.good.length, found.warnings),
    ],
    route,
  };
}

/** This is reported immediately, and not when the time is nearly over. */
async function approverNotices(
  services: Services,
  instanceClient: InstanceClient,
  { requester_id: requesterId }: RequestRecord,
  { own, plan: { approval } }: CheckedRoute,
): Promise<Problem[]> {
  if (own) return [];
  const audience = await services.audiences.soon(instanceClient, approval);
  const why = whyNoApprover(audience, approval, requesterId);
  return why ? [why] : [];
}

/** Checks every row; all findings at once. */
function applyRules(services: Services, rows: readonly RowRecord[], context: UserContext) {
  const good: { position: number; user: NewUser; password: PasswordPlan }[] = [];
  const findings = new Map<number, readonly Finding[]>();
  const warnings: Problem[] = [];
  for (const row of rows) {
    const password = readPassword(services, row);
    const result = checkUser({ ...row.draft, ...(password ? { password } : {}) }, context);
    if (result.ok) {
      good.push({ position: row.position, user: result.user, password: result.password });
      warnings.push(...result.warnings.map((warning) => warning.problem));
    } else {
      findings.set(row.position, result.findings);
    }
  }
  return { good, findings, warnings };
}

/**
 * The rules' context, read now: profiles and groups from their lists, usernames individually, because an instance has
 * few profiles and groups and can have many thousand users.
 */
async function readContext(
  services: Services,
  instanceClient: InstanceClient,
  record: RequestRecord,
  rows: readonly RowRecord[],
  since: Date,
): Promise<{ readonly context: UserContext; readonly snapshot: DirectorySnapshot }> {
  const usernames = rows.flatMap(({ draft }) => draft.username?.trim() || []);
  const [snapshot, requested, ...taken] = await Promise.all([
    instanceClient.directory.get({ since, users: 'as-known' }),
    requestedUsernames(services.db, record.instance, { exceptRequest: record.id, usernames }),
    ...usernames.map((username) => instanceClient.gateway.findUser(username)),
  ]);
  const existingUsers = new Map(taken.flatMap((user) => (user ? [[user.username, user]] : [])));
  const context = userContext(services.config, instanceClient.config, snapshot);
  const hasUsername = (username: string) =>
    existingUsers.has(username) || snapshot.hasUsername(username);
  const directory = { ...snapshot, hasUsername };
  return { context: { ...context, directory, requested, existingUsers }, snapshot };
}

function readPassword(services: Services, row: RowRecord): string | null {
  if (!row.password_cipher) return null;
  return open(services.config, row.password_cipher, passwordContext(row.request_id, row.position));
}
