/**
 * Lists of addresses and numbers in the format of directories: SCIM's `emails` and `phoneNumbers`, Google's `phones`.
 * https://www.rfc-editor.org/rfc/rfc7643#section-4.1.2
 */

export type Contact = {
  /** The member under which it is reported, such as `phoneNumbers.mobile`. */
  readonly header: string;
  readonly value: string;
  /** Present when several are possible; the text follows "is". */
  readonly unclear?: string;
};

const contactLists = /^(?:emails|phone_?numbers|phones)$/i;

/** The addresses and numbers in a member, or undefined for any other member. */
export function contactsIn(name: string, value: unknown): readonly Contact[] | undefined {
  if (!contactLists.test(name) || !Array.isArray(value)) return undefined;
  const entries = value.map(entryOf);
  if (entries.some((entry) => entry === undefined)) return undefined;
  const all = entries.flatMap((entry) => (entry && entry.value !== '' ? [entry] : []));
  if (!/^emails$/i.test(name)) {
    // A number at work is not one to which Amazon Connect's calls are sent, so each keeps its kind.
    return all.map(({ type, value: number }) => ({
      header: `${name}.${type === '' ? 'other' : type}`,
      value: number,
    }));
  }
  const chosen =
    only(all) ?? only(all.filter(({ primary }) => primary)) ?? only(all.filter(isAtWork));
  if (chosen) return [{ header: name, value: chosen.value }];
  const unclear = 'a list of several addresses, none of them primary';
  return all.length === 0 ? [] : [{ header: name, value: '', unclear }];
}

type Entry = { readonly value: string; readonly type: string; readonly primary: boolean };

function entryOf(entry: unknown): Entry | undefined {
  if (typeof entry === 'string') return { value: entry, type: '', primary: false };
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { value, address, type, primary } = entry as Readonly<Record<string, unknown>>;
  const text = value ?? address ?? '';
  if (typeof text !== 'string') return undefined;
  return { value: text, type: typeof type === 'string' ? type : '', primary: primary === true };
}

const isAtWork = ({ type }: Entry) => type.toLowerCase() === 'work';

/** The one entry of a list of one. */
function only<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}
