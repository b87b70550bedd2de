/** Converts text into the unaccented Latin letters of a username. Pure. */

/**
 * Letters that Unicode does not decompose into a plain letter and a mark, and letters of other alphabets, with their
 * transcription.
 */
const alphabets: readonly (readonly [letters: string, latin: string])[] = [
  ['ß æ œ ø đ ð ł þ ı ħ ŋ ĸ ŧ ə', 'ss ae oe o d d l th i h n k t a'],
  // Russian, Belarusian, Ukrainian, Serbian and Macedonian.
  [
    'а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ы э ю я',
    'a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya',
  ],
  ['і ї є ґ ў ђ ј љ њ ћ џ ѓ ѕ ќ', 'i i ye g u dj j lj nj c dz gj dz kj'],
  [
    'α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ ς τ υ φ χ ψ ω',
    'a v g d e z i th i k l m n x o p r s s t y f ch ps o',
  ],
];

const latinOf: ReadonlyMap<string, string> = new Map([
  ...alphabets.flatMap(([letters, latin]) => {
    const written = latin.split(' ');
    return letters.split(' ').map((letter, at) => [letter, written[at] ?? ''] as const);
  }),
  // Signs that only change the sound of the preceding letter.
  ['ь', ''],
  ['ъ', ''],
]);

/**
 * The text with every letter in unaccented Latin ones, keeping capitals; other characters stay unchanged.
 *
 * @returns undefined when a letter or a digit has no Latin form here, because without it the text would have a
 *   different meaning
 */
export function inLatinLetters(text: string): string | undefined {
  let latin = '';
  for (const letter of text.normalize('NFC')) latin += latinOf.get(letter) ?? capital(letter);
  latin = latin.normalize('NFKD').replace(/\p{M}+/gu, '');
  // Transcribes letters whose mark was removed: й and ё have their own entries above, ά does not.
  latin = Array.from(latin, (letter) => latinOf.get(letter) ?? capital(letter)).join('');
  return /[^\P{N}0-9]|[^\P{Lu}A-Z]|[^\P{Ll}a-z]|[\p{Lt}\p{Lo}]/u.test(latin) ? undefined : latin;
}

function capital(letter: string): string {
  const latin = latinOf.get(letter.toLowerCase());
  if (latin === undefined) return letter;
  return `${latin.charAt(0).toUpperCase()}${latin.slice(1)}`;
}
