/** A stored file is fetched, read and checked; its uploader gets the findings and may request the valid rows. */

import { readRequestedProfiles } from '../../auth/authority.ts';
import type { Risk } from '../../auth/risks.ts';
import { risksOf } from '../../auth/risks.ts';
import { readExistingUsers } from '../../connect/existing-users.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { userContext } from '../../connect/user-context.ts';
import { type Problem, ProblemError, problem } from '../../errors/problem.ts';
import type { CheckedFile } from '../../file-checker/file-checker.ts';
import type { Services } from '../../services.ts';
import type { FetchedFile } from '../../slack/download-files.ts';
import { slackFailureOf } from '../../slack/slack-failure.ts';
import type { RequestFileRecord, RequestRecord } from '../../storage/schema.ts';
import type { FileSummary } from '../../users/files/check/file-summary.ts';
import type { FileToCheck, StoredTable } from '../../users/files/read-and-check.ts';
import { ColumnsMissingError } from '../../users/files/table/columns-missing.ts';
import { type FileQuestion, FileQuestionError } from '../../users/files/table/file-question.ts';
import type { NewUser } from '../../users/new-user.ts';
import { offered, rejected } from '../model/decision-transitions.ts';
import { readAliases } from '../repair/aliases-store.ts';
import { readMappings, setFileHeaders, setQuestion } from '../repair/mapping-store.ts';
import {
  readRequestFile,
  setFileChecked,
  setFileName,
  setFileRefused,
} from '../store/files-store.ts';
import { setRemarks } from '../store/requests-store.ts';
import { step } from '../store/step.ts';
import { unnamedFile } from '../submit/submit-file.ts';
import { type Baseline, findAnomalies } from './anomalies.ts';
import { replacedNotices } from './compare-with-replaced.ts';
import { afterFailedCheck, WaitingError } from './failed-check.ts';
import { granularProfilesOf, noticesOf } from './notices.ts';
import { readBaseline } from './read-baseline.ts';
import { ambiguousTimeNotice, readNotBefore } from './read-not-before.ts';
import { checkedSince, presetsOf, readRequesterOf } from './read-requester.ts';
import { otherCaseNotice, requestedUsernames } from './requested-usernames.ts';
import { storeFileRows } from './store-file-rows.ts';
import { readStoredTable } from './stored-table.ts';

/**
 * Checks a file that is `received`. A problem of the file as a whole ends the request with a message; a problem of a
 * row leaves that row out. When Slack or Connect does not answer, it is retried.
 */
export async function checkFile(
  services: Services,
  request: RequestRecord,
  tries: number,
): Promise<void> {
  const file = await readRequestFile(services.db, request.id);
  const instanceClient = services.instanceClients.get(request.instance);
  if (!file || !instanceClient) {
    const { instance } = request;
    return refuse(services, request.id, problem('form.unknown-instance', { instance }));
  }
  services.fileChecker.warmUp();
  let found: Found;
  try {
    found = await read(services, instanceClient, request, file);
  } catch (error) {
    if (error instanceof ProblemError) {
      const headers = error instanceof ColumnsMissingError ? error.headers : null;
      const question = error instanceof FileQuestionError ? error.question : null;
      return refuse(services, request.id, error.problem, { headers, question });
    }
    return afterFailedCheck(services, request, error, tries);
  }
  try {
    await offer(services, request, file, found);
  } finally {
    found.checked.release();
  }
}

/** Fewer granular profiles than this in a whole file cannot be too many in a row. */
const mostGranular = 2;

type Found = {
  readonly checked: CheckedFile;
  readonly risks: readonly Risk[];
  readonly notices: readonly Problem[];
  readonly baseline: Baseline;
  readonly notBefore: Date | null;
};

async function read(
  services: Services,
  instanceClient: InstanceClient,
  request: RequestRecord,
  file: RequestFileRecord,
): Promise<Found> {
  // Corrections are checked against the current directory, because a suggested profile can have been deleted since.
  const since = file.revision > 0 ? services.now() : checkedSince(request, services.now());
  const requester = await readRequesterOf(services, instanceClient, request);
  if (requester.problem) throw new ProblemError(requester.problem);
  const fetched = await readSource(services, request, file);
  const snapshot = await instanceClient.directory.get({ since });
  const requested = await requestedUsernames(services.db, request.instance, {
    exceptRequest: request.id,
  });
  const { directory: _view, ...rules } = userContext(
    services.config,
    instanceClient.config,
    snapshot,
    [...services.instanceClients.values()]
      .filter((candidate) => candidate !== instanceClient)
      .map(({ config, directory }) => ({ config, snapshot: directory.peek() })),
  );
  const presets = presetsOf(instanceClient, requester);
  const aliases = await readAliases(services.db, request.instance);
  const rulesAndLists = { ...rules, aliases, presets, requested, lists: snapshot.lists() };
  let checked = await services.fileChecker.check(fetched, rulesAndLists);
  try {
    const profiles = checked.result.summary.securityProfiles.map(({ id, name }) => ({ id, name }));
    const asked = await readRequestedProfiles(instanceClient, profiles, { fresh: true });
    const granularProfiles = granularProfilesOf(asked);
    const { takenUsernames } = checked.result;
    const existingUsers = await readExistingUsers(instanceClient.gateway, takenUsernames);
    if (granularProfiles.size > mostGranular || existingUsers.size > 0) {
      // Facts that were not available before: rows with too many granular profiles, and users that already exist.
      checked = await checked.again({ ...rulesAndLists, granularProfiles, existingUsers });
    }
    const { good, passwords } = checked.result.summary;
    const notBefore = await readNotBefore(services, request, passwords);
    const notices = noticesOf(instanceClient.config, snapshot, good);
    const baseline = await readBaseline(services, instanceClient, request, asked, snapshot);
    const twice = await ambiguousTimeNotice(services, request.requester_id, notBefore);
    return { checked, risks: risksOf(asked), notices: [...notices, ...twice], baseline, notBefore };
  } catch (error) {
    checked.release();
    throw error;
  }
}

/** The file from Slack; after the first check, its stored content with the corrections since then. */
async function readSource(
  services: Services,
  request: RequestRecord,
  file: RequestFileRecord,
): Promise<FileToCheck | StoredTable> {
  if (file.layout && file.revision > 0) return readStoredTable(services, file);
  const fetched = await fetchFile(services, file, request.requester_id);
  if (file.name === unnamedFile) await setFileName(services.db, request.id, fetched.name);
  const mappings = await readMappings(services.db, request.requester_id);
  return { ...fetched, mappings, choices: file.choices };
}

/**
 * A file that Slack cannot deliver right now is fetched later; a file that it refuses to deliver is a `ProblemError`.
 */
async function fetchFile(
  services: Services,
  file: RequestFileRecord,
  personId: string,
): Promise<FetchedFile> {
  try {
    return await services.files.fetch(file.slack_file_id, personId);
  } catch (error) {
    const failure = slackFailureOf(error);
    if (!failure || failure.kind === 'refused' || failure.kind === 'unsure') throw error;
    throw new WaitingError(problem('file.cannot-fetch', { name: file.name }), error);
  }
}

async function refuse(
  services: Services,
  requestId: number,
  why: Problem,
  told: { readonly headers: readonly string[] | null; readonly question: FileQuestion | null } = {
    headers: null,
    question: null,
  },
): Promise<void> {
  await step(services, requestId, async (head, tx) => {
    const transition = rejected(head, [why], services.now());
    if (transition.ok) {
      await setFileRefused(tx, requestId, why);
      if (told.headers) await setFileHeaders(tx, requestId, told.headers);
      if (told.question) await setQuestion(tx, requestId, told.question);
    }
    return transition;
  });
}

async function offer(
  services: Services,
  request: RequestRecord,
  file: RequestFileRecord,
  found: Found,
): Promise<void> {
  const { checked, risks, notices, notBefore } = found;
  const survey = findAnomalies(found.baseline);
  const { layout, summary, groups, fileGroups, contentHash } = checked.result;
  const refusal = whyNothing(summary, file.name);
  await step(services, request.id, async (head, tx) => {
    const now = services.now();
    const result = { contentHash, good: summary.good, wrong: summary.wrong, notBefore };
    const transition = refusal ? rejected(head, [refusal], now) : offered(head, result, now);
    // Cancelled in the meantime, or checked by another bot: the result of this check is not needed anymore.
    if (!transition.ok) return transition;
    const users: NewUser[] = [];
    await storeFileRows(services, tx, file, checked, (page) => {
      survey.add(page);
      if (request.replaces !== null) users.push(...page);
    });
    const replaced = await replacedNotices(tx, request, users);
    await setFileChecked(tx, request.id, { layout, summary, groups, fileGroups, refusal });
    const otherCase = await otherCaseNotice(tx, request);
    const told = [...replaced, ...otherCase, ...survey.notices(), ...notices];
    if (!refusal) await setRemarks(tx, request.id, { risks, notices: told });
    return transition;
  });
}

/** A file with only invalid rows is offered anyway if they can be corrected in Slack. */
function whyNothing(summary: FileSummary, name: string): Problem | null {
  if (summary.good > 0 || (summary.repair?.rows ?? 0) > 0) return null;
  if (summary.wrong > 0) return problem('file.no-good-row', { name });
  return summary.skipped > 0
    ? problem('file.nothing-new', { name })
    : problem('file.nobody-in-it', { name });
}
