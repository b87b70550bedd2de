/** The command line of `npm run requests`. */
import { parseArgs } from 'node:util';
import { type RequestState, requestStates } from '../requests/model/states.ts';
import { requestIdIn } from '../text/request-number.ts';

export const usage = `Usage:
  npm run requests -- list [--state done,paused] [--instance ALIAS] [--requester U0123456789] [--limit 50] [--json]
      Requests, the newest first, one a line. Default: the latest 50 of any state.
  npm run requests -- show CU-1042 [--json]
      One request with what became of each of its rows.

Reads only, and prints no password: none is kept in clear. With --json, list prints one object a line and show one object.
The database is that of DATABASE_URL or DATA_DIR, as for npm start. Exit code: 0, 1 when there is no such request, 2 for a
wrong option.
`;

export class UsageError extends Error {}

export type RequestsArguments =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'list';
      readonly states: readonly RequestState[] | null;
      readonly instance: string | null;
      readonly requester: string | null;
      readonly limit: number;
      readonly json: boolean;
    }
  | { readonly kind: 'show'; readonly requestId: number; readonly json: boolean };

/** Throws `UsageError` for unknown arguments. */
export function readArguments(args: readonly string[]): RequestsArguments {
  const { values, positionals } = parse(args);
  const [command, subject, ...rest] = positionals;
  if (values.help || command === undefined) return { kind: 'help' };
  const { json } = values;
  if (command === 'show') {
    const requestId = requestIdIn(subject);
    if (requestId === undefined || rest.length > 0) {
      throw new UsageError('show needs the number of one request: CU-1042');
    }
    return { kind: 'show', requestId, json };
  }
  if (command !== 'list') throw new UsageError(`unknown command: ${command}`);
  if (subject !== undefined) throw new UsageError(`unexpected: ${subject}`);
  const limit = Number(values.limit);
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > 100_000) {
    throw new UsageError('--limit must be between 1 and 100000');
  }
  const { instance = null, requester = null } = values;
  return { kind: 'list', states: statesOf(values.state), instance, requester, limit, json };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        state: { type: 'string' },
        instance: { type: 'string' },
        requester: { type: 'string' },
        limit: { type: 'string', default: '50' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function statesOf(text: string | undefined): RequestState[] | null {
  if (text === undefined) return null;
  return text.split(',').map((name) => {
    const state = requestStates.find((known) => known === name.trim());
    if (!state) {
      throw new UsageError(`--state knows ${requestStates.join(', ')}; not “${name.trim()}”`);
    }
    return state;
  });
}
