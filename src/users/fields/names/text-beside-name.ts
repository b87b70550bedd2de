/**
 * Detects other text in the cell of a name: markup, pronouns, a note, a personnel number, an address, or the other
 * name as well. With it the user would be created under a wrong name.
 */
import { type Problem, problem } from '../../../errors/problem.ts';
import { folded, shown } from '../../../text/tidy.ts';

export type TextBesideName = { readonly problem: Problem; readonly suggestion?: string };

/** Matches most names, one word with an optional number after it, which need no further checks. */
const plainWord = /^[A-Za-z0-9\u00C0-\u024F'’]*$/;
/** A sign that occurs in all markup, addresses, notes and numbers in a name's cell, and never in a second name. */
const signOfMore = /[<@/:()[\]{}\d\u2013\u2014-]|^www\./i;
const nothingButLetters = /^[\p{L}\p{M}'’. -]*$/u;

const markup =
  /<\/?(?:b|i|u|a|p|s|em|strong|br|span|div|font|td|tr|th|li|ul|sup|sub|strike|small|big|mark|code|h[1-6])\b[^<>]{0,200}>/giu;
/** Slack's own form of a mention in its exports. */
const mention = /<[@#!][^<>]{1,60}>/;
const address = /[^\s@]@[^\s@]+\.[^\s@]|^(?:https?:\/\/|www\.)|:\/\//iu;

const pronouns =
  /(?:she|he|they|ze|xe|any|sie|er|elle|il|iel|ella|él|elle)(?:\s*\/\s*(?:her|hers|him|his|them|theirs?|she|he|they|zir|hir|xem|ihr|ihm|lui|elle|ella|él))+/iu;
const pronounsBehind = new RegExp(`^(.*[^\\s(\\[,/-])[\\s,/-]+${pronouns.source}$`, 'iu');
const inBrackets = /^([^()[\]{}]*[^()[\]{}\s])\s*[([{]([^()[\]{}]*)[)\]}]$/u;
/** A personnel or telephone number; a suffix such as "the 3rd" has fewer digits. */
const numberBehind = /^(.*\p{L}.*?)[\s,#:-]+\d{4,}$/u;

/** `Ann - new`: lowercase words after a dash with spaces around it, after a capitalized name. */
const behindDash = /^(.*\p{Lu}\S*)\s{1,3}[-–—]\s{1,3}\p{Ll}[\p{Ll}\s]*$/u;

/** Text after a comma that can be a part of the name: `King, Jr.`, `Ann, RN`. */
const behindComma =
  /^(?:jr|sr|junior|senior|[ivx]{1,4}|\d(?:st|nd|rd|th)|ph\.?\s?d|m\.?d|d\.?o|esq|esquire|rn|lpn|np|cpa|cfa|mba|mph|m\.?a|b\.?a|m\.?sc|b\.?sc|j\.?d|dds|pmp|dr)\.?$/iu;

/** The other text in the cell of a name, or instead of one; undefined when none is detected. */
export function findTextBesideName(
  name: string,
  otherName: string | undefined,
): TextBesideName | undefined {
  if (plainWord.test(name)) return undefined;
  if (nothingButLetters.test(name) && !(name.includes(' - ') && behindDash.test(name)))
    return undefined;
  if (!signOfMore.test(name)) return bothNames(name, otherName);
  const value = shown(name);
  if (name.includes('<')) {
    if (mention.test(name)) return { problem: problem('name.markup', { value }) };
    const plain = name.replace(markup, ' ').replace(/\s+/gu, ' ').trim();
    if (plain !== name.replace(/\s+/gu, ' ').trim()) {
      return found(problem('name.markup', { value }), plain);
    }
  }
  if (address.test(name)) return { problem: problem('name.address', { value }) };
  return noteBeside(name) ?? bothNames(name, otherName);
}

function found(why: Problem, suggestion: string): TextBesideName {
  return /\p{L}/u.test(suggestion) ? { problem: why, suggestion } : { problem: why };
}

function noteBeside(name: string): TextBesideName | undefined {
  const [, rest = '', note = ''] = inBrackets.exec(name) ?? [];
  const isNote =
    rest !== '' &&
    (pronouns.test(note) || /\d{3}/.test(note) || /^\P{L}*$/u.test(note) || /\S\s+\S/u.test(note));
  if (isNote) return found(problem('name.note', { note: shown(note) }), rest);
  const before =
    (name.includes('/') ? pronounsBehind.exec(name)?.[1] : undefined) ??
    numberBehind.exec(name)?.[1] ??
    behindDash.exec(name)?.[1];
  if (before === undefined) return undefined;
  return found(problem('name.note', { note: shown(name.slice(before.length).trim()) }), before);
}

/** `Quinn, Ann` in one cell, whichever of the two names the other cell has. */
function bothNames(name: string, otherName = ''): TextBesideName | undefined {
  const comma = name.indexOf(',');
  if (comma < 0) return undefined;
  const [before, behind] = [name.slice(0, comma).trim(), name.slice(comma + 1).trim()];
  if (isTitle(behind)) return undefined;
  const why = problem('name.comma', { value: shown(name) });
  if (folded(before) === folded(otherName)) return found(why, behind);
  return folded(behind) === folded(otherName) ? found(why, before) : { problem: why };
}

function isTitle(behind: string): boolean {
  return behind.split(/[\s,]+/u).every((word) => behindComma.test(word));
}

/** Signs that occur in notes and in few names, and letters of two alphabets in one word. */
const unusualSigns = /[()[\]{}<>*\\|#=;/@_+\p{Extended_Pictographic}]|\s{2}/u;
/** An accented capital among small letters, as in misread text: `RenÈe`. */
const accentAmid = /\p{Ll}[\u00C0-\u00D6\u00D8-\u00DE]\p{Ll}/u;
/** Letters that look like plain ones but are different: fullwidth ones, ligatures, mathematical ones. */
const otherForms = /[\uFF21-\uFF3A\uFF41-\uFF5A\uFB00-\uFB06\u{1D400}-\u{1D7FF}]/u;
const aNumber = /(?:^|\s)\p{N}+(?:\s|$)|\p{No}/u;
const unknownName = /^(?:FNU|LNU|NFN|NLN|NMN)$/;
const mixed = /\p{Script=Latin}/u;
const lookalikes = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;

/**
 * Letters with at most common accents, in words with one space between them; the text does not begin with a digit.
 */
const ordinary =
  /^[A-Za-z\u00DF-\u00F6\u00F8-\u00FF'’.,-][A-Za-z\u00DF-\u00F6\u00F8-\u00FF'’.,0-9-]*(?: [A-Za-z\u00DF-\u00F6\u00F8-\u00FF'’.,-][A-Za-z\u00DF-\u00F6\u00F8-\u00FF'’.,0-9-]*)*$/;

/** Whether a valid name is one that a person should check. */
export function isUnusualName(name: string): boolean {
  if (ordinary.test(name)) return unknownName.test(name);
  if (nothingButLetters.test(name)) {
    const isPlain = /^[\p{Script=Latin}\p{M}'’. -]*$/u.test(name);
    return (
      accentAmid.test(name) ||
      /\s{2}/u.test(name) ||
      unknownName.test(name) ||
      (!isPlain && name.split(' ').some((word) => mixed.test(word) && lookalikes.test(word))) ||
      otherForms.test(name)
    );
  }
  return (
    unusualSigns.test(name) || accentAmid.test(name) || otherForms.test(name) || aNumber.test(name)
  );
}
