/** Text from people on a terminal. Pure. */

/**
 * The text in one line, with every character that a terminal would obey written out: what moves the cursor, ends a line,
 * turns the direction around or cannot be seen. A name must not be able to write a line of its own.
 */
export function forTerminal(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
