/** `npm run audit`: exports, verifies and shows the audit trail. For auditors; changes nothing. */
import { parseArgs } from 'node:util';
import { ProblemError } from '../errors/problem.ts';
import { withDatabase, write } from '../start/database-command.ts';
import type { Database } from '../storage/database.ts';
import { requestIdIn, requestNumber } from '../text/request-number.ts';
import { type Filter, readChain, readOrphans } from './audit-store.ts';
import { exportHeader, exportLine } from './export.ts';
import { timelineLine } from './timeline.ts';
import { verifyChain } from './verify.ts';

const usage = `Usage:
  npm run audit -- export [--from 2026-01-01] [--to 2026-02-01] [--format csv|jsonl]
      Writes every event of this time to standard output; --to is not part of it. Default format: jsonl.
  npm run audit -- verify [--anchor HASH] [--json]
      Follows the chain of hashes from the first event to the last. --anchor (several are allowed) is the hash
      of a head that was written down elsewhere, such as in the log: it must be in the chain. Ends with 1 when
      anything is wrong.
  npm run audit -- show CU-1042
      What happened to one request, in order.

The database is that of DATABASE_URL or DATA_DIR, as for npm start.
`;

class UsageError extends Error {}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      format: { type: 'string', default: 'jsonl' },
      anchor: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [command, subject, ...rest] = positionals;
  if (values.help || command === undefined) {
    await write(usage);
    return values.help ? 0 : 2;
  }
  if (rest.length > 0) throw new UsageError(`unexpected: ${rest.join(' ')}`);
  const { format } = values;
  if (format !== 'csv' && format !== 'jsonl') {
    throw new UsageError(`--format must be csv or jsonl, not ${format}`);
  }
  const period = periodOf(values.from, values.to);
  switch (command) {
    case 'export':
      return withDatabase(async ({ pool }) => {
        await write(exportHeader(format));
        for await (const page of readChain(pool, period)) {
          await write(page.map((event) => exportLine(event, format)).join(''));
        }
        return 0;
      });
    case 'verify': {
      const wrong = values.anchor.find((anchor) => !/^[0-9a-f]{64}$/.test(anchor));
      if (wrong !== undefined) throw new UsageError(`--anchor must be 64 hex digits, not ${wrong}`);
      return withDatabase((database) => verify(database, values.anchor, values.json));
    }
    case 'show': {
      const id = requestIdIn(subject);
      if (id === undefined) throw new UsageError('show needs the number of a request: CU-1042');
      return withDatabase((database) => show(database, id));
    }
    default:
      throw new UsageError(`unknown command: ${command}`);
  }
}

function periodOf(from: string | undefined, to: string | undefined): Filter {
  return {
    ...(from === undefined ? {} : { from: timeOf('--from', from) }),
    ...(to === undefined ? {} : { to: timeOf('--to', to) }),
  };
}

function timeOf(option: string, text: string): Date {
  const time = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(time.getTime())) {
    throw new UsageError(`${option} must be a date such as 2026-01-31, not ${text}`);
  }
  return time;
}

async function verify(
  { pool }: Database,
  anchors: readonly string[],
  asJson: boolean,
): Promise<number> {
  const startedAt = performance.now();
  const result = await verifyChain(readChain(pool), anchors);
  const orphans = (await readOrphans(pool)).map((seq) => `event ${seq}: was removed`);
  const problems = [...new Set([...result.problems, ...orphans])];
  const ms = Math.round(performance.now() - startedAt);
  const { events, head } = result;
  if (asJson) {
    await write(`${JSON.stringify({ ok: problems.length === 0, events, head, problems, ms })}\n`);
  } else if (problems.length > 0) {
    await write(
      `The audit trail is not whole:\n${problems.map((problem) => `  ${problem}\n`).join('')}`,
    );
  } else {
    const at = head ? ` The head is event ${head.seq}, ${head.hash}.` : '';
    await write(`${events} events in ${ms} ms: the chain is whole.${at}\n`);
  }
  return problems.length === 0 ? 0 : 1;
}

async function show({ pool }: Database, requestId: number): Promise<number> {
  let shown = 0;
  for await (const page of readChain(pool, { requestId })) {
    shown += page.length;
    await write(page.map(timelineLine).join(''));
  }
  if (shown === 0) await write(`There is no request ${requestNumber(requestId)}.\n`);
  return shown > 0 ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
  const words = error instanceof ProblemError || isUsage ? error.message : String(error);
  process.stderr.write(`${words}\n${isUsage ? `\n${usage}` : ''}`);
  process.exitCode = isUsage ? 2 : 1;
}
