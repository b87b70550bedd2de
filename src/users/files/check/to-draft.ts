/** One row of a file as the rules read it: texts by field, names for what is chosen. */
import type { DirectoryView } from '../../context.ts';
import type { ChannelDraft, Choice, ContactChannel, UserDraft, Writable } from '../../new-user.ts';
import type { ColumnKey, ColumnPlan, ReportColumn } from '../table/columns.ts';
import type { TableRow } from '../table/table.ts';

type Growing = Writable<UserDraft> & {
  channels?: Partial<Record<ContactChannel, Writable<ChannelDraft>>>;
};

type Put = (draft: Growing, text: string) => void;

/**
 * Makes the reader of one file's rows. Cells of the columns for profiles and groups hold names, but an id
 * of the instance's or its ARN is taken as well, as CreateUser's input holds them.
 */
export function createDraftReader(
  plan: ColumnPlan,
  directory: DirectoryView,
): (row: TableRow) => UserDraft {
  const puts = [...plan.at].flatMap(([key, at]) => {
    const put = putFor(key, directory);
    return put ? [{ at, put }] : [];
  });
  return (row) => {
    const draft: Growing = {};
    for (const { at, put } of puts) {
      const text = row.cells[at];
      if (text !== undefined && text !== '') put(draft, text);
    }
    return draft;
  };
}

const mostNames = 50;

const isFilled = (text: string) => text.trim() !== '';

function putFor(key: ColumnKey, directory: DirectoryView): Put | undefined {
  switch (key) {
    case 'status':
    case 'user_id':
    case 'user_arn':
    case 'problem':
    case 'suggestion':
    case 'ignored':
      return undefined;
    case 'routingProfile':
      return (draft, text) => {
        draft.routingProfile = chosen(text, directory.routingProfiles);
      };
    case 'securityProfiles':
      return (draft, text) => {
        const names = text.includes('|') ? text.split('|').filter(isFilled) : [text];
        // A user takes ten; a cell of bars alone would become a thousand.
        names.length = Math.min(names.length, mostNames);
        draft.securityProfiles = names.map((name) => chosen(name, directory.securityProfiles));
      };
    case 'agentHierarchy':
    case 'userHierarchy':
      return (draft, text) => {
        if (text.trim() === '') return;
        draft.hierarchyGroup = chosen(text, directory.hierarchyGroups);
      };
    default:
      return isTextKey(key) ? putText(key) : putChannel(key);
  }
}

type ChannelKey = Extract<ColumnKey, `${ContactChannel}.${string}`>;
type TextKey = Exclude<
  ColumnKey,
  | ChannelKey
  | ReportColumn
  | 'routingProfile'
  | 'securityProfiles'
  | 'agentHierarchy'
  | 'userHierarchy'
>;

function isTextKey(key: ChannelKey | TextKey): key is TextKey {
  return !key.includes('.');
}

function putText(key: TextKey): Put {
  return (draft, text) => {
    draft[key] = text;
  };
}

function putChannel(key: ChannelKey): Put {
  const [channel, setting] = key.split('.') as [ContactChannel, keyof ChannelDraft];
  return (draft, text) => {
    draft.channels ??= {};
    draft.channels[channel] = { ...draft.channels[channel], [setting]: text };
  };
}

function chosen(text: string, index: { byId(id: string): unknown }): Choice {
  const plain = text.trim();
  const id = plain.startsWith('arn:') ? plain.slice(plain.lastIndexOf('/') + 1) : plain;
  return index.byId(id) === undefined ? { name: text } : { id };
}
