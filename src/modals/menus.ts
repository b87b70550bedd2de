/** Menus with the profiles and groups of an instance, for the forms in which a file is corrected. */
import type { ExternalSelect, MultiExternalSelect, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import type { DirectorySnapshot } from '../connect/directory.ts';
import { withTimeout } from '../operations/with-timeout.ts';
import type { Services } from '../services.ts';
import type { Listeners } from '../slack/listener-table.ts';
import { mostSecurityProfiles } from '../users/fields/profiles.ts';
import type { NameField } from '../users/files/repair/corrections.ts';
import type { NameMatch } from '../users/name-index.ts';
import { plain } from './blocks.ts';
import { pathLabel, pickable } from './directory-options.ts';

/** Slack's limit for the number of options. */
const mostOptions = 100;

type Menu = {
  readonly actionId: string;
  /** Its name in a sentence. */
  readonly kind: string;
  readonly placeholder: string;
  find(snapshot: DirectorySnapshot, text: string): PlainTextOption[];
  /** The option for a name in a file; undefined for a name that the instance does not have. */
  named(snapshot: DirectorySnapshot, name: string): PlainTextOption | undefined;
  /** The text for a file: its name, or its id when the name is ambiguous. */
  textOf(snapshot: DirectorySnapshot, id: string): string | undefined;
};

function profiles(
  actionId: string,
  kind: string,
  key: 'routingProfiles' | 'securityProfiles',
  search: 'searchRoutingProfiles' | 'searchSecurityProfiles',
): Menu {
  return {
    actionId,
    kind,
    placeholder: `Choose a ${kind}`,
    find: (snapshot, text) =>
      snapshot[search](text, mostOptions).map(({ id, name }) => pickable(id, name)),
    named: (snapshot, name) => {
      const item = itemNamed(snapshot[key], name);
      return item && pickable(item.id, item.name);
    },
    textOf: (snapshot, id) => {
      const name = snapshot[key].byId(id)?.name;
      if (name === undefined) return undefined;
      const match = snapshot[key].match(name);
      return match.kind === 'one' && match.item.id === id ? name : id;
    },
  };
}

/** A file may contain an id or an ARN in place of a name. */
function itemNamed<Item>(
  index: { byId(id: string): Item | undefined; match(name: string): NameMatch<Item> },
  name: string,
): Item | undefined {
  const match = index.match(name);
  return match.kind === 'one' ? match.item : index.byId(name.split('/').at(-1) ?? name);
}

export const menus: Readonly<Record<NameField, Menu>> = {
  routingProfile: profiles(
    'repair_routing_profile',
    'routing profile',
    'routingProfiles',
    'searchRoutingProfiles',
  ),
  securityProfiles: profiles(
    'repair_security_profile',
    'security profile',
    'securityProfiles',
    'searchSecurityProfiles',
  ),
  hierarchyGroup: {
    actionId: 'repair_hierarchy_group',
    kind: 'hierarchy group',
    placeholder: 'Choose a hierarchy group',
    find: (snapshot, text) =>
      snapshot
        .searchHierarchyGroups(text, mostOptions)
        .map(({ id, path }) => pickable(id, pathLabel(path))),
    named: (snapshot, name) => {
      const group = itemNamed(snapshot.hierarchyGroups, name);
      return group && pickable(group.id, pathLabel(group.path));
    },
    textOf: (snapshot, id) => {
      const group = snapshot.hierarchyGroups.byId(id);
      return group && snapshot.hierarchyGroups.textOf(group);
    },
  },
};

export function menuElement(field: NameField, initial?: PlainTextOption): ExternalSelect {
  const { actionId, placeholder } = menus[field];
  return {
    type: 'external_select',
    action_id: actionId,
    placeholder: plain(placeholder),
    min_query_length: 0,
    ...(initial ? { initial_option: initial } : {}),
  };
}

/** For the cell with several names. */
export function severalElement(initial: readonly PlainTextOption[]): MultiExternalSelect {
  return {
    type: 'multi_external_select',
    action_id: menus.securityProfiles.actionId,
    placeholder: plain('Choose one or more'),
    // A cell of a file can contain more than that, and Slack refuses a menu with too many initial options.
    ...(initial.length <= mostSecurityProfiles ? { max_selected_items: mostSecurityProfiles } : {}),
    min_query_length: 0,
    ...(initial.length > 0 ? { initial_options: [...initial] } : {}),
  };
}

/** The directory of an instance, if it is known in time, because the acknowledgement must not wait longer. */
export function snapshotSoon(
  services: Services,
  instance: string,
): Promise<DirectorySnapshot | undefined> {
  const directory = services.instanceClients.get(instance)?.directory;
  const known = directory?.peek();
  if (!directory || known) return Promise.resolve(known);
  return withTimeout(
    directory.get().catch(() => undefined),
    services.timing.beforeAcknowledging.readMs,
  );
}

const metadata = z.object({ instance: z.string() });

export function registerMenus(listeners: Listeners, services: Services): void {
  for (const menu of Object.values(menus)) {
    listeners.options(menu.actionId, async ({ ack, body, payload }) => {
      const { instance } = metadata.parse(JSON.parse(body.view?.private_metadata ?? '{}'));
      const snapshot = await snapshotSoon(services, instance);
      await ack({ options: snapshot ? menu.find(snapshot, payload.value) : [] });
    });
  }
}
