/** Settings that people write as words or numbers: yes and no, seconds, kinds of phone, audio enhancement. */
import type { VoiceEnhancement } from '../new-user.ts';

function lookUp<Value>(words: readonly (readonly [Value, readonly string[]])[]) {
  const byWord = new Map(
    words.flatMap(([value, spellings]) =>
      spellings.map((spelling) => [wordOf(spelling), value] as const),
    ),
  );
  return (text: string): Value | undefined => byWord.get(text) ?? byWord.get(wordOf(text));
}

/**
 * A word for comparison, ignoring case: without marks, because Turkish has two letters I (`YANLIŞ` is the capital
 * form of `yanlış`) and Greek writes capitals without accents, and has two forms of its small sigma.
 */
function wordOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\s_-]+/gu, '')
    .replaceAll('ı', 'i')
    .replaceAll('ς', 'σ');
}

/** Yes or no in the spellings of people and spreadsheets; undefined for anything else. */
export const readYesNo = lookUp<boolean>([
  [
    true,
    [
      'yes y true t 1 on enabled x ✓ ✔',
      // Excel writes TRUE in the language of the person who opens the workbook.
      'wahr vrai verdadero vero verdadeiro verdader cert waar sand sant sann satt tosi prawda pravda igaz',
      'doğru dogru истина істина истинно adevărat αληθής αληθές res resnica istina tačno тачно tiesa patiess tõene',
      'egia benar đúng ақиқат',
      'ja oui si sí sì sim tak ano áno igen evet да так kyllä ναι da taip jā jah já bai ya có はい 是 예 네',
    ].flatMap((list) => list.split(' ')),
  ],
  [
    false,
    [
      'no n false f 0 off disabled',
      'falsch faux falso fals onwaar falsk falskt usann ósatt epätosi fałsz falsz nepravda hamis',
      'yanlış yanlis ложь лъжа хибність хиба ψευδής ψευδές nires neresnica neistina laž netačno нетачно netiesa',
      'aplams väär faltsua gezurra salah sai жалған',
      'nein non nee nej nei não nao nie ne nem hayır нет не ні ei όχι nu いいえ 否 아니요',
    ].flatMap((list) => list.split(' ')),
  ],
]);

/** The probable meaning of `yse` or `nope`; undefined for words that only begin similarly, such as Turkish `yok`. */
export function likelyYesNo(text: string): 'yes' | 'no' | undefined {
  const word = wordOf(text).replace(/[^\p{L}]/gu, '');
  if (/^(?:ye+s*|yse|yess?ir|ye[ps]+|yea+h?|yup)$/.test(word)) return 'yes';
  return /^(?:no+|nope|nah|none|not)$/.test(word) ? 'no' : undefined;
}

/** Soft or desk, in the spellings of the admin website's files, the API and people; undefined for anything else. */
export const readPhoneType = lookUp<'soft' | 'desk'>([
  ['soft', ['soft', 's', 'softphone', 'web', 'browser']],
  ['desk', ['desk', 'd', 'deskphone', 'hard', 'hardphone']],
]);

/** The admin website's words (none / isolate voice / suppress noise) and the API's. */
export const readVoiceEnhancement = lookUp<VoiceEnhancement>([
  ['NONE', ['none', 'no', 'off']],
  ['VOICE_ISOLATION', ['voiceisolation', 'isolatevoice', 'isolatevoices']],
  ['NOISE_SUPPRESSION', ['noisesuppression', 'suppressnoise']],
]);

/** CreateUser docs: 24 days. */
export const longestSeconds = 2_000_000;

export type SecondsRead =
  | { readonly kind: 'seconds'; readonly seconds: number }
  | { readonly kind: 'out-of-range' }
  /** `meant` when a written unit can be converted to seconds. */
  | { readonly kind: 'not-whole'; readonly meant?: number };

/**
 * Whole seconds from 0 to 2,000,000. `60.0`, `60,0` and `6.00E+01` count as whole, because spreadsheets write them.
 */
export function readSeconds(text: string): SecondsRead {
  // Matches nearly every cell; the rest is for the formats of spreadsheets and people.
  if (/^\d{1,6}$/.test(text)) return { kind: 'seconds', seconds: Number(text) };
  const written = text
    .normalize('NFKC')
    .replace(/^\+/, '')
    .replace(/^(\d+),0{1,2}$/, '$1');
  // This can mean a thousand in German, or one, so it is not accepted.
  if (/^[1-9]\d{0,2}(?:\.000)+$/.test(written)) return { kind: 'not-whole' };
  const plain = scientificWhole(written) ?? written;
  if (/^-?\d+(?:\.0*)?$/.test(plain)) {
    const seconds = Number(plain);
    const within = seconds >= 0 && seconds <= longestSeconds;
    // JSON and Object.is treat -0 as a different zero.
    return within ? { kind: 'seconds', seconds: Math.abs(seconds) } : { kind: 'out-of-range' };
  }
  const meant = secondsMeant(plain);
  const suggest = meant !== undefined && meant <= longestSeconds;
  return { kind: 'not-whole', ...(suggest && { meant }) };
}

/** The digits of a whole number as a spreadsheet writes it in scientific notation; undefined for anything else. */
function scientificWhole(text: string): string | undefined {
  if (!/^\d(?:[.,]\d{1,6})?E\+0\d$/.test(text)) return undefined;
  const value = Number(text.replace(',', '.'));
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

const unitSeconds = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
]);

function secondsMeant(text: string): number | undefined {
  const thousands = /^\d{1,3}(?:[,' ]\d{3})+$/.exec(text)?.[0];
  if (thousands) return Number(thousands.replace(/\D/g, ''));
  const clock = /^(\d{1,3}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (clock) {
    const [first = 0, second = 0, third] = clock.slice(1).map((digits) => digits && Number(digits));
    const parts = third === undefined || third === '' ? [0, first, second] : [first, second, third];
    return parts.reduce<number>((sum, part) => sum * 60 + Number(part), 0);
  }
  const united = /^(\d+)\s*(s|m|h)(?:ecs?|econds?|ins?|inutes?|rs?|ours?)?\.?$/i.exec(text);
  const unit = unitSeconds.get(united?.[2]?.toLowerCase() ?? '');
  return unit === undefined ? undefined : Number(united?.[1]) * unit;
}
