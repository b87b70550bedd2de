/**
 * Collects the evidence at the end of a run: what Slack and Connect show from outside, and what the database
 * contains.
 */
import { parse } from 'csv-parse/sync';
import pg from 'pg';
import type { Message } from '../sandbox/api/messages.ts';
import { requestsChannel } from '../test/scenarios/person.ts';
import type { SandboxCalls } from '../test/scenarios/sandbox-calls.ts';
import { seen } from '../test/scenarios/seen.ts';
import type { MessageFact, RequestFact, ResultFact, RowFact, UserFact } from './evidence.ts';
import { directChannel, postOf, readWhole } from './slack-reading.ts';
import { rowTag } from './wire-reader.ts';

const instance = 'production';

export async function collectUsers(sandbox: SandboxCalls): Promise<UserFact[]> {
  const { users } = await sandbox.connect(instance);
  return users.flatMap(({ id, username, tags }) => {
    const tag = tags[rowTag];
    return tag === undefined ? [] : [{ id, username, tag }];
  });
}

/** Every message of the bot in the requests channel and in the direct messages with these people. */
export async function collectMessages(
  sandbox: SandboxCalls,
  people: readonly string[],
): Promise<Message[]> {
  const messages = await readWhole(sandbox, 'U0ARI', requestsChannel);
  for (const person of people) {
    const channel = await directChannel(sandbox, person);
    if (channel !== undefined) messages.push(...(await readWhole(sandbox, person, channel)));
  }
  return messages.filter((message) => message.botId !== undefined && !message.ephemeral);
}

export function messageFact(message: Message): MessageFact {
  const { text, buttons } = seen(message);
  const post = postOf(message);
  return {
    channel: message.channel,
    ts: message.ts,
    threadTs: message.threadTs ?? null,
    request: post?.request ?? null,
    key: post?.key ?? null,
    text,
    buttons,
    files: message.files.map((file) => file.name),
  };
}

/**
 * The results files that count, read in the way in which their uploaders read them. After a retry the newer file
 * counts.
 */
export async function collectResults(
  sandbox: SandboxCalls,
  messages: readonly Message[],
): Promise<Map<number, ResultFact[]>> {
  const results = new Map<number, ResultFact[]>();
  const newest = new Map<number, number>();
  for (const file of messages.flatMap((message) => message.files)) {
    const name = /^CU-(\d+)-results(?:-(\d+))?\.csv$/.exec(file.name);
    const [request, end] = [Number(name?.[1]), Number(name?.[2] ?? 1)];
    if (!name || end < (newest.get(request) ?? 0)) continue;
    newest.set(request, end);
    const answer = await fetch(`${sandbox.url}${file.url}`);
    results.set(request, readResults(await answer.text()));
  }
  return results;
}

export function readResults(text: string): ResultFact[] {
  const lines: Record<string, string>[] = parse(text, { bom: true, columns: true });
  return lines.map((line) => ({
    username: line['user login'] ?? '',
    status: line.status ?? '',
    userId: line.user_id ?? '',
    problem: line.problem ?? '',
  }));
}

export async function collectRequests(databaseUrl: string): Promise<RequestFact[]> {
  const rows = await query<RowFact & { request: number }>(
    databaseUrl,
    `select request_id as request, position, state, user_id as "userId",
       coalesce(new_user ->> 'username', draft ->> 'username', '') as username
     from rows order by request_id, position`,
  );
  const byRequest = Map.groupBy(rows, (row) => row.request);
  const requests = await query<Omit<RequestFact, 'rows'>>(
    databaseUrl,
    `select id, uid, source, state,
       coalesce(decision ->> 'kind' = 'approved', false) as approved
     from requests order by id`,
  );
  return requests.map((request) => ({ ...request, rows: byRequest.get(request.id) ?? [] }));
}

export type OpenWork = {
  /** Requests that have not ended, each with its rows without an outcome. This number has to decrease. */
  readonly requests: readonly string[];
  /** Jobs that wait or run, without the jobs that expire a request some days later. */
  readonly jobs: readonly string[];
};

export async function openWork(databaseUrl: string): Promise<OpenWork> {
  const requests = await query<{ what: string }>(
    databaseUrl,
    `select format('CU-%s %s, %s rows open', id, state, (
       select count(*) from rows
       where request_id = id and rows.state in ('waiting', 'sending', 'unclear'))) as what
     from requests where ended_at is null order by id`,
  );
  const jobs = await query<{ what: string }>(
    databaseUrl,
    `select format('%s of CU-%s %s', name, data ->> 'requestId', state) as what from jobs.job
     where state in ('created', 'retry', 'active')
       and name in ('check', 'decide', 'publish', 'provision')`,
  );
  return { requests: requests.map((request) => request.what), jobs: jobs.map((job) => job.what) };
}

async function query<Row extends object>(databaseUrl: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  // Without this listener, a database that closes an idle connection would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}
