/** Ids of people and conversations in blocks: the first letter shows the kind (docs: the object's own page). */
import { type Check, string } from './schema.ts';

function id(form: RegExp, what: string): Check {
  return string(undefined, (text) => (form.test(text) ? undefined : `must be a valid ${what} ID`));
}

/** `W` is a person of an Enterprise Grid organization. */
export const userId = id(/^[UW][A-Z0-9]{2,}$/, 'user');
export const channelId = id(/^[CGD][A-Z0-9]{2,}$/, 'channel');
/** Where a person's id also identifies a conversation (docs: conversations select). */
export const conversationId = id(/^[CGDUW][A-Z0-9]{2,}$/, 'conversation');
export const teamId = id(/^[TE][A-Z0-9]{2,}$/, 'team');
export const usergroupId = id(/^S[A-Z0-9]{2,}$/, 'usergroup');
/** A hex color with its `#` (docs: rich text, color element). */
export const hexColor = string(undefined, (text) =>
  /^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/.test(text) ? undefined : 'must be a valid hex color',
);
