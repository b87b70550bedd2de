/**
 * The process of the bench `files`: reads and checks the same files again and again, and prints what it
 * measured as JSON. A process of its own, so that its memory and its event loop are nobody else's.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parse } from 'csv-parse/sync';
import { createAwsGateway } from '../src/connect/aws-gateway.ts';
import { createDirectory, type DirectorySnapshot } from '../src/connect/directory.ts';
import type { UserContext } from '../src/users/context.ts';
import { checkRows } from '../src/users/files/check-rows.ts';
import { readTable } from '../src/users/files/read-table.ts';

const rounds = 5;
const rows = 10_000;
/** The instance of the aim: users, routing profiles, security profiles, groups. */
const size = { users: 5_000, routing: 500, security: 100, groups: 500 };

const { snapshot, calls } = await readDirectory(size);
const context = contextOf(snapshot);
const file = table(rows, (index) => `Routing ${index % size.routing}`);

// Warm: what is measured is a bot that has been up for a while.
await check(file, context);
collect();
const before = process.memoryUsage().rss;
let peak = before;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 5);
const delay = monitorEventLoopDelay({ resolution: 1 });
const ours: number[] = [];
const theirs: number[] = [];
for (let round = 0; round < rounds; round++) {
  delay.enable();
  ours.push(await seconds(() => check(file, context)));
  delay.disable();
  theirs.push(await seconds(async () => parse(Buffer.from(file))));
}
clearInterval(watch);

const thousand = contextOf((await readDirectory({ ...size, routing: 1_000 })).snapshot);
const many = table(1_000, (index) => `Routing ${index}`);
const one = table(1_000, () => 'Routing 7');
const manySeconds: number[] = [];
const oneSeconds: number[] = [];
for (let round = 0; round < 3 * rounds; round++) {
  manySeconds.push(await seconds(() => check(many, thousand)));
  oneSeconds.push(await seconds(() => check(one, thousand)));
}

const result = {
  seconds: median(ours),
  share_of_csv_parse: median(theirs) / median(ours),
  loop_delay_p99_ms: delay.percentile(99) / 1e6,
  memory_growth_mb: (peak - before) / 1024 ** 2,
  connect_calls: calls,
  distinct_ratio: median(manySeconds) / median(oneSeconds),
};
console.log(JSON.stringify(result));

async function check(bytes: Uint8Array, it: UserContext): Promise<void> {
  const checked = await checkRows(await readTable(bytes, 'bench.csv'), it);
  if (checked.counts.good !== checked.rows.length) throw new Error('the bench’s file has mistakes');
}

function contextOf(directory: DirectorySnapshot): UserContext {
  const identityMode = 'CONNECT_MANAGED';
  const fixed = {
    alias: 'bench',
    identityMode,
    samlEmail: 'refuse',
    defaultCountry: 'US',
  } as const;
  return { ...fixed, directory, tagsOfTheBot: 1, canTypePassword: true };
}

/** 16 columns, as the website's documented file has them. */
function table(count: number, routing: (index: number) => string): Uint8Array {
  const header =
    'first name,last name,email address,secondary email address,mobile,password,user login,agent hierarchy,routing profile name,security_profile_name_1|security_profile_name_2,user_hierarchy_1|user_hierarchy_2,phone type (soft/desk),phone number,soft phone auto accept (yes/no),ACW timeout (seconds),tags';
  const lines = Array.from({ length: count }, (_, index) =>
    [
      `Nia ${index}`,
      'Number',
      `nia${index}@harbour.example`,
      '',
      '+15555551212',
      '',
      `nia${index}`,
      '',
      routing(index),
      `Security ${index % size.security}|Security ${(index + 1) % size.security}`,
      `Site ${index % size.groups}`,
      index % 2 === 0 ? 'soft' : 'desk',
      index % 2 === 0 ? '' : '+15555551213',
      'yes',
      '30',
      'team=billing|site=Lisbon',
    ].join(','),
  );
  return Buffer.from([header, ...lines, ''].join('\r\n'));
}

/** Reads a directory of this size through the real gateway, from a stand-in that pages as Connect does. */
async function readDirectory(wanted: typeof size) {
  let calls = 0;
  const named = (kind: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      Id: `${kind}-${index}`,
      Name: `${kind} ${index}`,
    }));
  const lists = {
    users: Array.from({ length: wanted.users }, (_, index) => ({
      Id: `u-${index}`,
      Arn: `arn-${index}`,
      Username: `taken${index}`,
    })),
    routing: named('Routing', wanted.routing),
    security: named('Security', wanted.security),
    groups: named('Site', wanted.groups).map((group) => ({
      ...group,
      HierarchyPath: { LevelOne: group },
    })),
  };
  const page = (key: string, list: readonly object[], size: number, token: number) => ({
    [key]: list.slice(token, token + size),
    ...(token + size < list.length ? { NextToken: String(token + size) } : {}),
  });
  const server = createServer((request, response) => {
    calls++;
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const body =
        parts.length > 0
          ? (JSON.parse(Buffer.concat(parts).toString()) as { NextToken?: string })
          : {};
      const token = Number(url.searchParams.get('nextToken') ?? body.NextToken ?? 0);
      const answer = ((): object => {
        const [kind] = url.pathname.split('/').filter(Boolean);
        switch (kind) {
          case 'users-summary':
            return page('UserSummaryList', lists.users, 1_000, token);
          case 'routing-profiles-summary':
            return page('RoutingProfileSummaryList', lists.routing, 1_000, token);
          case 'security-profiles-summary':
            return page('SecurityProfileSummaryList', lists.security, 1_000, token);
          case 'search-user-hierarchy-groups':
            return page('UserHierarchyGroups', lists.groups, 100, token);
          default:
            return { Instance: { Id: 'i', Arn: 'arn', IdentityManagementType: 'CONNECT_MANAGED' } };
        }
      })();
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const instance = {
    alias: 'bench',
    instanceId: 'i',
    region: 'us-west-2',
    endpoint: `http://127.0.0.1:${port}`,
  };
  const credentials = { accessKeyId: 'AKIABENCHEXAMPLE0000', secretAccessKey: 'bench' };
  const gateway = createAwsGateway(instance, { credentials });
  const snapshot = await createDirectory(gateway, { now: () => new Date() }).get();
  gateway.close();
  server.closeAllConnections();
  server.close();
  return { snapshot, calls };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function collect(): void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  if (typeof gc === 'function') gc();
}
