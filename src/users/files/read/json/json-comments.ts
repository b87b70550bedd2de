/** JSON with comments, as editors of settings and hand-written files have it. */

/** A comment at the very beginning, before the first bracket. */
const beginsWithComment = /^\s*(?:\/\/[^\n]*\n\s*|\/\*(?:[^*]|\*(?!\/))*\*\/\s*)+[[{]/;
const textOrComment = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\//g;
/** A file that explains itself is written by hand, and so is short. */
const longest = 200_000;

/** The text without its comments, each on as many lines as before; the text itself where it begins with none. */
export function withoutComments(text: string): string {
  if (text.length > longest || !beginsWithComment.test(text)) return text;
  return text.replace(textOrComment, (part) =>
    part.startsWith('"') ? part : part.replace(/[^\n]/g, ' '),
  );
}
