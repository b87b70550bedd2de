/** The recorder: each call in order with its answer, and never a password. */
import type { WireEntry } from '../api/wire.ts';
import { isObject } from './protocol/project.ts';

/** Enough for a large import; the oldest calls are dropped first. */
const MOST_CALLS = 10_000;
export const PASSWORD_MARKER = '[password]';

export type RecordedCall = {
  seq: number;
  at: string;
  /** The operation's name, or `unknown` when no operation has that method and path. */
  operation: string;
  /** Instance id or ARN as the caller sent it. */
  instance?: string;
  request: { method: string; path: string; query: Record<string, string>; body: unknown };
  /** The answer that the caller received or, when the answer was lost, would have received. */
  response: unknown;
  /** null while the call is in progress, and permanently when the caller received no answer. */
  status: number | null;
  /** The type of the error in the answer. */
  error?: string;
  outcome: 'under-way' | 'answered' | 'lost' | 'cut';
  durationMs: number | null;
  /** The username that the call was about. */
  about?: string;
  /** A password with this many characters was sent. Nothing else about it is stored. */
  passwordLength?: number;
};

export class Calls {
  #calls: RecordedCall[] = [];
  #seq = 0;

  begin(at: Date, request: { method: string; path: string; query: URLSearchParams }): RecordedCall {
    this.#seq += 1;
    const call: RecordedCall = {
      seq: this.#seq,
      at: at.toISOString(),
      operation: 'unknown',
      request: {
        method: request.method,
        path: request.path,
        query: redactQuery(request.query),
        body: null,
      },
      response: null,
      status: null,
      outcome: 'under-way',
      durationMs: null,
    };
    this.#calls.push(call);
    if (this.#calls.length > MOST_CALLS) this.#calls.shift();
    return call;
  }

  list(): RecordedCall[] {
    return [...this.#calls];
  }

  clear(): void {
    this.#calls = [];
  }
}

/** Stores a body with the call, without its passwords; of a body that is not JSON only the size is stored. */
export function noteBody(call: RecordedCall, body: Buffer): void {
  if (body.length === 0) return;
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    call.request.body = `[${body.length} bytes that are not JSON]`;
    return;
  }
  call.request.body = redact(parsed);
  if (!isObject(parsed)) return;
  if (typeof parsed.Username === 'string') call.about = parsed.Username;
  if (typeof parsed.Password === 'string') call.passwordLength = [...parsed.Password].length;
}

export function toWireEntry(call: RecordedCall): WireEntry {
  return {
    seq: call.seq,
    at: call.at,
    kind: 'connect',
    name: call.operation,
    request: {
      ...call.request,
      ...(call.passwordLength === undefined ? {} : { passwordLength: call.passwordLength }),
    },
    response: call.response,
    status: call.error ?? call.status,
    ok: call.outcome === 'answered' && call.error === undefined,
    durationMs: call.durationMs,
    ...(call.about === undefined ? {} : { about: call.about }),
  };
}

const isSecret = (name: string) => /password/i.test(name);

/** Deeper than any valid request; without a limit, a body of nested brackets would overflow the stack. */
const DEEPEST = 64;

function redact(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) return '[nested too deeply]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isSecret(name) ? PASSWORD_MARKER : redact(inner, depth + 1),
    ]),
  );
}

const redactQuery = (query: URLSearchParams): Record<string, string> =>
  Object.fromEntries(
    [...new Set(query.keys())].map((name) => [
      name,
      isSecret(name) ? PASSWORD_MARKER : query.getAll(name).join(','),
    ]),
  );
