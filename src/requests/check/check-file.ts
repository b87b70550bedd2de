/** A stored file is fetched, read and checked; its uploader hears what is wrong and may ask for the rest. */

import { readAskedProfiles } from '../../auth/authority.ts';
import type { Risk } from '../../auth/risks.ts';
import { risksOf } from '../../auth/risks.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { userContext } from '../../connect/user-context.ts';
import { explain, type Problem, ProblemError, problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import { slackFailureOf } from '../../slack/failure.ts';
import type { FetchedFile } from '../../slack/files.ts';
import type { RequestFileRecord, RequestRecord } from '../../storage/schema.ts';
import { seal } from '../../storage/secrets.ts';
import { contentHash } from '../../users/content-hash.ts';
import type { CheckedTable, CheckedTableRow } from '../../users/files/check/checked-table.ts';
import type { Counted, FileSummary, TableLayout } from '../../users/files/check/file-summary.ts';
import { type FindingGroup, groupFindings } from '../../users/files/check/group-findings.ts';
import { holdsHiddenPassword, keptColumns } from '../../users/files/check/hide-passwords.ts';
import { readAndCheck } from '../../users/files/read-and-check.ts';
import { inCells } from '../../users/files/report/write-report.ts';
import type { Named } from '../../users/new-user.ts';
import { offered, rejected } from '../model/decision-transitions.ts';
import {
  insertFileRows,
  type NewFileRow,
  readRequestFile,
  setFileChecked,
  setFileRefused,
} from '../store/files-store.ts';
import { setRisks } from '../store/requests-store.ts';
import { step } from '../store/step.ts';
import { passwordContext } from '../submit/submit-request.ts';
import { afterFailedCheck, WaitingError } from './failed-check.ts';
import { readRequester } from './read-requester.ts';

/**
 * Checks a file that is `received`. What is wrong with the file as a whole ends the request with a sentence;
 * what is wrong with a row leaves that row out. When Slack or Connect does not answer, it is tried again.
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
  let found: { readonly checked: CheckedTable; readonly risks: readonly Risk[] };
  try {
    found = await read(services, instanceClient, request, file);
  } catch (error) {
    if (error instanceof ProblemError) return refuse(services, request.id, error.problem);
    return afterFailedCheck(services, request, error, tries);
  }
  await offer(services, request, file, found);
}

async function read(
  services: Services,
  instanceClient: InstanceClient,
  request: RequestRecord,
  file: RequestFileRecord,
) {
  const requester = await readRequester(services, instanceClient, request.requester_id);
  if (requester.problem) throw new ProblemError(requester.problem);
  const fetched = await fetchFile(services, file);
  const context = userContext(
    services.config,
    instanceClient.config,
    await instanceClient.directory.get(),
  );
  const checked = await readAndCheck(fetched, context);
  const asked = await readAskedProfiles(
    instanceClient,
    profilesOf(checked).map(({ profile }) => profile),
    {
      fresh: true,
    },
  );
  return { checked, risks: risksOf(asked) };
}

/** What Slack does not give just now is fetched later; what it refuses to give is a `ProblemError`. */
async function fetchFile(services: Services, file: RequestFileRecord): Promise<FetchedFile> {
  try {
    return await services.files.fetch(file.slack_file_id);
  } catch (error) {
    const failure = slackFailureOf(error);
    if (!failure || failure.kind === 'refused' || failure.kind === 'unsure') throw error;
    throw new WaitingError(problem('file.cannot-fetch', { name: file.name }), error);
  }
}

async function refuse(services: Services, requestId: number, why: Problem): Promise<void> {
  await step(services, requestId, async (head, tx) => {
    const transition = rejected(head, [why], services.now());
    if (transition.ok) await setFileRefused(tx, requestId, why);
    return transition;
  });
}

async function offer(
  services: Services,
  request: RequestRecord,
  file: RequestFileRecord,
  found: { readonly checked: CheckedTable; readonly risks: readonly Risk[] },
): Promise<void> {
  const { checked, risks } = found;
  const rows = toRows(services, request.id, checked);
  const good = rows.flatMap(({ user, password, position }) =>
    user && password ? [{ position, user, password }] : [],
  );
  const summary = summarise(checked);
  const refusal = whyNothing(summary, file.name);
  const groups = groupFindings([...checked.remarks, ...checked.findings, ...checked.warnings]).map(
    (group) => ({ where: group.where, sentence: sentenceOf(group) }),
  );
  const layout = layoutOf(checked);
  await step(services, request.id, async (head, tx) => {
    const now = services.now();
    const result = { contentHash: contentHash(good), good: summary.good, wrong: summary.wrong };
    const transition = refusal ? rejected(head, [refusal], now) : offered(head, result, now);
    // Cancelled meanwhile, or checked by another bot: what this check found is not needed any more.
    if (!transition.ok) return transition;
    await insertFileRows(tx, request.id, rows, now);
    await setFileChecked(tx, request.id, { layout, summary, groups, refusal });
    if (!refusal) await setRisks(tx, request.id, risks);
    return transition;
  });
}

function whyNothing(summary: FileSummary, name: string): Problem | null {
  if (summary.good > 0) return null;
  return summary.wrong > 0
    ? problem('file.no-good-row', { name })
    : problem('file.nothing-new', { name });
}

/** H4: columns that are not ours may hold anything, so nothing of them is stored or given back. */
function layoutOf(checked: CheckedTable): TableLayout {
  const { rows: _rows, headers, ...dialect } = checked.table;
  return { ...dialect, headers: keptColumns(checked.plan).map(({ at }) => headers[at] ?? '') };
}

function toRows(services: Services, requestId: number, checked: CheckedTable): NewFileRow[] {
  const kept = keptColumns(checked.plan);
  const corrected = correctionsByRow(checked);
  return checked.rows.map((row, index) => {
    const position = index + 1;
    const { password: typed, ...draft } = row.draft;
    const cells = checked.table.rows[index]?.cells ?? [];
    const { verdict } = row;
    const good = verdict.kind === 'good' ? verdict : null;
    const key = services.config.secretsKey;
    const sealed =
      good?.password === 'typed' && typed && key
        ? seal(key, typed, passwordContext(requestId, position))
        : null;
    return {
      position,
      line: row.number,
      // H4: a password leaves the cell before the row is stored.
      cells: kept.map(({ key, at }) => (key === 'password' ? '' : (cells[at] ?? ''))),
      state: stateOf(row),
      draft,
      user: good?.user ?? null,
      password: good?.password ?? null,
      passwordBox: sealed,
      ...remarkOf(row, corrected.get(row.number) ?? []),
    };
  });
}

function stateOf(row: CheckedTableRow): NewFileRow['state'] {
  switch (row.verdict.kind) {
    case 'good':
      return 'waiting';
    case 'created':
      return 'skipped';
    case 'exists':
    case 'invalid':
      return 'wrong';
  }
}

/** What was put right in each row, in words. */
function correctionsByRow(checked: CheckedTable): Map<number, string[]> {
  const byRow = new Map<number, string[]>();
  for (const { row, column, field, to } of checked.corrections) {
    // H4: not even a hint of a password.
    const said = field === 'password' ? 'put right' : `taken as “${to}”`;
    const texts = byRow.get(row) ?? [];
    texts.push(`${column ?? field}: ${said}`);
    byRow.set(row, texts);
  }
  return byRow;
}

/** The row's own columns in the report. */
function remarkOf(
  row: CheckedTableRow,
  corrected: readonly string[],
): { problemText: string; suggestionText: string } {
  const { verdict } = row;
  const findings =
    'findings' in verdict ? verdict.findings : verdict.kind === 'good' ? verdict.warnings : [];
  const { problem = '', suggestion } = inCells(findings);
  return {
    problemText: problem,
    suggestionText: [...(suggestion ? [suggestion] : []), ...corrected].join(' · '),
  };
}

/** One cause in words, with what could stand there instead. */
function sentenceOf(group: FindingGroup): string {
  const said = explain(group.problem);
  const { suggestion, column, others } = group;
  const meant = suggestion && !said.includes(suggestion) ? ` Did you mean ${suggestion}?` : '';
  const more = others > 0 ? ` And ${others} more like this: see the report.` : '';
  return `${column ? `${column}: ` : ''}${said}${meant}${more}`;
}

function summarise(checked: CheckedTable): FileSummary {
  const { counts } = checked;
  return {
    rows: checked.rows.length,
    good: counts.good,
    wrong: counts.invalid + counts.exists,
    skipped: counts.created,
    corrected: checked.corrections.length,
    securityProfiles: profilesOf(checked).map(({ profile, count }) => ({ ...profile, count })),
    routingProfiles: counted(goodUsers(checked).map((user) => user.routingProfile)),
    passwords: checked.rows.some((row) => row.draft.password) || holdsHiddenPassword(checked.table),
  };
}

function goodUsers(checked: CheckedTable) {
  return checked.rows.flatMap(({ verdict }) => (verdict.kind === 'good' ? [verdict.user] : []));
}

function profilesOf(checked: CheckedTable): { profile: Named; count: number }[] {
  const all = goodUsers(checked).flatMap((user) => user.securityProfiles);
  return counted(all).map(({ count, ...profile }) => ({ profile, count }));
}

/** Each once, with how often it is there, most first. */
function counted(profiles: readonly Named[]): Counted[] {
  const counts = new Map<string, { id: string; name: string; count: number }>();
  for (const { id, name } of profiles) {
    const known = counts.get(id);
    if (known) known.count++;
    else counts.set(id, { id, name, count: 1 });
  }
  return [...counts.values()].sort((one, other) => other.count - one.count);
}
