/**
 * Tags as people write them, `key=value` pairs or a JSON object, checked against the rules of CreateUser's TagMap.
 */
import { problem } from '../../errors/problem.ts';
import { lengthOf, shown, tidy } from '../../text/tidy.ts';
import type { UserContext } from '../context.ts';
import type { Notes } from '../draft-findings.ts';
import type { UserDraft } from '../new-user.ts';
import { isOrdinaryTags, mostFindings, readTags, type Tag } from './tag-text.ts';

/** The model of TagMap, TagKey and TagValue. */
const mostTags = 50;
/** A cell with more tags has its own finding, and none of them is checked. */
const mostTagsRead = 2 * mostTags;
const longestKey = 128;
const longestValue = 256;
/** Matches nearly every key and value: no rule of a tag applies to such a text. */
const ordinaryKey = /^[\w.-]{1,100}$/;
const ordinaryValue = /^[\w .-]{0,200}$/;
const noTags: Readonly<Record<string, string>> = {};
const keyLetters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u;

/** Reads and checks the tags; the bot's own tags count toward the limit. */
export function checkTags(
  draft: UserDraft,
  context: UserContext,
  notes: Notes,
): Record<string, string> {
  const text = draft.tags?.trim() ?? '';
  const { defaultTags = noTags } = context;
  if (text === '') {
    assertRequired(defaultTags, context, notes);
    return { ...defaultTags };
  }
  const before = notes.findings.length;
  const { tags, findings } = readTags(text);
  for (const finding of findings) notes.wrong('tags', finding.problem, finding.suggestion);
  const limit = mostTags - context.tagsOfTheBot;
  if (tags.length > mostTagsRead) {
    notes.wrong('tags', problem('tags.too-many', { limit, count: tags.length }));
    return {};
  }
  const keys = new Set<string>();
  for (const [key, value] of tags) {
    if (notes.findings.length - before >= mostFindings) break;
    checkTag(key, value, notes);
    if (/^(?:null|nan|undefined)$/i.test(value)) {
      const params = { key: shown(key), value: shown(value) };
      notes.warn('tags', problem('tags.value-nothing', params));
    }
    if (key !== '' && keys.has(key))
      notes.wrong('tags', problem('tags.twice', { key: shown(key) }));
    keys.add(key);
  }
  notes.corrected('tags', text, asText(text, tags));
  // fromEntries creates own members, even for `__proto__`.
  const written = Object.fromEntries(tags);
  const all = defaultTags === noTags ? written : { ...defaultTags, ...written };
  const count = Math.max(tags.length, Object.keys(all).length);
  if (count > limit) notes.wrong('tags', problem('tags.too-many', { limit, count }));
  if (notes.findings.length === before) assertRequired(all, context, notes);
  return all;
}

/** The policy file may require tags that every user carries. */
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

/** The tags in the format of the templates, if they were written in another one. */
function asText(text: string, tags: readonly Tag[]): string {
  if (text.startsWith('{') || isOrdinaryTags(text)) return text;
  const pieces = text.split(/[|\r\n]+/).filter((piece) => piece.trim() !== '');
  if (pieces.length === tags.length && text.includes('=')) return text;
  return tags.map(([key, value]) => `${key}=${value}`).join('|');
}

function checkTag(key: string, value: string, notes: Notes): void {
  if (ordinaryKey.test(key) && ordinaryValue.test(value)) return;
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
