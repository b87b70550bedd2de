/** Tags as people write them: `key=value` pieces or a JSON object, to the rules of CreateUser's TagMap. */
import { problem } from '../../errors/problem.ts';
import { lengthOf, shown, tidy } from '../../text/tidy.ts';
import type { UserContext } from '../context.ts';
import type { UserDraft } from '../new-user.ts';
import type { Notes } from '../notes.ts';

type Tag = readonly [key: string, value: string];

/** The model of TagMap, TagKey and TagValue. */
const mostTags = 50;
const longestKey = 128;
const longestValue = 256;
const keyLetters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u;

/** More sentences than this about one field help nobody. */
const mostFindings = 10;

/** Reads and checks the tags; those the bot adds itself count towards the limit. */
export function checkTags(
  draft: UserDraft,
  context: UserContext,
  notes: Notes,
): Record<string, string> {
  const text = draft.tags?.trim() ?? '';
  const { defaultTags = {} } = context;
  if (text === '') {
    assertRequired(defaultTags, context, notes);
    return { ...defaultTags };
  }
  const before = notes.findings.length;
  const tags = text.startsWith('{') ? readJson(text, notes) : readPieces(text, notes);
  const keys = new Set<string>();
  for (const [key, value] of tags) {
    if (notes.findings.length - before >= mostFindings) break;
    checkTag(key, value, notes);
    if (keys.has(key)) notes.wrong('tags', problem('tags.twice', { key: shown(key) }));
    keys.add(key);
  }
  // fromEntries makes own members even of `__proto__`.
  const all = Object.fromEntries([...Object.entries(defaultTags), ...tags]);
  const limit = mostTags - context.tagsOfTheBot;
  const count = Math.max(tags.length, Object.keys(all).length);
  if (count > limit) notes.wrong('tags', problem('tags.too-many', { limit, count }));
  if (notes.findings.length === before) assertRequired(all, context, notes);
  return all;
}

/** The policy file may ask for tags that every user carries. */
function assertRequired(
  tags: Readonly<Record<string, string>>,
  { requiredTags = [], alias }: UserContext,
  notes: Notes,
): void {
  const missing = requiredTags.filter((key) => !Object.hasOwn(tags, key) || tags[key] === '');
  const [example] = missing;
  if (example === undefined) return;
  const keys = missing.map((key) => `“${key}”`).join(', ');
  const params = {
    instance: alias,
    keys: missing.length === 1 ? `the tag ${keys}` : `the tags ${keys}`,
    example,
  };
  notes.wrong('tags', problem('tags.required', params));
}

function checkTag(key: string, value: string, notes: Notes): void {
  const name = shown(key);
  const keyLength = lengthOf(key);
  const valueLength = lengthOf(value);
  if (key === '') {
    notes.wrong('tags', problem('tags.no-key', { value: shown(value) }));
  } else if (!keyLetters.test(key)) {
    notes.wrong('tags', problem('tags.key-letters', { key: name }));
  } else if (/^aws:/i.test(key)) {
    notes.wrong('tags', problem('tags.reserved', { key: name }));
  }
  if (keyLength > longestKey) {
    notes.wrong('tags', problem('tags.key-too-long', { key: name, count: keyLength }));
  }
  if (valueLength > longestValue) {
    notes.wrong('tags', problem('tags.value-too-long', { key: name, count: valueLength }));
  }
  if (tidy(value, 'name').fault || /\p{Cc}/u.test(value)) {
    notes.wrong('tags', problem('tags.value-unprintable', { key: name }));
  }
}

function readPieces(text: string, notes: Notes): Tag[] {
  const before = notes.findings.length;
  const tags: Tag[] = [];
  for (const piece of text.split(/[|\r\n\u2028\u2029]+/)) {
    const { text: line, fault } = tidy(piece, 'name');
    if (fault) {
      notes.wrong('tags', problem(fault));
      return tags;
    }
    if (line === '') continue;
    const at = line.indexOf('=');
    if (at >= 0) {
      tags.push([tidy(line.slice(0, at)).text, line.slice(at + 1).trim()]);
    } else {
      notes.wrong('tags', problem('tags.form', { value: shown(line) }));
      if (notes.findings.length - before >= mostFindings) break;
    }
  }
  return tags;
}

function readJson(text: string, notes: Notes): Tag[] {
  const tags = jsonTags(text);
  if (tags) return tags;
  // Phones and word processors turn quotes into curly ones.
  const straight = text.replace(/[“”„]/g, '"');
  notes.wrong('tags', problem('tags.json'), jsonTags(straight) && straight);
  return [];
}

/**
 * The members of a flat JSON object of strings, those that stand there twice included: JSON.parse alone
 * would keep the last of them and say nothing.
 */
function jsonTags(text: string): Tag[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  if (Object.values(parsed).some((value) => typeof value !== 'string')) return undefined;
  // In such an object keys and values are all the strings there are, in turn.
  const strings = (text.match(/"(?:[^"\\]|\\.)*"/g) ?? []).map((it) => String(JSON.parse(it)));
  if (strings.length % 2 !== 0) return undefined;
  return strings.flatMap((key, at) =>
    at % 2 === 0 ? [[key.trim(), (strings[at + 1] ?? '').normalize('NFC')] as const] : [],
  );
}
