/** Settings that people write as words or numbers: yes and no, seconds, kinds of phone, audio enhancement. */
import type { VoiceEnhancement } from '../new-user.ts';

function lookUp<Value>(words: readonly (readonly [Value, readonly string[]])[]) {
  const byWord = new Map(
    words.flatMap(([value, spellings]) => spellings.map((spelling) => [spelling, value] as const)),
  );
  return (text: string): Value | undefined =>
    byWord.get(text) ??
    byWord.get(
      text
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s_-]+/g, ''),
    );
}

/** Yes or no in the spellings of people and spreadsheets; undefined for anything else. */
export const readYesNo = lookUp<boolean>([
  [
    true,
    [
      ...['yes', 'y', 'true', 't', '1', 'on', 'enabled', 'x', '✓', '✔'],
      // Excel writes TRUE in the language of whoever opens the workbook.
      ...[
        'wahr',
        'vrai',
        'verdadero',
        'vero',
        'verdadeiro',
        'waar',
        'sand',
        'sant',
        'sann',
        'tosi',
      ],
      ...['prawda', 'pravda', 'igaz', 'doğru', 'dogru', 'истина', 'истинно', 'adevărat', 'αληθησ'],
      ...['res', 'tiesa', 'tõene', 'істина', 'istina', 'αληθής', 'αληθεσ', 'verdader', 'benar'],
      ...[
        'ja',
        'oui',
        'si',
        'sí',
        'sì',
        'sim',
        'tak',
        'ano',
        'áno',
        'igen',
        'evet',
        'да',
        'так',
        'kyllä',
      ],
      ...['ναι', 'da', 'はい', '是', '예', '네'],
    ],
  ],
  [
    false,
    [
      ...['no', 'n', 'false', 'f', '0', 'off', 'disabled'],
      ...[
        'falsch',
        'faux',
        'falso',
        'onwaar',
        'falsk',
        'falskt',
        'usann',
        'epätosi',
        'fałsz',
        'falsz',
      ],
      ...[
        'nepravda',
        'hamis',
        'yanlış',
        'yanlis',
        'ложь',
        'fals',
        'ψευδησ',
        'ψευδής',
        'ψευδεσ',
        'ni res',
      ],
      ...['netiesa', 'väär', 'хибність', 'neistina', 'salah'],
      ...[
        'nein',
        'non',
        'nee',
        'nej',
        'nei',
        'não',
        'nao',
        'nie',
        'ne',
        'nem',
        'hayır',
        'hayir',
        'нет',
        'ні',
      ],
      ...['ei', 'όχι', 'nu', 'いいえ', '否', '아니요'],
    ],
  ],
]);

/** Soft or desk, as the admin website's files, the API and people write it; undefined for anything else. */
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
  /** `meant` when a unit was written that seconds can be worked out from. */
  | { readonly kind: 'not-whole'; readonly meant?: number };

/** Whole seconds from 0 to 2,000,000. `60.0`, `60,0` and `6.00E+01` count as whole: spreadsheets write them. */
export function readSeconds(text: string): SecondsRead {
  const written = text
    .normalize('NFKC')
    .replace(/^\+/, '')
    .replace(/^(\d+),0{1,2}$/, '$1');
  // A thousand in German, or one: nobody can tell.
  if (/^[1-9]\d{0,2}(?:\.000)+$/.test(written)) return { kind: 'not-whole' };
  const plain = scientificWhole(written) ?? written;
  if (/^-?\d+(?:\.0*)?$/.test(plain)) {
    const seconds = Number(plain);
    const within = seconds >= 0 && seconds <= longestSeconds;
    // -0 is a zero that JSON and Object.is see as another one.
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
