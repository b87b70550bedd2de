/** An HTTP server that returns a large instance's lists in pages, as Connect does, and counts the calls. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAwsGateway } from '../src/connect/aws/aws-gateway.ts';
import { createDirectory, type DirectorySnapshot } from '../src/connect/directory.ts';

const instanceId = 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111';

const numbered = (count: number, name: string) =>
  Array.from({ length: count }, (_, at) => ({
    Id: `${name.toLowerCase().replaceAll(' ', '-')}-${at}`,
    Arn: `arn:aws:connect:eu-central-1:123456789012:instance/${instanceId}/x/${at}`,
    Name: `${name} ${at}`,
  }));

/** 500 groups on three levels: 5 regions, 45 sites, 450 teams. */
const groups = Array.from({ length: 500 }, (_, at) => {
  const level = (number: number, name: string) => ({
    Id: `group-${name}-${number}`,
    Name: `${name} ${number}`,
  });
  const region = level(at % 5, 'Region');
  const site = level(at % 45, 'Site');
  const own = at < 5 ? region : at < 50 ? level(at - 5, 'Site') : level(at, 'Team');
  const path =
    at < 5
      ? { LevelOne: own }
      : at < 50
        ? { LevelOne: region, LevelTwo: own }
        : { LevelOne: region, LevelTwo: site, LevelThree: own };
  return { ...own, LevelId: String(Object.keys(path).length), HierarchyPath: path };
});

export const sizes = { users: 5_000, routingProfiles: 500, securityProfiles: 100 };

export type LargeInstance = { readonly snapshot: DirectorySnapshot; readonly calls: number };

/**
 * Reads an instance with 5,000 users, 500 routing profiles, 100 security profiles and 500 groups through the real
 * directory and the real SDK.
 *
 * @param routingProfiles number of routing profiles; 500 by default
 */
export async function readLargeInstance(
  routingProfiles = sizes.routingProfiles,
): Promise<LargeInstance> {
  const lists: Record<string, readonly [key: string, items: readonly unknown[]]> = {
    'users-summary': [
      'UserSummaryList',
      numbered(sizes.users, 'taken').map(({ Id, Arn, Name }) => ({ Id, Arn, Username: Name })),
    ],
    'routing-profiles-summary': [
      'RoutingProfileSummaryList',
      numbered(routingProfiles, 'Routing Profile'),
    ],
    'security-profiles-summary': [
      'SecurityProfileSummaryList',
      numbered(sizes.securityProfiles, 'Security Profile'),
    ],
    'search-user-hierarchy-groups': ['UserHierarchyGroups', groups],
  };
  let calls = 0;
  const server = createServer(async (request, response) => {
    calls += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url ?? '', 'http://localhost');
    const [, operation = ''] = url.pathname.split('/');
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
    const list = lists[operation];
    response.setHeader('content-type', 'application/json');
    if (!list) {
      const Instance = { Id: instanceId, Arn: 'arn', IdentityManagementType: 'CONNECT_MANAGED' };
      response.end(JSON.stringify({ Instance }));
      return;
    }
    const [key, items] = list;
    const size = Number(url.searchParams.get('maxResults') ?? body.MaxResults ?? 100);
    const from = Number(url.searchParams.get('nextToken') ?? body.NextToken ?? 0);
    const next = from + size < items.length ? String(from + size) : undefined;
    response.end(JSON.stringify({ [key]: items.slice(from, from + size), NextToken: next }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const gateway = createAwsGateway(
    {
      alias: 'production',
      instanceId,
      region: 'eu-central-1',
      endpoint: `http://127.0.0.1:${port}`,
    },
    { credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' } },
  );
  try {
    const snapshot = await createDirectory(gateway, { now: () => new Date() }).get();
    return { snapshot, calls };
  } finally {
    gateway.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
