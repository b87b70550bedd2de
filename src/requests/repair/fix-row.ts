/**
 * A single invalid row, corrected in a form: checked immediately, saved, and included in the next check of its file.
 */

import type { DirectorySnapshot } from '../../connect/directory.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { userContext } from '../../connect/user-context.ts';
import { type Problem, ProblemError, problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import { open, seal } from '../../storage/secrets.ts';
import { requestNumber } from '../../text/request-number.ts';
import { checkRows } from '../../users/files/check/check-rows.ts';
import {
  correctedRow,
  headersWith,
  type RowCorrection,
} from '../../users/files/repair/corrections.ts';
import { createRowKeeper, type KeptRow } from '../../users/files/repair/kept-row.ts';
import { knownColumn } from '../../users/files/table/match-header.ts';
import { corrected } from '../model/repair-transitions.ts';
import { rememberDelivery } from '../store/deliveries-store.ts';
import { readRequestFile } from '../store/files-store.ts';
import { headOf, lockRequest } from '../store/requests-store.ts';
import { enqueue } from '../store/step.ts';
import { readRequestedUsernames } from '../store/usernames-store.ts';
import { passwordContext } from '../submit/submit-request.ts';
import { type RepairableFile, withoutUploader } from './correct-file.ts';
import {
  readKeptPassword,
  readWrongRows,
  saveRowCorrection,
  type WrongRow,
} from './repair-store.ts';

/** The next invalid row after this one that is not corrected yet. */
export async function nextWrongRow(
  services: Services,
  requestId: number,
  after: number,
): Promise<WrongRow | undefined> {
  const [row] = await readWrongRows(services.db, requestId, { after, limit: 1, open: true });
  return row;
}

/** The values that a person entered for a row; the password is separate, because it is never stored in clear (H4). */
export type WrittenRow = {
  readonly cells: RowCorrection;
  readonly password: string | null;
};

/**
 * The remaining problems of a row with these values, by the headers of the form; null when there are none. The check
 * of the whole file repeats this, and also compares the rows with each other.
 */
export async function findingsOfRow(
  services: Services,
  instanceClient: InstanceClient,
  snapshot: DirectorySnapshot,
  { request, file }: RepairableFile,
  row: WrongRow,
  written: WrittenRow,
): Promise<{ readonly kept: KeptRow; readonly headers: readonly string[] } | null> {
  const { layout } = file;
  if (!layout) return null;
  const headers = headersWith(layout.headers, [written.cells]);
  const stored = { cells: row.cells ?? [], kept: row.kept, correction: written.cells };
  const { cells, problems } = correctedRow(stored, headers, []);
  const withPassword = [...cells];
  const passwordAt = headers.findIndex((header) => knownColumn(header)?.key === 'password');
  const password = written.password ?? (await keptPassword(services, request.id, row.position));
  if (passwordAt >= 0 && password !== null) withPassword[passwordAt] = password;
  const { kind, headerRow, dialect } = layout;
  const number = row.line ?? row.position;
  const others = await readRequestedUsernames(services.db, request.instance, {
    exceptRequest: request.id,
  });
  const requested = new Map([...others].map(([name, id]) => [name, requestNumber(id)]));
  const checked = await checkRows(
    {
      kind,
      headerRow,
      headers,
      dialect,
      encoding: null,
      sheet: null,
      leftOut: [],
      rows: [{ number, cells: withPassword, ...(problems.length > 0 && { problems }) }],
    },
    {
      ...userContext(services.config, instanceClient.config, snapshot),
      requested,
      // The check of the whole file verifies who may use which preset, with current data.
      presets: instanceClient.config.presets.map((preset) => ({ ...preset, mayUse: true })),
    },
  );
  const kept = createRowKeeper(checked)(0);
  return kept && { kept, headers };
}

async function keptPassword(
  services: Services,
  requestId: number,
  position: number,
): Promise<string | null> {
  const box = await readKeptPassword(services.db, requestId, position);
  const { config } = services;
  return box && config.secretsKey ? open(config, box, passwordContext(requestId, position)) : null;
}

export type RowToSave = {
  readonly deliveryId: string;
  readonly requestId: number;
  readonly personId: string;
  readonly revision: number;
  readonly position: number;
  readonly written: WrittenRow;
};

/** Saves the values of a row while its file is offered. Returns why not, or null. */
export async function saveRow(services: Services, row: RowToSave): Promise<Problem | null> {
  const { deliveryId, requestId, personId, revision, position, written } = row;
  const why = await services.intake.transaction().execute(async (tx) => {
    const now = services.now();
    const record = await lockRequest(tx, requestId);
    if (!record) return problem('request.unknown');
    const by = { id: personId, name: record.requester_name };
    const may = corrected(headOf(record), by, { kind: 'rows', revision }, now);
    const delivery = { id: deliveryId, kind: 'correction', receivedAt: now };
    if (!(await rememberDelivery(tx, delivery))) return null;
    if (!may.ok) return may.problem;
    const file = await readRequestFile(tx, requestId);
    if (file?.revision !== revision) return problem('repair.changed');
    const box = sealed(services, requestId, position, written.password);
    await saveRowCorrection(tx, requestId, position, written.cells, box);
    await enqueue(services, tx, requestId, { queue: 'publish' });
    return null;
  });
  return why && withoutUploader(services, requestId, personId, why);
}

function sealed(services: Services, requestId: number, position: number, password: string | null) {
  if (password === null) return null;
  const key = services.config.secretsKey;
  if (!key) throw new ProblemError(problem('form.not-saved'));
  return seal(key, password, passwordContext(requestId, position));
}
