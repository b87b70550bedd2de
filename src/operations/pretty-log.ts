/** The log for a person at a terminal: one readable line per event. Any other output is JSON. */

import type { DestinationStream } from 'pino';
import { requestNumber } from '../text/request-number.ts';
import { forTerminal } from '../text/terminal.ts';

const colors: Readonly<Record<string, string>> = {
  debug: '\u001b[90m',
  info: '\u001b[32m',
  warn: '\u001b[33m',
  error: '\u001b[31m',
};
const [gray, plain] = ['\u001b[90m', '\u001b[0m'];

/**
 * Makes pino's JSON lines readable: time, level, the number of the request, the message, and everything else after
 * it.
 *
 * @param write writes the text
 * @param colored whether levels are colored; NO_COLOR disables that (https://no-color.org)
 */
export function prettyLines(write: (text: string) => void, colored: boolean): DestinationStream {
  return { write: (line) => write(prettyLine(line, colored)) };
}

/** One JSON line as text; a line that is not a JSON object is passed on unchanged. */
export function prettyLine(line: string, colored: boolean): string {
  let members: Record<string, unknown>;
  try {
    members = JSON.parse(line);
  } catch {
    return line;
  }
  const { level, time, msg, request, err, ...rest } = members;
  const paint = (color: string, text: string) => (colored ? `${color}${text}${plain}` : text);
  const clock = new Date(String(time)).toTimeString().slice(0, 8);
  const name = String(level).toUpperCase().padEnd(5);
  const about = Object.entries(rest).map(([key, value]) => `${key}=${shown(value)}`);
  const words = [
    paint(gray, clock),
    paint(colors[String(level)] ?? '', name),
    ...(request === undefined ? [] : [requestNumber(String(request))]),
    forTerminal(String(msg ?? '')),
    ...(about.length > 0 ? [paint(gray, about.join(' '))] : []),
  ];
  return `${words.join(' ')}\n${errorText(err)}`;
}

function shown(value: unknown): string {
  if (typeof value === 'string' && /^[^\s"=]+$/.test(value)) return forTerminal(value);
  return forTerminal(JSON.stringify(value) ?? '');
}

/** The stack of an error and of its causes, indented under the line. */
function errorText(err: unknown): string {
  if (typeof err !== 'object' || err === null) return '';
  const { stack, message, cause, ...rest } = err as Record<string, unknown>;
  const about = Object.entries(rest).filter(([name]) => name !== 'type');
  const text = [
    String(stack ?? message ?? ''),
    ...(about.length > 0 ? [JSON.stringify(Object.fromEntries(about))] : []),
  ].join('\n');
  const because = errorText(cause);
  const safe = text.split('\n').map(forTerminal).join('\n');
  return `${safe.replaceAll(/^/gm, '    ')}\n${because && `    because:\n${because}`}`;
}
