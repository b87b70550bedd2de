/** Everything with which a checked file is corrected in Slack. */
import type { Services } from '../../services.ts';
import type { Listeners } from '../../slack/listeners.ts';
import { registerMenus } from '../menus.ts';
import { registerFixRow } from './fix-row-view.ts';
import { registerMapping } from './mapping.ts';
import { registerNames } from './names.ts';
import { registerSuggestions } from './suggestions.ts';

export function registerRepair(listeners: Listeners, services: Services): void {
  registerSuggestions(listeners, services);
  registerNames(listeners, services);
  registerFixRow(listeners, services);
  registerMapping(listeners, services);
  registerMenus(listeners, services);
}
