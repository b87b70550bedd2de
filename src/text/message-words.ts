/** The text of a message with a file, as plain words. */
import { storableText } from './storable.ts';

/** The maximum length of a reason in the form. */
const longestReason = 500;

/** Words that only refer to the file or to the bot. */
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

/** Words that refer to an instance together with its alias: “for production”. */
const pointers = new Set(['for', 'in', 'on', 'to', 'the', 'instance', 'für']);

/**
 * The reason for a request in the text of a Slack message: without mentions, with the names of links and channels,
 * and with Slack's three escapes undone (https://docs.slack.dev/messaging/formatting-message-text). Null when no
 * reason remains.
 *
 * @param text the message's `text`, as Slack delivers it
 * @param aliases names of instances, which are not part of a reason
 */
export function reasonIn(text: string, aliases: readonly string[]): string | null {
  const plain = text
    // None of them continues over another `<`, because the time of such a pattern grows with the square of a text
    // that repeats it.
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

/** "please, back-fill for J. Ortiz" begins with a word without information. */
function withoutGreeting(text: string): string {
  const word = /([\p{L}]+)[\s,:;!.-]+/uy;
  let said = 0;
  for (let found = word.exec(text); found; found = word.exec(text)) {
    if (!courtesies.has((found[1] ?? '').toLowerCase())) break;
    said = word.lastIndex;
  }
  return text.slice(said);
}
