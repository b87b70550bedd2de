/**
 * The steps for users after their creation: proficiencies and traffic distribution groups. Their outcome is stored
 * separately from the row's outcome, which stays `created`, so that a failure here never causes a second creation.
 */
import { ConnectReadError } from '../connect/gateway.ts';
import { problem } from '../errors/problem.ts';
import { type FollowUpRow, readFollowUps, setFollowUp } from './provisioning-store.ts';
import { holdRun, isRunOver, type Run } from './run.ts';

/** Rows read ahead. */
const batch = 100;

/** Ends when no created row of the request waits for a step, or when Connect does not answer. */
export async function followUpAll(run: Run): Promise<void> {
  const { db } = run.services;
  while (!isRunOver(run)) {
    const rows = await readFollowUps(db, run.request.id, batch);
    if (rows.length === 0) return;
    for (const row of rows) {
      if (isRunOver(run)) return;
      await followUp(run, row);
    }
  }
}

async function followUp(run: Run, row: FollowUpRow): Promise<void> {
  const { services, request, instanceClient } = run;
  const { gateway } = instanceClient;
  try {
    const { proficiencies = [], trafficDistributionGroups = [] } = row.new_user;
    if (proficiencies.length > 0) await gateway.addProficiencies(row.user_id, proficiencies);
    for (const groupId of trafficDistributionGroups) {
      await gateway.joinTrafficDistributionGroup(row.user_id, groupId);
    }
    await setFollowUp(services.db, request.id, row.position, { state: 'done' });
  } catch (error) {
    if (!(error instanceof ConnectReadError)) throw error;
    const about = { err: error, request: request.id, row: row.position };
    services.log.warn(about, 'a user was created, and what follows did not succeed');
    if (error.kind === 'unavailable' || error.kind === 'throttled') {
      await holdRun(run, problem('create.unavailable'));
      return;
    }
    const detail = error.message.slice(0, 300);
    const why = problem('create.follow-up-failed', { detail });
    await setFollowUp(services.db, request.id, row.position, { state: 'failed', problem: why });
  }
}
