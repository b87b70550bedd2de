/**
 * An approver changes the requested users. The request continues with a new hash, and all approvals are required again
 * (H2).
 */

import { readApprovals, setPlan, voidApprovals } from '../../approvals/approvals-store.ts';
import { readDecider, readDenier, readRequestedProfilesNow } from '../../approvals/decider.ts';
import { type CurrentRequest, readCurrentRequest } from '../../approvals/read-current-request.ts';
import { excessOf } from '../../auth/permission-ceiling.ts';
import { risksOf } from '../../auth/risks.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { isAboveCeiling } from '../../policy/match.ts';
import type { Services } from '../../services.ts';
import type { SlackPerson } from '../../slack/slack-person.ts';
import type { JobData } from '../../storage/queues.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { listed } from '../../text/lists.ts';
import { summarizeUsers } from '../../users/files/file-result.ts';
import type { Named, NewUser } from '../../users/new-user.ts';
import { contentChanged } from '../model/approval-transitions.ts';
import { notReadyOrOver } from '../model/transition.ts';
import { readCheckedContent } from '../store/checked-content-store.ts';
import { readRequestFile, setFileSummary } from '../store/files-store.ts';
import { setRemarks } from '../store/requests-store.ts';
import { askAgain } from './approve-request.ts';
import { appendChange, changeRows, readWaitingRow } from './changes-store.ts';
import type { Prepared } from './prepared-step.ts';

type ChangeWanted = Extract<JobData<'decide'>['what'], { readonly kind: 'change' }>;
type Patch = Partial<Pick<NewUser, 'routingProfile' | 'securityProfiles' | 'hierarchyGroup'>>;

/**
 * A person who changes a request must be able to approve the changed request: the permission ceiling of that person
 * applies, with the rule of the requester, and security profiles may only become weaker. The change is not an
 * approval; with `approve` one is attempted after it, authorized for the new content like any other.
 */
export async function prepareChange(
  services: Services,
  instanceClient: InstanceClient,
  record: RequestRecord,
  person: SlackPerson,
  choice: JobData<'decide'>,
  what: ChangeWanted,
): Promise<Prepared | Problem> {
  const { refusal } = await readDenier(services, instanceClient, record, person);
  if (refusal) return refusal;
  const before = await readCurrentRequest(services, instanceClient, record);
  if ('code' in before) return before;
  if (before.changes.length > 0) return askAgain(before);
  const shown = record.binding?.hash;
  if (!shown || what.contentHash !== shown) return problem('decision.content-changed');
  const patch = await readPatch(instanceClient, what);
  if ('code' in patch) return patch;
  const row = what.row === null ? null : await readWaitingRow(services.db, record.id, what.row);
  if (row === undefined) return problem('change.no-row', { row: what.row ?? 0 });
  const was: NewUser[] = [];
  const users: NewUser[] = [];
  const content = await readCheckedContent(services.db, record.id, {
    as(user, position) {
      if (row !== null && position !== row) return user;
      was.push(user);
      return { ...user, ...patch };
    },
    each: (user) => users.push(user),
  });
  const lines = linesOf(was, patch);
  if (lines.length === 0 || content.contentHash === record.content_hash) {
    return problem('change.nothing');
  }
  const higher = await whyHigher(instanceClient, was, patch);
  if (higher) return higher;
  const after = await readCurrentRequest(services, instanceClient, record, content);
  if ('code' in after) return after;
  const beyond = await whyBeyond(services, instanceClient, person, after);
  if (beyond) return beyond;
  const { plan, binding, profiles } = after;
  return {
    async transition(head, now, tx, locked) {
      if (head.state !== 'awaiting_approval') {
        return { ok: false, problem: notReadyOrOver(head, now, person) };
      }
      if (locked.binding?.hash !== shown) {
        return { ok: false, problem: problem('decision.content-changed') };
      }
      await changeRows(tx, head.id, row, patch, now);
      const stored = await readCheckedContent(tx, head.id);
      if (stored.contentHash !== binding.contentHash) {
        throw new Error(`request ${head.id} was not stored as it was changed`);
      }
      const voided = (await readApprovals(tx, head.id)).length;
      await voidApprovals(tx, head.id, now);
      const at = now.toISOString();
      await appendChange(tx, head.id, {
        by: person.id,
        byName: person.name,
        at,
        row: what.row,
        lines,
      });
      const words = `${person.name} changed ${what.row === null ? 'it' : `row ${what.row}`}`;
      await setPlan(tx, head.id, { plan, binding, voided: voided > 0 ? [words] : null });
      await setRemarks(tx, head.id, { risks: risksOf(profiles.asked), notices: locked.notices });
      const file = await readRequestFile(tx, head.id);
      if (file?.summary) {
        await setFileSummary(tx, head.id, { ...file.summary, ...summarizeUsers(users) });
      }
      if (what.approve) {
        const next = { kind: 'approve' as const, contentHash: binding.hash };
        await services.jobs.enqueue(tx, { queue: 'decide', data: { ...choice, what: next } });
      }
      return contentChanged(head, person, now, {
        kind: 'rows-changed',
        rows: was.length,
        left: users.length,
        fields: Object.keys(patch),
        plan,
        binding,
        approvals: { voided, kept: 0 },
      });
    },
  };
}

/** The new values, resolved by their current names in the instance. */
async function readPatch(
  instanceClient: InstanceClient,
  what: ChangeWanted,
): Promise<Patch | Problem> {
  const snapshot = await instanceClient.directory.get();
  const routingProfile =
    what.routingProfile === null ? undefined : snapshot.routingProfileById(what.routingProfile);
  const securityProfiles = what.securityProfiles.map((id) => snapshot.securityProfileById(id));
  const hierarchyGroup =
    what.hierarchyGroup === null ? undefined : snapshot.hierarchyGroupById(what.hierarchyGroup);
  const isGone =
    (what.routingProfile !== null && !routingProfile) ||
    (what.hierarchyGroup !== null && !hierarchyGroup) ||
    securityProfiles.includes(undefined);
  if (isGone) return problem('change.gone');
  const named = (item: Named) => ({ id: item.id, name: item.name });
  return {
    ...(routingProfile ? { routingProfile: named(routingProfile) } : {}),
    ...(securityProfiles.length > 0
      ? { securityProfiles: securityProfiles.flatMap((item) => (item ? [named(item)] : [])) }
      : {}),
    ...(hierarchyGroup
      ? { hierarchyGroup: { id: hierarchyGroup.id, path: [...hierarchyGroup.path] } }
      : {}),
  };
}

/** The most different earlier values that a line lists. */
const fewest = 3;

/** `routing profile: Basic → Tier 1`, one line per field. */
function linesOf(was: readonly NewUser[], patch: Patch): string[] {
  const line = (field: string, to: string | undefined, from: (user: NewUser) => string) => {
    if (to === undefined) return [];
    const before = [...new Set(was.map(from))].filter((name) => name !== to);
    if (before.length === 0) return [];
    const few =
      before.length > fewest ? `${before.slice(0, fewest).join('; ')} …` : before.join('; ');
    return [`${field}: ${few} → ${to}`];
  };
  const names = (profiles: readonly Named[]) => listed(profiles.map(({ name }) => name));
  const { routingProfile, securityProfiles, hierarchyGroup } = patch;
  return [
    ...line('routing profile', routingProfile?.name, (user) => user.routingProfile.name),
    ...line('security profiles', securityProfiles && names(securityProfiles), (user) =>
      names(user.securityProfiles),
    ),
    ...line('hierarchy group', hierarchyGroup?.path.join(' / '), (user) =>
      user.hierarchyGroup ? user.hierarchyGroup.path.join(' / ') : 'none',
    ),
  ];
}

/** Security profiles may only grant what the row already requested. */
async function whyHigher(
  instanceClient: InstanceClient,
  was: readonly NewUser[],
  { securityProfiles }: Patch,
): Promise<Problem | null> {
  if (!securityProfiles) return null;
  const kinds = new Map(
    was.map((user) => [user.securityProfiles.map(({ id }) => id).join(), user.securityProfiles]),
  );
  for (const old of kinds.values()) {
    const held = await readRequestedProfilesNow(instanceClient, {
      securityProfiles: old,
      scopes: [],
    });
    const asked = await readRequestedProfilesNow(instanceClient, { securityProfiles, scopes: [] });
    if (!held || !asked) return problem('change.gone');
    const above = asked.asked.find((profile) => excessOf(held.asked, profile, asked.rules));
    if (above) {
      const from = listed(old.map(({ name }) => name));
      return problem('change.not-lower', { profile: above.name, before: from });
    }
  }
  return null;
}

/** The permission ceiling of the person who makes the change, for the complete changed request (H3). */
async function whyBeyond(
  services: Services,
  instanceClient: InstanceClient,
  person: SlackPerson,
  { plan, profiles }: CurrentRequest,
): Promise<Problem | null> {
  const { facts } = await readDecider(services, instanceClient, person, plan, {
    asked: profiles,
    fresh: true,
  });
  return facts.beyond && !isAboveCeiling(plan, facts) ? facts.beyond : null;
}
