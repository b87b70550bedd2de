/** "Fix here": the invalid rows of a file, one after the other, in a form with their findings at the fields. */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { DirectorySnapshot } from '../../connect/directory.ts';
import { explain, type Problem, problem } from '../../errors/problem.ts';
import { parseButtonValue } from '../../messages/card-actions.ts';
import { offerActions } from '../../messages/files/file-offer.ts';
import { bold, lines } from '../../messages/rich-text.ts';
import { readAliases } from '../../requests/repair/aliases-store.ts';
import {
  correctFile,
  type RepairableFile,
  readRepairable,
  readRepairableWithClient,
} from '../../requests/repair/correct-file.ts';
import {
  findingsOfRow,
  nextWrongRow,
  saveRow,
  type WrittenRow,
} from '../../requests/repair/fix-row.ts';
import { readWrongRows, type WrongRow } from '../../requests/repair/repair-store.ts';
import { countWrongRows } from '../../requests/store/files-store.ts';
import type { Services } from '../../services.ts';
import type { Listeners } from '../../slack/listener-table.ts';
import { withAliases } from '../../users/aliases.ts';
import { type RowForm, rowForm } from '../../users/files/repair/row-fields.ts';
import { plain } from '../blocks.ts';
import { snapshotSoon } from '../menus.ts';
import { updateView } from '../open-view.ts';
import { openOnButton } from './open-on-button.ts';
import { refusalView, refused, storeOrExplain } from './refusal.ts';
import { isFieldNeeded, rowInput, type ViewValues, writtenIn } from './row-inputs.ts';

const title = 'Correct the rows';
const callback = 'fix_row';
const skip = 'skip_row';

const metadata = z.object({
  requestId: z.number().int(),
  revision: z.number().int(),
  instance: z.string(),
  /** The position of the row in the form. */
  position: z.number().int(),
});
type Shown = z.infer<typeof metadata>;

type Click = BlockAction<ButtonAction>;
/** Slack keeps the value of a field when the next view has one with the same id, so each row has different ids. */
const blockOf = (position: number, index: number) => `cell_${position}_${index}`;

export function registerFixRow(listeners: Listeners, services: Services): void {
  openOnButton(listeners, services, offerActions.fix, {
    title,
    load: (personId, requestId) => rowView(services, personId, requestId, 0),
  });
  listeners.action<Click>(skip, async ({ ack, body, client }) => {
    await ack();
    const shown = metadata.safeParse(JSON.parse(body.view?.private_metadata ?? '{}'));
    if (!body.view || !shown.success) return;
    const { requestId, position } = shown.data;
    if (!(await services.updates.wait(body.user.id))) return;
    await updateView(
      { client, newerBlocks: services.newerBlocks },
      body.view.id,
      await rowView(services, body.user.id, requestId, position),
    );
  });
  listeners.view(callback, async ({ ack, body, view }) => {
    const shown = metadata.parse(JSON.parse(view.private_metadata));
    const personId = body.user.id;
    // A view that is submitted again after it was replaced by the next row is a separate delivery.
    const deliveryId = `view_submission ${view.id} ${shown.position}`;
    const { requestId, revision, position } = shown;
    const quick = { ...services, db: services.intake };
    const wrong: { errors: Record<string, string> | null } = { errors: null };
    const why = await storeOrExplain(async () => {
      const read = await readWritten(quick, personId, shown, view.state.values);
      if ('code' in read) return read;
      wrong.errors = await wrongFields(quick, read, shown);
      if (wrong.errors) return null;
      const { written } = read;
      return saveRow(services, { deliveryId, requestId, personId, revision, position, written });
    });
    if (why) return ack(refused(title, why, blockOf(position, 0)));
    if (wrong.errors) return ack({ response_action: 'errors', errors: wrong.errors });
    const next = await nextWrongRow(quick, requestId, position);
    if (next) {
      const nextView = await rowView(quick, personId, requestId, position);
      return ack({ response_action: 'update', view: nextView });
    }
    await checkSaved(services, `${deliveryId} end`, personId, shown);
    await ack();
  });
  listeners.viewClosed(callback, async ({ ack, body, view }) => {
    await ack();
    const shown = metadata.parse(JSON.parse(view.private_metadata));
    const { corrected } = await countWrongRows(services.db, shown.requestId);
    if (corrected === 0) return;
    await checkSaved(services, `view_closed ${view.id}`, body.user.id, shown);
  });
  listeners.action<Click>(offerActions.checkFixed, async ({ ack, body, action }) => {
    await ack();
    const value = parseButtonValue(action.value);
    if (!value) return;
    const found = await readRepairable(services, value.requestId, body.user.id);
    const place = { channel: body.channel?.id ?? body.user.id, person: body.user.id };
    if ('code' in found) return services.sendEphemeral(place, found);
    const { revision } = found.file;
    const why = await checkSaved(services, `block_actions ${action.action_ts}`, body.user.id, {
      requestId: value.requestId,
      revision,
    });
    if (why) await services.sendEphemeral(place, why);
  });
}

/** Starts the check of the file with the saved rows; a failure is shown on its answer, with a button. */
function checkSaved(
  services: Services,
  deliveryId: string,
  personId: string,
  { requestId, revision }: Pick<Shown, 'requestId' | 'revision'>,
): Promise<Problem | null> {
  return storeOrExplain(() =>
    correctFile(services, { deliveryId, requestId, personId, revision, correction: null }),
  );
}

type Written = RepairableFile & {
  readonly row: WrongRow;
  readonly form: RowForm;
  readonly snapshot: DirectorySnapshot;
  readonly written: WrittenRow;
};

/** The values of the row in the form. */
async function readWritten(
  services: Services,
  personId: string,
  { requestId, revision, instance, position }: Shown,
  values: ViewValues,
): Promise<Written | Problem> {
  const found = await readRepairable(services, requestId, personId);
  if ('code' in found) return found;
  if (found.file.revision !== revision) return problem('repair.changed');
  const [row] = await readWrongRows(services.db, requestId, { after: position - 1, limit: 1 });
  const known = await snapshotSoon(services, instance);
  const snapshot = known && withAliases(known, await readAliases(services.db, instance));
  if (!row || row.position !== position) return problem('repair.changed');
  if (!snapshot) return problem('form.not-saved');
  const form = formOf(found, row);
  const cells: Record<string, string> = {};
  let password: string | null = null;
  for (const [index, { key, title: column }] of form.fields.entries()) {
    const text = writtenIn(key, blockOf(position, index), values, snapshot);
    if (key !== 'password') cells[column] = text;
    else if (text !== '') password = text;
  }
  return { ...found, row, form, snapshot, written: { cells, password } };
}

/** The errors of the form's fields, or null when the row is valid. */
async function wrongFields(
  services: Services,
  { request, file, row, form, snapshot, written }: Written,
  { instance }: Shown,
): Promise<Record<string, string> | null> {
  const instanceClient = services.instanceClients.get(instance);
  if (!instanceClient) {
    return { [blockOf(row.position, 0)]: explain(problem('form.unknown-instance', { instance })) };
  }
  const wrong = await findingsOfRow(
    services,
    instanceClient,
    snapshot,
    { request, file },
    row,
    written,
  );
  if (!wrong) return null;
  const fresh = rowForm(wrong.headers, [], wrong.kept);
  const errors: Record<string, string> = {};
  for (const [index, field] of form.fields.entries()) {
    const found = fresh.fields.find(({ title: column }) => column === field.title)?.findings ?? [];
    if (found.length > 0) errors[blockOf(row.position, index)] = found.join(' ');
  }
  const known = new Set(form.fields.map((field) => field.title));
  const others = fresh.fields.filter(({ title: column }) => !known.has(column));
  const rest = [...fresh.findings, ...others.flatMap(({ findings }) => findings)];
  const first = blockOf(row.position, 0);
  if (rest.length > 0) errors[first] = [errors[first] ?? '', ...rest].join(' ').trim();
  return errors;
}

function formOf({ file }: RepairableFile, row: WrongRow): RowForm {
  const headers = file.layout?.headers ?? [];
  return rowForm(headers, row.cells ?? [], row.kept ?? { findings: [] });
}

/** The form of the next invalid row after this one. */
async function rowView(
  services: Services,
  personId: string,
  requestId: number,
  after: number,
): Promise<ModalView> {
  const found = await readRepairableWithClient(services, requestId, personId);
  if ('code' in found) return refusalView(title, found);
  const { instanceClient } = found;
  const { instance } = found.request;
  const row = await nextWrongRow(services, requestId, after);
  if (!row) return refusalView(title, problem('repair.rows-saved'));
  const { wrong, corrected } = await countWrongRows(services.db, requestId);
  const known = instanceClient.directory.peek() ?? (await instanceClient.directory.get());
  const snapshot = withAliases(known, await readAliases(services.db, instance));
  const { position, line } = row;
  const shown = { requestId, revision: found.file.revision, instance, position };
  return fixRowView(shown, {
    line: line ?? position,
    left: wrong - corrected,
    form: formOf(found, row),
    snapshot,
  });
}

/** The form of one invalid row, with its findings at the fields. */
export function fixRowView(
  shown: Shown,
  row: {
    /** The row's number in the file. */
    readonly line: number;
    /** The invalid rows that are not corrected yet, including this one. */
    readonly left: number;
    readonly form: RowForm;
    readonly snapshot: DirectorySnapshot;
  },
): ModalView {
  const { line, left, form, snapshot } = row;
  const blocks: KnownBlock[] = [
    lines('row', [
      [bold(`Row ${line}`), ` · ${left === 1 ? 'the last' : `${left} left`}`],
      ...form.findings.map((finding) => [`⚠️ ${finding}`]),
    ]),
    ...form.fields.map((field, index) => {
      const isNeeded = isFieldNeeded(field, form.fields, snapshot.facts.identityMode);
      return rowInput(field, blockOf(shown.position, index), snapshot, isNeeded);
    }),
    {
      type: 'actions',
      block_id: 'skip',
      elements: [{ type: 'button', action_id: skip, text: plain('Skip this row') }],
    },
  ];
  return {
    type: 'modal',
    callback_id: callback,
    title: plain(title),
    submit: plain(left === 1 ? 'Save' : 'Save and next'),
    close: plain('Stop here'),
    notify_on_close: true,
    private_metadata: JSON.stringify(shown),
    blocks,
  };
}
