/** Prepares text from people for a terminal. Pure. */

/**
 * The text in one line, with every control character escaped: characters that move the cursor, end a line, change the
 * direction or are invisible. A name must not be able to add a line.
 */
export function forTerminal(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
