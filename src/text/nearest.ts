/** "Did you mean": the only known name that is few typing errors away from the typed one. */
import { folded } from './tidy.ts';

/** A file can contain as many wrong names as rows; above this number the results are computed again. */
const rememberedAtMost = 20_000;
/** A longer text is not a name with a typing error. */
const longestCompared = 130;

/** Names in a tree of characters, so that common beginnings are compared only once. */
type Branch = {
  readonly letters: number[];
  readonly branches: Branch[];
  /** Names that end here; several when they differ only in case or spaces. */
  readonly names: string[];
};

/**
 * Returns the only name that is nearest in typing errors (a character added, missing, replaced, or two swapped), or
 * the one that begins with the typed text; undefined when none is near, or when two are equally near. Each wrong name
 * is computed once, however many rows contain it.
 */
export function createNearest(names: readonly string[]): (typed: string) => string | undefined {
  const root: Branch = { letters: [], branches: [], names: [] };
  for (const name of names) branchFor(root, folded(name)).names.push(name);
  const remembered = new Map<string, string | undefined>();
  return (typed) => {
    const text = folded(typed);
    if (text === '' || text.length > longestCompared) return undefined;
    if (remembered.has(text)) return remembered.get(text);
    if (remembered.size >= rememberedAtMost) remembered.clear();
    const found = nearestUnder(root, text);
    remembered.set(text, found);
    return found;
  };
}

function branchFor(root: Branch, text: string): Branch {
  let branch = root;
  for (let at = 0; at < text.length; at += 1) {
    branch = childOf(branch, text.charCodeAt(at)) ?? addChild(branch, text.charCodeAt(at));
  }
  return branch;
}

function childOf(branch: Branch, letter: number): Branch | undefined {
  return branch.branches[branch.letters.indexOf(letter)];
}

function addChild(branch: Branch, letter: number): Branch {
  const child: Branch = { letters: [], branches: [], names: [] };
  branch.letters.push(letter);
  branch.branches.push(child);
  return child;
}

function nearestUnder(root: Branch, text: string): string | undefined {
  // Few errors first, because the narrower search is far cheaper, and usually sufficient.
  const near = namesWithin(root, text, 1);
  if (near.length > 0) return onlyOne(near);
  const completion = text.length >= 3 ? onlyOne(completionsOf(root, text)) : undefined;
  if (completion !== undefined) return completion;
  for (let errors = 2; errors <= errorsAllowed(text.length); errors += 1) {
    const far = namesWithin(root, text, errors);
    if (far.length > 0) return onlyOne(far);
  }
  return undefined;
}

function onlyOne(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}

function errorsAllowed(length: number): number {
  if (length <= 3) return 1;
  return length <= 8 ? 2 : 3;
}

/** The names that continue from the text, or some of them when there are several. */
function completionsOf(root: Branch, text: string): string[] {
  let branch: Branch | undefined = root;
  for (let at = 0; branch && at < text.length; at += 1) {
    branch = childOf(branch, text.charCodeAt(at));
  }
  const found: string[] = [];
  const collect = (from: Branch) => {
    found.push(...from.names);
    for (const next of from.branches) {
      if (found.length < 2) collect(next);
    }
  };
  if (branch) collect(branch);
  return found;
}

/**
 * Names that are at most that many errors away (optimal string alignment distance). There is one row of the distance
 * matrix for each character on the way down, only as wide as the errors allow; a branch is skipped as soon as its
 * whole row exceeds the limit.
 */
function namesWithin(root: Branch, text: string, errors: number): string[] {
  const width = text.length + 1;
  const far = errors + 1;
  const matrix = new Uint8Array((text.length + errors + 2) * width).fill(far);
  for (let column = 0; column < width; column += 1) matrix[column] = Math.min(column, far);
  const found: string[] = [];

  const visit = (branch: Branch, depth: number, letterBefore: number): void => {
    if ((matrix[depth * width + text.length] ?? far) <= errors) found.push(...branch.names);
    if (depth >= text.length + errors) return;
    for (const [at, letter] of branch.letters.entries()) {
      const next = branch.branches[at];
      if (next && fillRow(depth + 1, letter, letterBefore) <= errors)
        visit(next, depth + 1, letter);
    }
  };

  /** Fills the row of one more character; returns the smallest distance in it. */
  const fillRow = (row: number, letter: number, letterBefore: number): number => {
    const start = row * width;
    const first = Math.max(1, row - errors);
    const last = Math.min(text.length, row + errors);
    let least = far;
    matrix[start + first - 1] = first === 1 ? Math.min(row, far) : far;
    if (first === 1) least = Math.min(row, far);
    for (let column = first; column <= last; column += 1) {
      const typed = text.charCodeAt(column - 1);
      const above = start - width + column;
      let cost = (matrix[above - 1] ?? far) + (typed === letter ? 0 : 1);
      cost = Math.min(cost, (matrix[above] ?? far) + 1, (matrix[start + column - 1] ?? far) + 1);
      const swapped =
        row > 1 && column > 1 && typed === letterBefore && text.charCodeAt(column - 2) === letter;
      if (swapped) cost = Math.min(cost, (matrix[above - width - 2] ?? far) + 1);
      matrix[start + column] = Math.min(cost, far);
      least = Math.min(least, cost);
    }
    // A wider row of a sibling branch must not be read here.
    if (last < text.length) matrix[start + last + 1] = far;
    return least;
  };

  visit(root, 0, -1);
  return found;
}
