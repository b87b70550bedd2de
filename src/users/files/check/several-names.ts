/** A cell with several names in any format, when the parts are existing names. */
import { type Problem, problem } from '../../../errors/problem.ts';
import { shown } from '../../../text/tidy.ts';
import { mostNamesRead } from '../../fields/profiles.ts';
import type { NameIndex } from '../../name-index.ts';
import type { Named } from '../../new-user.ts';

export type SeveralNames = {
  readonly names: readonly string[];
  readonly problem?: Problem;
  readonly suggestion?: string;
};

/** One more than is looked up, which makes a cell of that many names one mistake; nobody needs the others. */
const mostNames = mostNamesRead + 1;

/**
 * Splits a cell of security profiles: always at `|` and line breaks, at commas and semicolons if a part is a
 * profile's name, and as a list in JSON or Python. If the whole text is also a profile's name, both readings are
 * reported.
 */
export function severalNames(cell: string, index: NameIndex<Named>): SeveralNames {
  const text = cell.trim();
  if (!separated.test(text) && isKnown(text, index)) return { names: [text] };
  const listed = text.startsWith('[') ? namesOfList(text) : undefined;
  if (listed) return { names: listed.slice(0, mostNames) };
  const parts = split(text, /[|\r\n]+/);
  const names: string[] = [];
  for (const part of parts) {
    const pieces = /[,;]/.test(part) ? split(part, /[,;]/) : [];
    const known = pieces.filter((piece) => isKnown(piece, index)).length;
    if (pieces.length < 2 || known === 0) {
      names.push(part);
      continue;
    }
    if (isKnown(part, index)) {
      if (known < pieces.length) {
        names.push(part);
        continue;
      }
      const list = pieces.map((piece) => `“${shown(piece)}”`).join(' and ');
      const params = { whole: shown(part), parts: list };
      return { names: parts, problem: problem('security-profiles.two-readings', params) };
    }
    names.push(...pieces);
  }
  return joined(text, names, index) ?? { names: names.slice(0, mostNames) };
}

/** Characters of a cell with several names; nearly every cell is a single name without them. */
const separated = /[|\r\n,;[]/;

/**
 * The separators that people put between names, and the brackets of programs around them, at which a name must not be
 * split silently.
 */
const between = /\s*(?:;#|[,;/+&~•\n]|\s(?:and|und|et|y|e|en|og|och)\s)\s*/iu;
const inFront = /^(?:[-–•*#]|\d{1,2}[.)])\s*/u;

/** `Agent and Supervisor`, `{Agent,Supervisor}`, `1. Agent`: unknown as a whole, and known part by part. */
function joined(
  text: string,
  names: readonly string[],
  index: NameIndex<Named>,
): SeveralNames | undefined {
  if (text.length > 500 || names.every((name) => isKnown(name, index))) return undefined;
  const parts = split(text.replace(/^[{[(]|[)\]}]$/gu, ''), between).flatMap((part) => {
    const plain = part.trim().replace(inFront, '');
    return plain === '' ? [] : [plain];
  });
  if (parts.length < 2 || !parts.every((part) => isKnown(part, index))) return undefined;
  const params = { value: shown(text) };
  return {
    names: [],
    problem: problem('security-profiles.joined', params),
    suggestion: parts.join('|'),
  };
}

function split(text: string, separator: RegExp): string[] {
  return text.split(separator, mostNames + 1).filter((part) => part.trim() !== '');
}

function isKnown(name: string, index: NameIndex<Named>): boolean {
  const plain = name.trim();
  return index.byId(plain) !== undefined || index.match(plain).kind !== 'none';
}

function namesOfList(text: string): string[] | undefined {
  // Python writes ['Agent'] where JSON writes ["Agent"].
  for (const json of [text, text.replaceAll("'", '"')]) {
    try {
      const list: unknown = JSON.parse(json);
      if (Array.isArray(list) && list.every((name) => typeof name === 'string')) return list;
    } catch {
      // The other spelling is tried, or the cell is read unchanged.
    }
  }
  return undefined;
}
