/** Email addresses: a check of the form, which does not prove that one exists. */

/** RFC 5321's longest path, less its brackets. */
export const longestEmail = 254;

const local = /^[^\s@"(),:;<>[\]\\.]+(?:\.[^\s@"(),:;<>[\]\\.]+)*$/u;
const domain = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

/**
 * `somebody@example.com`: one @, a domain with a dot. Letters of any script are accepted, because Connect's docs do
 * not mention them.
 */
export function looksLikeEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  return at > 0 && local.test(text.slice(0, at)) && domain.test(text.slice(at + 1));
}

const addressInside = /(?:mailto:)?([^\s<>|,;:"'()]+@[^\s<>|,;:"'()]+)/u;

/**
 * The address that was probably meant: extracted from `Mary <mary@example.com>`, or without spaces and typing errors.
 */
export function nearestEmail(text: string): string | undefined {
  const wide = text.normalize('NFKC');
  const inside = addressInside.exec(wide)?.[1]?.replace(/\.+$/, '');
  const withoutBlanks = wide
    .replace(/\s+/gu, '')
    .replace(/,/g, '.')
    .replace(/\.{2,}/g, '.');
  return [inside, withoutBlanks].find(
    (guess) => guess !== undefined && guess !== text && looksLikeEmail(guess),
  );
}
