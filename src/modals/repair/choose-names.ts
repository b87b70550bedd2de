/** "Choose for all": one answer for each unknown name, for all rows that contain it. */
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { DirectorySnapshot } from '../../connect/directory.ts';
import { explain, problem } from '../../errors/problem.ts';
import { offerActions } from '../../messages/files/file-offer.ts';
import { lines } from '../../messages/rich-text.ts';
import { correctFile, readRepairableWithClient } from '../../requests/repair/correct-file.ts';
import { readAllWrongRows } from '../../requests/repair/read-wrong-rows.ts';
import { isAdmin, rememberNames } from '../../requests/repair/remember-names.ts';
import type { Services } from '../../services.ts';
import type { Listeners } from '../../slack/listener-table.ts';
import type { Db } from '../../storage/database.ts';
import { count } from '../../text/durations.ts';
import type { Alias } from '../../users/aliases.ts';
import { rowsInWords } from '../../users/files/check/group-findings.ts';
import type { ChosenName } from '../../users/files/repair/corrections.ts';
import { listUnknownNames, type UnknownName } from '../../users/files/repair/list-names.ts';
import { plain } from '../blocks.ts';
import { tick } from '../inputs.ts';
import { menuElement, menus, snapshotSoon } from '../menus.ts';
import { openOnButton } from './open-on-button.ts';
import { refusalView, refused, storeOrExplain } from './refusal.ts';

const title = 'Choose for all rows';
const callback = 'choose_names';
/** Each has a separate input; the remaining ones follow after the next check. */
const mostNames = 40;

const metadata = z.object({
  requestId: z.number().int(),
  revision: z.number().int(),
  instance: z.string(),
});

/** Shown only to admins of the instance. */
const remember = 'remember_names';

const blockOf = (index: number) => `name_${index}`;

export function registerNames(listeners: Listeners, services: Services): void {
  openOnButton(listeners, services, offerActions.names, {
    title,
    load: (personId, requestId) => namesView(services, personId, requestId),
  });
  listeners.view(callback, async ({ ack, body, view }) => {
    const { requestId, revision, instance } = metadata.parse(JSON.parse(view.private_metadata));
    const snapshot = await snapshotSoon(services, instance);
    if (!snapshot) {
      const why = explain(problem('form.not-saved'));
      return ack({ response_action: 'errors', errors: { [blockOf(0)]: why } });
    }
    const names: ChosenName[] = [];
    const aliases: Alias[] = [];
    const why = await storeOrExplain(async () => {
      for (const [index, unknown] of (await namesOf(services.intake, requestId)).entries()) {
        const { actionId, textOf } = menus[unknown.field];
        const chosen = view.state.values[blockOf(index)]?.[actionId]?.selected_option?.value;
        const to = chosen ? textOf(snapshot, chosen) : undefined;
        if (chosen === undefined || to === undefined) continue;
        names.push({ field: unknown.field, from: unknown.name, to });
        aliases.push({ field: unknown.field, name: unknown.name, id: chosen });
      }
      if (names.length === 0) return problem('repair.nothing-chosen');
      return correctFile(services, {
        deliveryId: `view_submission ${view.id}`,
        requestId,
        personId: body.user.id,
        revision,
        correction: { kind: 'names', names },
      });
    });
    if (why?.code === 'repair.nothing-chosen') {
      return ack({ response_action: 'errors', errors: { [blockOf(0)]: explain(why) } });
    }
    await ack(why ? refused(title, why, blockOf(0)) : undefined);
    const remembers = view.state.values[remember]?.[remember]?.selected_options ?? [];
    if (why || remembers.length === 0) return;
    const refusal = await rememberNames(services, requestId, instance, body.user.id, aliases);
    const place = { channel: body.user.id, person: body.user.id };
    if (refusal) await services.sendEphemeral(place, refusal);
  });
}

async function namesOf(db: Db, requestId: number): Promise<readonly UnknownName[]> {
  const rows = await readAllWrongRows(db, requestId);
  return listUnknownNames(rows).slice(0, mostNames);
}

async function namesView(
  services: Services,
  personId: string,
  requestId: number,
): Promise<ModalView> {
  const found = await readRepairableWithClient(services, requestId, personId);
  if ('code' in found) return refusalView(title, found);
  const { instanceClient } = found;
  const { instance } = found.request;
  const names = await namesOf(services.db, requestId);
  if (names.length === 0) return refusalView(title, problem('repair.no-names'));
  return chooseNamesView({ requestId, revision: found.file.revision, instance }, names, {
    snapshot: await instanceClient.directory.get(),
    canRemember: await isAdmin(services, instance, personId, { fresh: false }),
  });
}

/** @param offer the options, and whether the person may have the names remembered */
export function chooseNamesView(
  about: z.infer<typeof metadata>,
  names: readonly UnknownName[],
  offer: { readonly snapshot: DirectorySnapshot; readonly canRemember: boolean },
): ModalView {
  const { instance } = about;
  const intro = `${instance} doesn’t have ${names.length === 1 ? 'this name' : 'these names'}. Choose what each stands for; it counts for all rows that have it.`;
  const blocks: KnownBlock[] = [
    lines('intro', [[intro]]),
    ...names.map((name, index) => nameInput(name, index, offer.snapshot)),
    ...(offer.canRemember
      ? [tick(remember, 'For the next files', `Remember this for everybody in ${instance}`, false)]
      : []),
  ];
  return {
    type: 'modal',
    callback_id: callback,
    title: plain(title),
    submit: plain('Use for all'),
    close: plain('Cancel'),
    private_metadata: JSON.stringify(about),
    blocks,
  };
}

function nameInput(
  { field, name, rows, suggestion }: UnknownName,
  index: number,
  snapshot: DirectorySnapshot,
): InputBlock {
  const menu = menus[field];
  const meant = suggestion === undefined ? undefined : menu.named(snapshot, suggestion);
  return {
    type: 'input',
    block_id: blockOf(index),
    optional: true,
    label: plain(`“${name}”`),
    hint: plain(`A ${menu.kind} in ${count(rows.length, 'row')}: ${rowsInWords(rows)}`),
    element: menuElement(field, meant),
  };
}
