/** Files from practice: the expected result of each, and its source. */
import type { ErrorCode } from '../../../src/errors/problem.ts';
import type { UserContext } from '../../../src/users/context.ts';

export type WildFile = {
  readonly about: string;
  /** The report, program or document on which it is based. Names of people are invented. */
  readonly source: string;
  readonly bytes: () => Uint8Array;
  readonly context?: UserContext;
} & (
  | { readonly refused: ErrorCode }
  /** The question to its sender; nothing is guessed. */
  | { readonly asked: 'encoding' | 'sheet'; readonly options: readonly string[] }
  | {
      /** `First Last username`, as they would be created. */
      readonly created: readonly string[];
      /** Findings as `row column: code`. */
      readonly found?: readonly string[];
      /** Codes of the remarks about what is left out. */
      readonly leftOut?: readonly ErrorCode[];
      /** Tags of the first created user. */
      readonly tags?: Readonly<Record<string, string>>;
    }
);

export const titles =
  'first name,last name,email address,user login,routing profile name,security profile';

/** A valid row under `titles`. */
export function person(first: string, last: string, login: string): string {
  return `${first},${last},${login}@harbour.example,${login},Basic Routing Profile,Agent`;
}

export function lines(...rows: readonly string[]): Uint8Array {
  return Buffer.from(rows.map((row) => `${row}\r\n`).join(''), 'utf8');
}

const tables = new Map<string, Map<string, readonly number[]>>();

/** The bytes of a text in a legacy encoding of the Encoding Standard, with one or two bytes for each character. */
export function inEncoding(encoding: string, text: string): Uint8Array {
  const table = tables.get(encoding) ?? tableOf(encoding);
  tables.set(encoding, table);
  return Buffer.from(
    [...text].flatMap((letter) => {
      const bytes = letter < '\u0080' ? [letter.charCodeAt(0)] : table.get(letter);
      if (!bytes) throw new Error(`${encoding} has no ${letter}`);
      return bytes;
    }),
  );
}

function tableOf(encoding: string): Map<string, readonly number[]> {
  const table = new Map<string, readonly number[]>();
  const decoder = new TextDecoder(encoding);
  const add = (...bytes: readonly number[]) => {
    const letter = decoder.decode(Uint8Array.from(bytes));
    if ([...letter].length === 1 && letter !== '\uFFFD' && !table.has(letter)) {
      table.set(letter, bytes);
    }
  };
  for (let lead = 0x80; lead <= 0xff; lead += 1) {
    add(lead);
    if (!/^(?:shift_jis|gb18030|big5|euc-)/.test(encoding)) continue;
    for (let trail = 0x40; trail <= 0xfe; trail += 1) add(lead, trail);
  }
  return table;
}
