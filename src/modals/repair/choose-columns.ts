/** "Choose the columns": assigns the columns of a file from another system, and values for every row. */
import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import type { DirectorySnapshot } from '../../connect/directory.ts';
import { explain, problem } from '../../errors/problem.ts';
import { offerActions } from '../../messages/files/file-offer.ts';
import { lines } from '../../messages/rich-text.ts';
import { mapColumns, readMappable } from '../../requests/repair/map-columns.ts';
import { readUsablePresets } from '../../requests/submit/permitted-instances.ts';
import type { Services } from '../../services.ts';
import type { Listeners } from '../../slack/listener-table.ts';
import {
  type ColumnMapping,
  type MappableKey,
  mappableKeys,
} from '../../users/files/mapping/column-mapping.ts';
import { guessColumns } from '../../users/files/mapping/guess-columns.ts';
import type { NameField } from '../../users/files/repair/corrections.ts';
import { knownColumn } from '../../users/files/table/match-header.ts';
import type { Preset } from '../../users/preset.ts';
import { presetNamed } from '../../users/presets/apply-preset.ts';
import { plain } from '../blocks.ts';
import { pickable } from '../directory-options.ts';
import { menuElement, menus, snapshotSoon } from '../menus.ts';
import { openOnButton } from './open-on-button.ts';
import { refusalView, refused, storeOrExplain } from './refusal.ts';
import type { ViewValues } from './row-inputs.ts';

const title = 'Choose the columns';
const callback = 'map_columns';
/** Slack's limit for the options of a menu. */
const mostOptions = 100;
const columnElement = 'column';

const metadata = z.object({
  requestId: z.number().int(),
  instance: z.string(),
  /** An existing directory provides the names of its people. */
  needsNames: z.boolean(),
});
type Shown = z.infer<typeof metadata>;

const labels: Readonly<Record<MappableKey, string>> = {
  firstName: 'First name',
  lastName: 'Last name',
  username: 'Username',
  email: 'Email',
  routingProfile: 'Routing profile',
  securityProfiles: 'Security profiles',
  agentHierarchy: 'Hierarchy group',
};
/** The values that can be the same for all rows. */
const forAll: Readonly<Partial<Record<MappableKey, NameField>>> = {
  routingProfile: 'routingProfile',
  securityProfiles: 'securityProfiles',
};

const columnBlock = (key: MappableKey) => `column_${key}`;
const valueBlock = (key: MappableKey) => `all_${key}`;
const presetBlock = 'all_preset';
const presetElement = 'preset';

export function registerMapping(listeners: Listeners, services: Services): void {
  openOnButton(listeners, services, offerActions.mapping, {
    title,
    load: (personId, requestId) => mappingView(services, personId, requestId),
  });
  listeners.view(callback, async ({ ack, body, view }) => {
    const shown = metadata.parse(JSON.parse(view.private_metadata));
    const snapshot = await snapshotSoon(services, shown.instance);
    if (!snapshot) {
      const why = explain(problem('form.not-saved'));
      return ack({ response_action: 'errors', errors: { [columnBlock('username')]: why } });
    }
    const mapping = mappingIn(view.state.values, snapshot);
    const presets = services.instanceClients.get(shown.instance)?.config.presets;
    const errors = errorsOf(mapping, shown, presetNamed(presets, mapping.values.preset ?? ''));
    if (errors) return ack({ response_action: 'errors', errors });
    const why = await storeOrExplain(() =>
      mapColumns(services, {
        deliveryId: `view_submission ${view.id}`,
        requestId: shown.requestId,
        personId: body.user.id,
        mapping,
      }),
    );
    await ack(why ? refused(title, why, columnBlock('username')) : undefined);
  });
}

function mappingIn(values: ViewValues, snapshot: DirectorySnapshot): ColumnMapping {
  const columns: Partial<Record<MappableKey, number>> = {};
  const all: Partial<Record<MappableKey | 'preset', string>> = {};
  const preset = values[presetBlock]?.[presetElement]?.selected_option?.value;
  if (preset !== undefined) all.preset = preset;
  for (const key of mappableKeys) {
    const column = values[columnBlock(key)]?.[columnElement]?.selected_option?.value;
    if (column !== undefined) columns[key] = Number(column);
    const field = forAll[key];
    const menu = field && menus[field];
    const id = menu && values[valueBlock(key)]?.[menu.actionId]?.selected_option?.value;
    const text = menu && id ? menu.textOf(snapshot, id) : undefined;
    if (text !== undefined) all[key] = text;
  }
  return { columns, values: all };
}

/** Block of each field without an answer → the error; null when there are none. */
function errorsOf(
  { columns, values }: ColumnMapping,
  { needsNames }: Shown,
  preset: Preset | undefined,
): Record<string, string> | null {
  const errors: Record<string, string> = {};
  for (const key of mappableKeys) {
    const hasColumn = columns[key] !== undefined;
    const hasValue = values[key] !== undefined;
    const what = `a ${labels[key].toLowerCase().replace(/profiles$/, 'profile')}`;
    if (hasColumn && hasValue) {
      errors[valueBlock(key)] = explain(problem('mapping.two-ways'));
    } else if (isNeeded(key, needsNames) && !comesFrom(preset, key) && !hasColumn && !hasValue) {
      const code = forAll[key] ? 'mapping.value-missing' : 'mapping.column-missing';
      errors[columnBlock(key)] = explain(problem(code, { what }));
    }
  }
  return Object.keys(errors).length > 0 ? errors : null;
}

/** Whether the preset for all rows provides this value. */
function comesFrom(preset: Preset | undefined, key: MappableKey): boolean {
  if (key === 'username') return preset?.usernamePattern !== undefined;
  const field = forAll[key];
  return field !== undefined && preset?.values[field] !== undefined;
}

function isNeeded(key: MappableKey, needsNames: boolean): boolean {
  if (key === 'firstName' || key === 'lastName') return needsNames;
  return key !== 'email' && key !== 'agentHierarchy';
}

async function mappingView(
  services: Services,
  personId: string,
  requestId: number,
): Promise<ModalView> {
  const found = await readMappable(services, requestId, personId);
  if ('code' in found) return refusalView(title, found);
  const { instance } = found.request;
  const instanceClient = services.instanceClients.get(instance);
  if (!instanceClient) return refusalView(title, problem('form.unknown-instance', { instance }));
  const snapshot = await instanceClient.directory.get();
  const needsNames = snapshot.facts.identityMode !== 'EXISTING_DIRECTORY';
  const presets = await readUsablePresets(services, personId, [instanceClient]);
  const usable = new Set(presets.map(({ name }) => name));
  return columnsView({ requestId, instance, needsNames }, found.headers, {
    presets: instanceClient.config.presets.filter(({ name }) => usable.has(name)),
  });
}

/** @param headers of the file @param offer the presets that the person may use */
export function columnsView(
  shown: Shown,
  headers: readonly string[],
  offer: { readonly presets: readonly Pick<Preset, 'name' | 'usernamePattern'>[] },
): ModalView {
  const { needsNames } = shown;
  const { presets } = offer;
  const guesses = guessColumns(headers);
  const options = headers
    .map((header, index) => ({ header, index }))
    .filter(({ header }) => header.trim() !== '')
    .slice(0, mostOptions)
    .map(({ header, index }) => pickable(String(index), header));
  const presetMakesIt = presets.some(({ usernamePattern }) => usernamePattern !== undefined);
  const intro =
    'Choose which column is which. I remember it for the next file of yours with this header.';
  const blocks: KnownBlock[] = [
    lines('intro', [[intro]]),
    ...presetBlocks(headers, presets),
    ...mappableKeys.flatMap((key) =>
      inputsOf(key, options, guesses.get(key), needsNames, presetMakesIt),
    ),
  ];
  return {
    type: 'modal',
    callback_id: callback,
    title: plain(title),
    submit: plain('Read the file'),
    close: plain('Cancel'),
    private_metadata: JSON.stringify(shown),
    blocks,
  };
}

/** A preset for all rows, when the person may use any and no column contains one. */
function presetBlocks(
  headers: readonly string[],
  presets: readonly Pick<Preset, 'name'>[],
): InputBlock[] {
  if (headers.some((header) => knownColumn(header)?.key === 'preset')) return [];
  const options = presets.slice(0, mostOptions).map(({ name }) => pickable(name, name));
  if (options.length === 0) return [];
  return [
    {
      type: 'input',
      block_id: presetBlock,
      optional: true,
      label: plain('One preset for all rows'),
      hint: plain('What it sets needs no column'),
      element: {
        type: 'static_select',
        action_id: presetElement,
        placeholder: plain('Choose a preset'),
        options,
      },
    },
  ];
}

const presetMakes = 'Every user needs it, unless a preset makes it';

function inputsOf(
  key: MappableKey,
  options: readonly PlainTextOption[],
  guess: number | undefined,
  needsNames: boolean,
  presetMakesIt: boolean,
): InputBlock[] {
  const initial = options.find(({ value }) => value === String(guess));
  const field = forAll[key];
  // Either of the two fields can contain the answer, so neither of them is required in Slack.
  const optional = !isNeeded(key, needsNames) || field !== undefined;
  const column: InputBlock = {
    type: 'input',
    block_id: columnBlock(key),
    optional: optional || (key === 'username' && presetMakesIt),
    label: plain(labels[key]),
    ...(key === 'username' && presetMakesIt ? { hint: plain(presetMakes) } : {}),
    element: {
      type: 'static_select',
      action_id: columnElement,
      placeholder: plain('Choose a column'),
      options: [...options],
      ...(initial ? { initial_option: initial } : {}),
    },
  };
  if (!field) return [column];
  const value: InputBlock = {
    type: 'input',
    block_id: valueBlock(key),
    optional: true,
    label: plain(`… or one ${menus[field].kind} for all rows`),
    element: menuElement(field),
  };
  return [column, value];
}
