/** The bot's log: one JSON object per line on standard output, with every secret removed (H4). */
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../config/config.ts';
import { currentTraceId } from '../tracing/span.ts';
import { logContext } from './log-context.ts';
import { prettyLines } from './pretty-log.ts';

export type Log = Logger;

/**
 * Creates the log. Lines contain the request and the delivery that they belong to (log-context.ts).
 *
 * @param destination where lines are written; when absent, standard output: JSON, or readable lines on a terminal
 */
export function createLog(
  options: { level: Config['log']['level'] },
  destination?: DestinationStream,
): Log {
  const settings = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: whatItBelongsTo,
    formatters: {
      level: (label: string) => ({ level: label }),
      bindings: (bindings: Record<string, unknown>) => withoutSecretMembers(bindings),
      log: (object: Record<string, unknown>) => withoutSecretMembers(object),
    },
    // Errors are split into members above; pino's serializer would add their other properties.
    serializers: { err: (value: unknown) => value },
    // The last check: tokens are removed from the whole line, message and stack included.
    hooks: { streamWrite: withoutTokens },
  };
  if (destination) return pino(settings, destination);
  if (!process.stdout.isTTY) return pino(settings);
  const write = (text: string) => void process.stdout.write(text);
  return pino(settings, prettyLines(write, !process.env.NO_COLOR));
}

/** The request, the delivery and the job of the line, and its trace when tracing is enabled. */
function whatItBelongsTo(): Record<string, unknown> {
  const trace = currentTraceId();
  return { ...logContext(), ...(trace === null ? {} : { trace }) };
}

const removed = '[removed]';

/** Names of members whose values a log never needs; compared without case, `_` and `-`. */
const secretNames =
  /password|passphrase|secret|token|authorization|cookie|credential|accesskey|signature|privatemetadata|rawbody|responseurl|triggerid|connectionstring/;

/**
 * Members that are logged when they are text, and left out when they are objects, because objects contain typed text.
 */
const privateObjects = new Set(['body', 'payload', 'state', 'values', 'view', 'views', 'inputs']);

const depthLimit = 8;

function withoutSecretMembers(object: Record<string, unknown>): Record<string, unknown> {
  return membersOf(object, 0, new Set());
}

function membersOf(
  object: object,
  depth: number,
  above: ReadonlySet<object>,
): Record<string, unknown> {
  const inside = new Set(above).add(object);
  const shown: Record<string, unknown> = {};
  for (const [name, value] of entriesOf(object)) {
    shown[name] = isPrivate(name, value) ? removed : shownValue(value, depth + 1, inside);
  }
  return shown;
}

/**
 * Members of Postgres' errors that quote the affected row
 * (https://www.postgresql.org/docs/current/protocol-error-fields.html).
 */
const rowsOfErrors = new Set(['detail', 'where', 'internalQuery', 'query', 'parameters']);

/** An error's message and stack are not enumerable, so they are copied by name. */
function entriesOf(object: object): [string, unknown][] {
  if (!(object instanceof Error)) return Object.entries(object);
  const { name, message, stack, cause } = object;
  const told = { type: name, message, stack, ...(cause === undefined ? {} : { cause }) };
  const others = Object.entries(object).filter(([key]) => !(key in told) && !rowsOfErrors.has(key));
  return [...Object.entries(told), ...others];
}

function isPrivate(name: string, value: unknown): boolean {
  const plain = name.toLowerCase().replaceAll(/[_-]/g, '');
  if (secretNames.test(plain)) return value !== null && value !== undefined;
  if (plain === 'body' || plain === 'payload') return true;
  return privateObjects.has(plain) && typeof value === 'object' && value !== null;
}

/** Longest text in a line of the log. */
const longestText = 8_000;

function shortened(text: string): string {
  if (text.length <= longestText) return text;
  return `${text.slice(0, longestText)}… [${text.length - longestText} more characters]`;
}

function shownValue(value: unknown, depth: number, above: ReadonlySet<object>): unknown {
  if (typeof value === 'string') return withoutTokens(shortened(value));
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (above.has(value) || depth > depthLimit) return '[more]';
  if (Array.isArray(value)) {
    const inside = new Set(above).add(value);
    return value.map((item) => shownValue(item, depth + 1, inside));
  }
  if (value instanceof Map) return shownValue([...value.entries()], depth, above);
  if (value instanceof Set) return shownValue([...value], depth, above);
  // A client, a socket or a response has unlimited properties, many of which are secret.
  if (!isPlain(value) && !(value instanceof Error)) return `[${value.constructor.name}]`;
  return membersOf(value, depth, above);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The patterns of secrets in any text; and of email addresses and phone numbers, which no log needs. */
const tokens: readonly [RegExp, string][] = [
  [/\bx(?:ox[a-z]|app)-[A-Za-z0-9.-]+/g, removed],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/gi, `$1 ${removed}`],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g, removed],
  // user:password@ in an address; the password may contain anything except its terminator. Every part has a maximum
  // length, because otherwise the time would grow with the square of the text.
  [/([a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@"]{0,200}):[^\s@"]{1,1000}@/gi, `$1:${removed}@`],
  [/https:\/\/hooks\.slack(?:-gov)?\.com\/[^\s"\\]+/g, removed],
  // JSON and key=value text inside a string, escaped or not.
  [
    /((?:password|secret|token|authorization|private_metadata)\\?["']?\s*[:=]\s*\\?["']?)[^\s"'\\,;&}]+/gi,
    `$1${removed}`,
  ],
  [/[\w.%+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}\b/gi, '[email]'],
  [/(?<![\w.])\+[1-9](?:[ ().-]{0,2}\d){6,14}(?!\d)/g, '[phone]'],
];

function withoutTokens(text: string): string {
  return tokens.reduce((line, [pattern, instead]) => line.replaceAll(pattern, instead), text);
}
