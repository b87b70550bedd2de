/**
 * The real meaning of a cell of a spreadsheet or an export: empty, when a program wrote `nan` or `N/A`; a whole
 * number, when it wrote `12065550151.0`; an error, a date or a number with lost digits, when the spreadsheet changed
 * the typed text.
 */
import { type Problem, problem } from '../../../errors/problem.ts';
import { shown } from '../../../text/tidy.ts';
import type { ColumnKey } from '../table/known-columns.ts';
import { isSpreadsheetError, unknownError } from '../table/spreadsheet-error.ts';
import { removedMark } from './hide-passwords.ts';

export type CellValue =
  | { readonly kind: 'taken-as'; readonly text: string }
  | { readonly kind: 'wrong'; readonly problem: Problem; readonly suggestion?: string };

/** How a column treats cells without a value, and which values never belong into it. */
type Treatment = 'person' | 'choice' | 'username' | 'number' | 'optional' | 'password' | 'none';

/** A quick check of a cell: whether any rule below could apply to it. */
const worthALook =
  /^\s*(?:[#+\-–—.*•●<([/\\=]|n[aiou./]|undef|not |k\.|entf|err:|0\s*$|\d)|\d\.0+\s*$/iu;

/** `TRUE` as a spreadsheet writes it; people with this name do not write it in capitals. */
const yesOrNo =
  /^(?:TRUE|FALSE|WAHR|FALSCH|VRAI|VERDADERO|VERDADEIRO|WAAR|ONWAAR|FALSKT|USANN|EPÄTOSI|PRAWDA|FAŁSZ|NEPRAVDA|DOĞRU|YANLIŞ|ADEVĂRAT|NETIESA|TÕENE|NEISTINA|ИСТИНА|ЛОЖЬ|ІСТИНА|ХИБНІСТЬ|ΑΛΗΘΗΣ|ΨΕΥΔΗΣ)$/u;
/** A placeholder for a value that a person or a program was to fill in. */
const placeholder =
  /^(?:T\.?B\.?[DAC]\.?|tb[dac]|x{3,}|to be (?:determined|confirmed|announced|advised|defined|hired)|\[object object\]|loading(?:\.{3}|…)|(?:first|last|given|family) ?name|placeholder|do not (?:create|use|add)|\{\{?[^{}]*\}\}?|\$\{[^{}]*\}|%[\p{L}\d_.-]+%|«[^»]*»|<<[^<>]*>>|<%[^%]*%>)$/iu;
/** `New hire 3`, and a placeholder in brackets of any kind. */
const nobodyYet =
  /^(?:(?:new (?:hire|starter|joiner|agent|employee|colleague)|vacan(?:t|cy)|(?:open |vacant )?position|hire|neueinstellung|neuer? mitarbeiter(?:in)?)\s*[#(]?\s*\d{0,3}\)?|e\.\s?g\.?:?\s.*|z\.\s?B\.?:?\s.*|(?:example|beispiel|exemple|ejemplo)(?:: ?.*)?)$/iu;
/** Notes in place of a name, in small letters. */
const notes = new Set(
  [
    'see below,see above,see note,see notes,see comment,see comments,see email,siehe unten,siehe oben',
    'ditto,dito,idem,same as above,as above,wie oben,〃,to follow,to be hired,to be named,not known',
    'not yet known,not yet hired,not hired yet,unknown,unbekannt,inconnu,desconocido,sconosciuto',
    'pending,noch offen,noch unbekannt,wird nachgereicht,à définir,por definir,da definire',
    'no name,noname,nomen nominandum,n. n.,n.n.,nobody,someone,somebody,undefined undefined',
    'null null,nan nan,none none,duplicate,cancelled,canceled,withdrawn,no show,on hold,not needed',
    'n.v.t.,nvt,s/o,sans objet,nicht vorhanden,なし,無し,없음,无,無,空',
    'new person,new user,vakant,nieuwe medewerker,nouveau collaborateur,your name,agent name',
  ].flatMap((words) => words.split(',')),
);
/** Notes that are names when capitalized: Mr. Hold, Mr. Offen. */
const smallNotes = new Set(
  [
    'open,hold,same,left,offen,folgt,x,xx,nn',
    // Words for none, and for empty.
    'keine,keiner,leer,aucun,aucune,vide,ninguno,ninguna,vacío,nessuno,nessuna,vuoto,geen,leeg,brak,ingen,нет,пусто',
  ].flatMap((words) => words.split(',')),
);
const longestNote = 24;
const someName = /^(?:[\p{L} _-]{0,20}name|prénom|apellidos?|cognome)$/iu;
const inBrackets = /^[([{<]\s*([^()[\]{}<>]*?)\s*[)\]}>]$/u;

function isNoteForName(text: string): boolean {
  if (text.length <= longestNote && (notes.has(text.toLowerCase()) || smallNotes.has(text)))
    return true;
  if (nobodyYet.test(text)) return true;
  const inside = inBrackets.exec(text)?.[1];
  return (
    inside !== undefined &&
    (placeholder.test(inside) || someName.test(inside) || isNoteForName(inside))
  );
}

/** A quick check of a person's cell: in capitals, or from a template that was not filled in. */
const shouted = /^\s*(?:\p{Lu}{4}|[{$%«<])/u;
/** The same for the other words above, or a date such as `Jan-26`. */
const neverAPerson =
  /^\s*(?:t\.?b|x{3}|to be|\[o|load|first|last|given|family|placeh|do not|\p{L}{3,9}\.?[- ]\d|\p{L}{3},? \p{L}{3} \d)/iu;

/**
 * The text that programs write for an empty cell: pandas, R, SQL clients, JavaScript, Python; and that people write.
 */
const nothingWords = new Set([
  'nan',
  'nat',
  'null',
  'nil',
  'none',
  'undefined',
  'n/a',
  'n.a.',
  'na',
  'n/v',
  'k.a.',
  'k. a.',
  'not applicable',
  'not available',
  'entfällt',
  '<null>',
  '(null)',
  '[null]',
  '<none>',
  '(none)',
  '(blank)',
  '<na>',
  '\\n',
  '/',
]);
const dashes = /^[-–—.]{1,5}$/;
/** People's names that are also such words, with their usual capitalization. */
const realNames = new Set(['Nan', 'Na', 'Nil', 'Null', 'Nat']);

const wholeFloat = /^\+?\d+\.0+$/;
const scientific = /^\d(?:[.,]\d+)?e\+?\d+$/i;
/**
 * A formula that was typed into a text cell, or exported instead of its value: `=PROPER(A2)`, `=B2&"."&C2`, `=A2`.
 */
const formulaText =
  /^(?:=\s*(?:[\p{L}.]+\(|\$?[A-Z]{1,3}\$?\d+\b|")|[+-]\$?[A-Z]{1,3}\$?\d{1,7}$)/u;
const mask = /^[*•●]{2,}$/;

const months =
  'jan|feb|mar|mär|mrz|apr|may|mai|maj|jun|jul|aug|sep|sept|oct|okt|nov|dec|dez|ene|abr|ago|dic|janv|févr|avr|juin|juil|août|déc';
const dateForms: readonly RegExp[] = [
  /^\d{4}[-./]\d{1,2}[-./]\d{1,2}(?:[ T]\d{1,2}:\d{2}\S*)?$/,
  /^\d{1,2}([-./])\d{1,2}\1(?:\d{4}|\d{2})(?: \d{1,2}:\d{2}\S*)?$/,
  new RegExp(`^\\d{1,2}[-. ]{1,2}(?:${months})[a-zé]*\\.?(?:[-. ]\\d{2,4})?$`, 'i'),
  new RegExp(`^(?:${months})[a-zé]*\\.?[- ]\\d{2,4}$`, 'i'),
  new RegExp(
    `^(?:[a-z]{3,9},? )?(?:${months})[a-zé]*\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}(?: \\d{1,2}:\\d{2}.*)?$`,
    'i',
  ),
  /^\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?$/i,
];

/** Whether a text is a date in the form to which spreadsheets convert `3/4` or `March 24`. */
export function looksLikeDate(text: string): boolean {
  const plain = text.trim();
  return plain.length <= 30 && /\d/.test(plain) && dateForms.some((form) => form.test(plain));
}

/**
 * Reads a cell of a column; undefined when its text is already its meaning.
 *
 * @example readCellValue('deskPhoneNumber', '12065550151.0') // { kind: 'taken-as', text: '12065550151' }
 */
export function readCellValue(key: ColumnKey, cell: string): CellValue | undefined {
  return isOrdinary(key, cell) ? undefined : readOddCell(key, cell);
}

/** Applies all rules, which `isOrdinary` avoids for most cells. */
export function readOddCell(key: ColumnKey, cell: string): CellValue | undefined {
  if (key === 'tags' && cell.includes('#')) return errorAmongTags(cell);
  const isPerson = key === 'firstName' || key === 'lastName' || key === 'username';
  const text = cell.trim();
  const isNote = isPerson && key !== 'username' && isNoteForName(text);
  const mayBeNobody = isNote || (isPerson && (shouted.test(cell) || neverAPerson.test(cell)));
  if (!worthALook.test(cell) && !mayBeNobody) return undefined;
  const treatment = treatmentOf(key);
  if (treatment === 'none' || text === '') return undefined;
  if (text === removedMark) return { kind: 'wrong', problem: problem('cell.password-removed') };
  if (treatment === 'password') {
    // Exports show asterisks instead of a password, and missing values as in any other column.
    return mask.test(text) || isNothing(text) ? { kind: 'taken-as', text: '' } : undefined;
  }
  if (isSpreadsheetError(text) || (isPerson && unknownError.test(text))) {
    return { kind: 'wrong', problem: problem('cell.error', { error: shown(text) }) };
  }
  const value = shown(text);
  if (treatment !== 'choice' && formulaText.test(text)) {
    return { kind: 'wrong', problem: problem('cell.formula-text', { formula: value }) };
  }
  const isOptional = treatment === 'number' || treatment === 'optional';
  if (isNothing(text)) {
    if (isOptional) return keepsWord(key, text) ? undefined : { kind: 'taken-as', text: '' };
    if (treatment === 'person' && realNames.has(text)) return undefined;
    return { kind: 'wrong', problem: problem('cell.nothing', { value }) };
  }
  if (
    text === '0' &&
    (treatment === 'person' || treatment === 'username' || treatment === 'choice')
  ) {
    return { kind: 'wrong', problem: problem('cell.zero') };
  }
  if (isPerson) {
    if (yesOrNo.test(text)) return { kind: 'wrong', problem: problem('cell.yes-or-no', { value }) };
    if (isNote || placeholder.test(text))
      return { kind: 'wrong', problem: problem('cell.placeholder', { value }) };
    if (looksLikeDate(text)) return { kind: 'wrong', problem: problem('cell.date', { value }) };
  }
  if ((treatment === 'number' || treatment === 'username') && wholeFloat.test(text)) {
    return { kind: 'taken-as', text: text.replace(/\.0+$/, '') };
  }
  if (isYesOrNo(key) && /^[01]\.0+$/.test(text))
    return { kind: 'taken-as', text: text.slice(0, 1) };
  if (treatment === 'username' && scientific.test(text) && /e\+/i.test(text)) {
    return { kind: 'wrong', problem: problem('cell.scientific', { value }) };
  }
  return undefined;
}

/**
 * A word with at most a capital first letter and an optional number at its end, whose beginning differs from all
 * words above except those of the two sets, which are compared one by one.
 */
const plainPerson = /^[acdijmoqrswyzACDIJMOQRSWYZ][a-z\u00DF-\u00F6\u00F8-\u00FF]+\d*$/;

function isOrdinaryPerson(cell: string): boolean {
  return plainPerson.test(cell) && !smallNotes.has(cell) && !notes.has(cell.toLowerCase());
}

/**
 * Whether a cell's first and last character occur in none of the words below at these positions. A test of two
 * characters, because most cells are profiles, addresses and settings.
 */
function isOrdinary(key: ColumnKey, cell: string): boolean {
  if (key === 'tags') return false;
  if (key === 'firstName' || key === 'lastName' || key === 'username')
    return isOrdinaryPerson(cell);
  const first = cell.charCodeAt(0) | 0x20;
  const last = cell.charCodeAt(cell.length - 1);
  const isLetter = first >= 0x61 && first <= 0x7a;
  return (
    isLetter &&
    !'nuke'.includes(String.fromCharCode(first)) &&
    last > 0x20 &&
    last < 0x7f &&
    last !== 0x30
  );
}

/** A failed look-up inside a cell of several tags: `team=#N/A`. */
function errorAmongTags(cell: string): CellValue | undefined {
  const error = cell
    .split(/[=|,;:\n"]/)
    .map((part) => part.trim())
    .find(isSpreadsheetError);
  const params = { error: shown(error ?? '') };
  return error === undefined
    ? undefined
    : { kind: 'wrong', problem: problem('cell.error', params) };
}

/** Columns that pandas converts to 1.0 and 0.0 as soon as one of their cells is empty. */
function isYesOrNo(key: ColumnKey): boolean {
  return /autoAccept$|^persistentConnection$/i.test(key);
}

function isNothing(text: string): boolean {
  return text.length <= 16 && (dashes.test(text) || nothingWords.has(text.toLowerCase()));
}

/** "none" is one of the audio enhancements. */
function keepsWord(key: ColumnKey, text: string): boolean {
  return key === 'voiceEnhancement' && text.toLowerCase() === 'none';
}

function treatmentOf(key: ColumnKey): Treatment {
  switch (key) {
    case 'firstName':
    case 'lastName':
      return 'person';
    case 'username':
      return 'username';
    case 'routingProfile':
    case 'securityProfiles':
      return 'choice';
    case 'password':
      return 'password';
    case 'mobile':
    case 'deskPhoneNumber':
    case 'directoryUserId':
      return 'number';
    case 'status':
    case 'user_id':
    case 'user_arn':
    case 'problem':
    case 'suggestion':
      return 'none';
    default:
      return 'optional';
  }
}

/** Columns in which a cell that the workbook stores as a date was originally something else. */
export function isNeverDate(key: ColumnKey): boolean {
  const treatment = treatmentOf(key);
  return (
    treatment === 'person' || treatment === 'username' || treatment === 'choice' || isGroup(key)
  );
}

function isGroup(key: ColumnKey): boolean {
  return key === 'userHierarchy' || key === 'agentHierarchy' || key.startsWith('hierarchyLevel.');
}

/** Columns in which a formula's stored 0 can be intended: seconds, yes and no. */
export function mayBeZero(key: ColumnKey): boolean {
  return treatmentOf(key) === 'optional' && !isGroup(key) && !/email/i.test(key);
}
