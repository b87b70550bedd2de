/** When a request ends, the workflow that made it continues, or stops with the reason. */
import type { WebClient } from '@slack/web-api';
import { explain } from '../errors/problem.ts';
import { findingSentence } from '../messages/finding-words.ts';
import { readRequest, readRows } from '../requests/store/requests-store.ts';
import { readWaitingStep, setStepEnded } from '../requests/submit/workflow-steps-store.ts';
import type { Services } from '../services.ts';
import { slackFailureOf } from '../slack/slack-failure.ts';
import type { RequestRecord, RowRecord } from '../storage/schema.ts';
import { requestNumber } from '../text/request-number.ts';
import { fieldName } from '../users/fields/field-names.ts';

/** How a step ends: with outputs, or with a message for the person who ran the workflow. */
type End = { readonly outputs: Record<string, string> } | { readonly error: string };

/** Longest error; Slack documents no limit (a guess). */
const longest = 900;

/**
 * Reports the end of the request to Slack once; does nothing for an open request, or one that no workflow made. Slack
 * refuses a second end of the same run, so repeating it after a crash does no harm.
 *
 * @throws when Slack fails or does not answer, so that the job is run again
 */
export async function endStep(
  services: Services,
  client: WebClient,
  requestId: number,
): Promise<void> {
  const executionId = await readWaitingStep(services.db, requestId);
  if (executionId === undefined) return;
  const request = await readRequest(services.db, requestId);
  const end = request && endOf(request, await readRows(services.db, requestId));
  if (!end) return;
  try {
    await tell(client, executionId, end);
  } catch (error) {
    const failure = slackFailureOf(error);
    if (failure?.kind !== 'refused') throw error;
    const about = { request: requestId, code: failure.code };
    services.log.warn(about, 'a workflow did not take the end of its step');
  }
  await setStepEnded(services.db, requestId, services.now());
}

/** Ends a run without a request. False when it may not have ended, so that a retry is useful. */
export async function refuseStep(
  services: Services,
  client: WebClient,
  executionId: string,
  error: string,
): Promise<boolean> {
  try {
    await tell(client, executionId, { error });
    return true;
  } catch (cause) {
    const failure = slackFailureOf(cause);
    services.log.warn({ err: cause }, 'a workflow did not take the end of its step');
    // A refusal is final: usually the run is over, because an earlier delivery has ended it.
    return failure?.kind === 'refused';
  }
}

async function tell(client: WebClient, executionId: string, end: End): Promise<void> {
  const about = { function_execution_id: executionId };
  if ('error' in end) {
    await client.functions.completeError({ ...about, error: plainError(end.error) });
  } else await client.functions.completeSuccess({ ...about, outputs: end.outputs });
}

/**
 * Slack does not document whether it parses an error, so the text must not contain a mention or link in either case
 * (H6).
 */
function plainError(text: string): string {
  return text.slice(0, longest).toWellFormed().replaceAll('<', '‹').replaceAll('>', '›');
}

function endOf(request: RequestRecord, rows: readonly RowRecord[]): End | null {
  const number = requestNumber(request.id);
  const [row] = rows;
  const { decision } = request;
  switch (request.state) {
    case 'done': {
      const { user_id: userId } = row ?? {};
      if (row?.state === 'created' && userId) {
        return { outputs: { request_number: number, state: 'created', user_id: userId } };
      }
      const why = row?.problem ? explain(row.problem) : 'Creating was stopped.';
      return { error: `${number}: the user was not created. ${why}` };
    }
    case 'rejected': {
      const findings = row?.findings.map(
        (finding) => `${fieldName(finding.field)}: ${findingSentence(finding)}`,
      );
      const why = row?.problem ? explain(row.problem) : (findings?.join(' ') ?? '');
      return { error: `${number} was not sent. ${why}` };
    }
    case 'denied':
      return {
        error: `${number}: ${decision?.byName ?? 'Somebody'} denied: ${decision?.reason ?? ''}`,
      };
    case 'cancelled':
      return { error: `${number} was withdrawn. Nothing was created.` };
    case 'expired':
      return { error: `${number}: nobody decided in time. Nothing was created.` };
    default:
      return null;
  }
}
