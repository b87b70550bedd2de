/** How similar a text is to names of a language: by its pairs of letters, or by its characters. */
import type { Language } from './languages.ts';

export type Likelihood = (word: string) => number;

/** For a character that occurs in no name: a sign, a control character, a letter of another script. */
const impossible = -12;
/** The probability of a letter, and of a pair, that no sample contains. */
const unseen = 0.0005;

/** Creates the measure: the mean log probability per letter; 0 would be certain. */
export function likelihoodOf(language: Language): Likelihood {
  return language.script === 'characters' ? byCharacters(language) : byPairs(language);
}

const edge = '\u0000';

function byPairs(language: Language): Likelihood {
  const singles = new Map<string, number>();
  const pairs = new Map<string, number>();
  let total = 0;
  for (const name of language.names.split(' ')) {
    const letters = [edge, ...name.toLowerCase(), edge];
    for (const [at, letter] of letters.entries()) {
      singles.set(letter, (singles.get(letter) ?? 0) + 1);
      total += 1;
      const next = letters[at + 1];
      if (next === undefined) continue;
      pairs.set(letter + next, (pairs.get(letter + next) ?? 0) + 1);
    }
  }
  const isLatin = /[a-z]/i.test(language.names);
  return (word) => {
    const letters = [edge, ...word.toLowerCase(), edge];
    let sum = caseFaults(word) * -4;
    // No name mixes two alphabets: `Jцrg`, `Jφrg`.
    if (!isLatin && /[a-z]/i.test(word)) sum += impossible;
    for (let at = 0; at + 1 < letters.length; at += 1) {
      const [letter = '', next = ''] = [letters[at], letters[at + 1]];
      if (next !== edge && !isLetter(next)) {
        sum += impossible;
        continue;
      }
      const pair = (pairs.get(letter + next) ?? 0) / (singles.get(letter) ?? 1);
      const single = (singles.get(next) ?? 0) / total;
      // Plain Latin letters occur in names of every language; all others must belong to the language itself.
      const floor = next === edge || next < '\u0080' ? 0.01 : unseen;
      sum += Math.log(0.75 * pair + 0.2 * single + floor);
    }
    return Math.max(impossible, sum / (letters.length - 1));
  };
}

function isLetter(letter: string): boolean {
  // A typographic apostrophe occurs in as many names as the plain one: O’Neill.
  return /[\p{L}\p{M}’]/u.test(letter);
}

/** A small letter before a capital inside a word, as in misread Cyrillic; `McDonald` counts as one fault. */
function caseFaults(word: string): number {
  const faults = word.match(/\p{Ll}(?=\p{Lu})/gu)?.length ?? 0;
  return /^\p{Lu}{2,}$/u.test(word) ? 0 : faults;
}

function byCharacters(language: Language): Likelihood {
  const common = new Set(language.names);
  return (word) => {
    const letters = [...word];
    let sum = 0;
    for (const letter of letters) {
      if (common.has(letter)) sum += -2;
      else if (/[\p{Script=Han}\p{Script=Hangul}]/u.test(letter)) sum += -7;
      else if (/[\p{Script=Hiragana}\p{Script=Katakana}ー]/u.test(letter)) sum += kanaOf(language);
      else sum += impossible;
    }
    // A misread Western name has Latin letters directly next to a character of another script.
    return letters.length === 0 ? impossible : sum / letters.length;
  };
}

/**
 * Japanese names are written in kana too. Half-width ones are excluded, because the bytes of every other encoding
 * look like them.
 */
function kanaOf(language: Language): number {
  return language.name === 'Japanese' ? -3 : impossible;
}
