/** The text of a message with a file, as plain words. */
import { storableText } from './storable.ts';

/** As many characters as the form takes for a reason. */
const longestReason = 500;

/** Words that only point at the file or at the bot. */
const courtesies = new Set([
  'please',
  'pls',
  'thanks',
  'thank',
  'you',
  'hi',
  'hello',
  'here',
  'bitte',
  'danke',
]);

/** Words that name an instance together with its alias: “for production”. */
const pointers = new Set(['for', 'in', 'on', 'to', 'the', 'instance', 'für']);

/**
 * The reason for a request in the text of a Slack message: without mentions of the bot or of anybody, with links
 * and channels by their names, and with Slack's three escapes taken back
 * (https://docs.slack.dev/messaging/formatting-message-text). Null where nothing is left that says why.
 *
 * @param text the message's `text`, as Slack delivers it
 * @param aliases names of instances: they say where, not why
 */
export function reasonIn(text: string, aliases: readonly string[]): string | null {
  const plain = text
    // None of them continues over another `<`: the time of one that does grows with the square of a text of these.
    .replace(/<[@!][^<>]*>/g, ' ')
    .replace(/<(?:#[A-Z0-9]+|[^<>|]*)\|([^<>]*)>/g, '$1')
    .replace(/<#[A-Z0-9]+>/g, ' ')
    .replace(/<([^<>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/gu, ' ')
    .trim();
  const known = new Set(aliases.map((alias) => alias.toLowerCase()));
  const words = plain.toLowerCase().match(/[\p{L}\p{N}._-]+/gu) ?? [];
  const says = words.some(
    (word) => !courtesies.has(word) && !pointers.has(word) && !known.has(word),
  );
  return says ? storableText([...withoutGreeting(plain)].slice(0, longestReason).join('')) : null;
}

/** "please, back-fill for J. Ortiz" begins with a word that says nothing. */
function withoutGreeting(text: string): string {
  const word = /([\p{L}]+)[\s,:;!.-]+/uy;
  let said = 0;
  for (let found = word.exec(text); found; found = word.exec(text)) {
    if (!courtesies.has((found[1] ?? '').toLowerCase())) break;
    said = word.lastIndex;
  }
  return text.slice(said);
}
