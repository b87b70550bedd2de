/** Changes to the text of a `.env` file that leave everything else as it is. Pure. */

/**
 * Sets variables: replaces the line that sets them now, otherwise inserts after the commented line that shows them,
 * otherwise at the end. `undefined` turns the line that sets a variable into a comment.
 */
export function withSettings(
  text: string,
  changes: Readonly<Record<string, string | undefined>>,
): string {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  for (const [name, value] of Object.entries(changes)) {
    const sets = new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`);
    const shows = new RegExp(`^#\\s*${name}=`);
    const at = lines.findIndex((line) => sets.test(line));
    if (value === undefined) {
      if (at >= 0) lines[at] = `#${lines[at]}`;
      continue;
    }
    const line = `${name}=${quoted(value)}`;
    const shown = lines.findIndex((line) => shows.test(line));
    if (at >= 0) lines[at] = line;
    else if (shown >= 0) lines.splice(shown + 1, 0, line);
    else lines.push(line);
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/**
 * Quotes only when the value would otherwise be read as another one. Node supports three kinds of quotation marks and
 * no escape of one inside; in double ones `\\n` becomes a line break
 * (https://nodejs.org/api/util.html#utilparseenvcontent).
 */
function quoted(value: string): string {
  if (/^[\w./:@+=,?&%-]*$/.test(value)) return value;
  const mark = ["'", '`', '"'].find((quote) => !value.includes(quote));
  if (mark === undefined || (mark === '"' && value.includes('\\n')) || /[\r\n]/.test(value)) {
    throw new Error(
      'This value cannot be written into .env: it holds every kind of quotation mark, or a line break.',
    );
  }
  return `${mark}${value}${mark}`;
}
