/** JSON with comments, as in editors' settings and hand-written files. */

/** A comment at the very beginning, before the first bracket. */
const beginsWithComment = /^\s*(?:\/\/[^\n]*\n\s*|\/\*(?:[^*]|\*(?!\/))*\*\/\s*)+[[{]/;
const textOrComment = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\//g;
/** A file with comments is written by hand, and therefore short. */
const longest = 200_000;

/**
 * The text without its comments, with the same number of lines; the unchanged text when it does not begin with a
 * comment.
 */
export function withoutComments(text: string): string {
  if (text.length > longest || !beginsWithComment.test(text)) return text;
  return text.replace(textOrComment, (part) =>
    part.startsWith('"') ? part : part.replace(/[^\n]/g, ' '),
  );
}
