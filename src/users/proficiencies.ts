/**
 * The proficiencies of a new user: `Language=German:4` pairs or CreateUser's JSON, checked against the instance's
 * attributes.
 */
import { problem } from '../errors/problem.ts';
import { shown, tidy } from '../text/tidy.ts';
import type { UserContext } from './context.ts';
import type { Notes } from './draft-findings.ts';
import type { Proficiency, UserDraft } from './new-user.ts';

/** Amazon Connect's quota "Proficiencies per agent". */
const mostProficiencies = 10;
/** "The valid values are 1, 2, 3, 4 and 5" (UserProficiency). */
const levels: readonly string[] = ['1', '2', '3', '4', '5'];

type Written = { readonly attribute: string; readonly value: string; readonly level: string };

/** The proficiencies for the user after the creation; problems are added to the findings. */
export function checkProficiencies(
  draft: UserDraft,
  context: UserContext,
  notes: Notes,
): Proficiency[] {
  const text = draft.proficiencies?.trim() ?? '';
  if (text === '') return [];
  const written = text.startsWith('[') ? readJson(text) : readPieces(text);
  if (!written) {
    notes.wrong('proficiencies', problem('proficiencies.form', { value: shown(text) }));
    return [];
  }
  if (written.length > mostProficiencies) {
    const params = { limit: mostProficiencies, count: written.length };
    notes.wrong('proficiencies', problem('proficiencies.too-many', params));
    return [];
  }
  const found = new Map<string, Proficiency>();
  for (const item of written) {
    const proficiency = checkOne(item, context, notes);
    if (!proficiency) continue;
    const key = `${proficiency.attribute}: ${proficiency.value}`;
    if (found.has(key)) notes.wrong('proficiencies', problem('proficiencies.twice', { key }));
    found.set(key, proficiency);
  }
  return [...found.values()];
}

function checkOne(
  { attribute, value, level }: Written,
  { predefinedAttributes, alias: instance }: UserContext,
  notes: Notes,
): Proficiency | undefined {
  if (!levels.includes(level)) {
    notes.wrong('proficiencies', problem('proficiencies.level', { level: shown(level) }));
    return undefined;
  }
  if (!predefinedAttributes) {
    notes.wrong('proficiencies', problem('proficiencies.not-known', { instance }));
    return undefined;
  }
  const values = predefinedAttributes.get(attribute);
  const params = { attribute: shown(attribute), instance };
  if (!values) {
    const list = [...predefinedAttributes.keys()].slice(0, 10).join(', ') || 'none';
    notes.wrong('proficiencies', problem('proficiencies.attribute', { ...params, list }));
    return undefined;
  }
  if (!values.includes(value)) {
    const list = values.slice(0, 10).join(', ') || 'none';
    const wrong = problem('proficiencies.value', { ...params, value: shown(value), list });
    notes.wrong('proficiencies', wrong);
    return undefined;
  }
  return { attribute, value, level: Number(level) };
}

/** `Language=German:4|Product=Cards:2`, also one per line. */
function readPieces(text: string): Written[] | undefined {
  const pieces = text.split(/[|\r\n\u2028\u2029]+/).filter((piece) => piece.trim() !== '');
  const written = pieces.map((piece) =>
    /^([^=]+)=(.+):\s*([^:]*)$/u.exec(tidy(piece, 'name').text),
  );
  if (written.some((match) => match === null)) return undefined;
  return written.map((match) => ({
    attribute: match?.[1]?.trim() ?? '',
    value: match?.[2]?.trim() ?? '',
    level: match?.[3]?.trim() ?? '',
  }));
}

/** The `UserProficiencies` of AssociateUserProficiencies. */
function readJson(text: string): Written[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed)) return undefined;
  const written: Written[] = [];
  for (const item of parsed as unknown[]) {
    if (typeof item !== 'object' || item === null) return undefined;
    const { AttributeName, AttributeValue, Level } = item as Record<string, unknown>;
    if (typeof AttributeName !== 'string' || typeof AttributeValue !== 'string') return undefined;
    written.push({
      attribute: tidy(AttributeName, 'name').text,
      value: tidy(AttributeValue, 'name').text,
      level: typeof Level === 'number' || typeof Level === 'string' ? String(Level) : '',
    });
  }
  return written;
}
