/** Registers all listeners with which a checked file is corrected in Slack. */
import type { Services } from '../../services.ts';
import type { Listeners } from '../../slack/listener-table.ts';
import { registerMenus } from '../menus.ts';
import { registerMapping } from './choose-columns.ts';
import { registerNames } from './choose-names.ts';
import { registerFixRow } from './fix-row-view.ts';
import { registerSuggestions } from './suggestions.ts';

export function registerRepair(listeners: Listeners, services: Services): void {
  registerSuggestions(listeners, services);
  registerNames(listeners, services);
  registerFixRow(listeners, services);
  registerMapping(listeners, services);
  registerMenus(listeners, services);
}
