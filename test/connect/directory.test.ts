import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDirectory } from '../../src/connect/directory.ts';
import type { UserSummary } from '../../src/connect/gateway.ts';
import { answerJson, gatewayTo, startStub } from './stub.ts';

const named = (names: readonly string[]) => names.map((name) => ({ id: `id of ${name}`, name }));
const user = (username: string): UserSummary => ({ id: `id of ${username}`, arn: 'arn', username });

/** A gateway whose reads of the user list end when the test decides. */
function slowGateway() {
  const readings: PromiseWithResolvers<UserSummary[]>[] = [];
  return {
    readings,
    gateway: {
      instance: async () => ({ id: 'i', arn: 'arn', identityMode: 'CONNECT_MANAGED' as const }),
      routingProfiles: async () =>
        named(['Zoo', 'Tier 2', 'Tier 10', 'Night Tier', 'Frontier', 'Équipe']),
      securityProfiles: async () => named(['Agent']),
      hierarchyGroups: async () => [{ id: 'g', path: ['North', 'Sales'] }],
      predefinedAttributes: async () => new Map<string, readonly string[]>(),
      searchUsers: async () => [],
      users: () => {
        const reading = Promise.withResolvers<UserSummary[]>();
        readings.push(reading);
        return reading.promise;
      },
    },
  };
}

/** A directory over it, with a clock that the test controls. */
function start() {
  const { readings, gateway } = slowGateway();
  const clock = { at: new Date('2026-11-24T13:00:00Z').getTime() };
  const failures: unknown[] = [];
  const directory = createDirectory(gateway, {
    now: () => new Date(clock.at),
    maxAgeMs: 60_000,
    uselessAfterMs: 900_000,
    onStale: (error) => failures.push(error),
  });
  const end = (at: number, ...usernames: string[]) => readings[at]?.resolve(usernames.map(user));
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { directory, readings, clock, failures, end, settled };
}

describe('a directory', () => {
  it('is unknown until it was read, and read once however many ask', async () => {
    const { directory, readings, end } = start();
    assert.equal(directory.peek(), undefined);
    const asked = [directory.get(), directory.get(), directory.get()];
    end(0, 'mary');
    const [first, ...others] = await Promise.all(asked);
    assert.equal(readings.length, 1);
    assert.ok(others.every((snapshotUser) => snapshotUser === first));
    assert.equal(directory.peek(), first);
  });

  it('is returned at once when it is old, and renewed in the background', async () => {
    const { directory, readings, clock, end, settled } = start();
    const first = directory.get();
    end(0, 'mary');
    await first;
    clock.at += 61_000;
    assert.equal((await directory.get()).hasUsername('noa'), false);
    await directory.get();
    assert.equal(readings.length, 2);
    end(1, 'mary', 'noa');
    await settled();
    assert.equal(directory.peek()?.hasUsername('noa'), true);
  });

  it('is read before it is returned when it is too old', async () => {
    const { directory, clock, end } = start();
    const first = directory.get();
    end(0, 'mary');
    await first;
    clock.at += 901_000;
    const second = directory.get();
    end(1, 'noa');
    assert.equal((await second).hasUsername('noa'), true);
  });

  it('is read after the call when a fresh one is requested', async () => {
    const { directory, readings, end, settled } = start();
    const early = directory.get();
    const fresh = [directory.get({ fresh: true }), directory.get({ fresh: true })];
    end(0, 'mary');
    assert.equal((await early).hasUsername('noa'), false);
    await settled();
    end(1, 'mary', 'noa');
    for (const snapshot of await Promise.all(fresh)) assert.ok(snapshot.hasUsername('noa'));
    assert.equal(readings.length, 2);
  });

  it('is read once for all callers that need one since an earlier moment', async () => {
    const { directory, readings, clock, end, settled } = start();
    const first = directory.get();
    end(0, 'mary');
    await first;
    const known = new Date(clock.at);
    assert.equal((await directory.get({ since: known })).hasUsername('mary'), true);
    assert.equal(readings.length, 1);
    clock.at += 1_000;
    const since = new Date(clock.at);
    clock.at += 1_000;
    const asked = [
      directory.get({ since }),
      directory.get({ since }),
      directory.get({ since: known }),
    ];
    const later = directory.get({ since: new Date(clock.at + 1_000) });
    end(1, 'noa');
    const [one, two, old] = await Promise.all(asked);
    assert.deepEqual([one?.hasUsername('noa'), one === two], [true, true]);
    assert.equal(old?.hasUsername('mary'), true);
    await settled();
    end(2, 'noa', 'sam');
    assert.equal((await later).hasUsername('sam'), true);
    assert.equal(readings.length, 3);
  });

  it('reads profiles and groups again, and no list of users, when its caller accepts the known users', async () => {
    const { directory, readings, clock, end } = start();
    const first = directory.get();
    end(0, 'mary');
    const { readAt } = await first;
    clock.at += 1_000;
    const snapshot = await directory.get({ since: new Date(clock.at), users: 'as-known' });
    assert.ok(snapshot.readAt > readAt);
    assert.equal(snapshot.hasUsername('mary'), true);
    assert.equal(readings.length, 1);
  });

  it('keeps its last snapshot when a renewal fails, and reports the error', async () => {
    const { directory, readings, clock, failures, end, settled } = start();
    const first = directory.get();
    end(0, 'mary');
    await first;
    clock.at += 61_000;
    await directory.get();
    const failure = new Error('Connect is away');
    readings[1]?.reject(failure);
    await settled();
    assert.deepEqual(failures, [failure]);
    assert.equal((await directory.get()).hasUsername('mary'), true);
  });

  it('is read again after the first read failed', async () => {
    const { directory, readings, end } = start();
    const first = directory.get();
    readings[0]?.reject(new Error('Connect is away'));
    await assert.rejects(first, /away/);
    const second = directory.get();
    end(1, 'mary');
    assert.ok((await second).hasUsername('mary'));
  });

  it('knows a user that was created just now, until the lists have had time to show it', async () => {
    const { directory, clock, end } = start();
    const first = directory.get();
    end(0, 'mary');
    const snapshot = await first;
    directory.noteCreated('Noa');
    assert.equal(snapshot.hasUsername('Noa'), true);
    assert.equal(snapshot.hasUsername('NOA'), false);
    assert.equal(snapshot.similarUsername('NOA'), 'Noa');
    assert.equal(snapshot.userCount, 2);
    directory.noteCreated('mary');
    assert.equal(snapshot.userCount, 2, 'who is in the lists counts once');
    clock.at += 30_000;
    const second = directory.get({ fresh: true });
    end(1, 'mary');
    assert.equal((await second).hasUsername('Noa'), true);
    clock.at += 61_000;
    const third = directory.get({ fresh: true });
    end(2, 'mary');
    assert.equal((await third).hasUsername('Noa'), false);
  });
});

describe('a snapshot', () => {
  it('finds users by name whatever the case, and things by id', async () => {
    const { directory, end } = start();
    const reading = directory.get();
    end(0, 'Mary', 'mary', 'noa');
    const snapshot = await reading;
    assert.deepEqual(
      snapshot.usersNamed('MARY').map((user) => user.username),
      ['Mary', 'mary'],
    );
    assert.deepEqual(snapshot.usersNamed('nobody'), []);
    assert.equal(snapshot.routingProfileById('id of Zoo')?.name, 'Zoo');
    assert.equal(snapshot.securityProfileById('id of Zoo'), undefined);
    assert.deepEqual(snapshot.hierarchyGroupById('g')?.path, ['North', 'Sales']);
  });

  it('searches as one types: beginnings first, then words, then anything; accents do not count', async () => {
    const { directory, end } = start();
    const reading = directory.get();
    end(0);
    const snapshot = await reading;
    const found = (text: string, limit = 100) =>
      snapshot.searchRoutingProfiles(text, limit).map((profile) => profile.name);
    assert.deepEqual(found('tier'), ['Tier 2', 'Tier 10', 'Night Tier', 'Frontier']);
    assert.deepEqual(found('tier', 2), ['Tier 2', 'Tier 10']);
    assert.deepEqual(found(' EQUI'), ['Équipe']);
    assert.deepEqual(found('xyz'), []);
    assert.equal(found('').length, 6);
    assert.equal(found('')[0], 'Équipe');
    assert.deepEqual(
      snapshot.searchHierarchyGroups('sales', 10).map((group) => group.id),
      ['g'],
    );
    assert.equal(snapshot.searchHierarchyGroups('north / sa', 10).length, 1);
  });
});

describe('reading a big instance', () => {
  it('costs 14 calls for 5,000 users, 500 routing profiles, 100 security profiles and 500 groups', async (t) => {
    const sizes = [
      ['/users-summary', 'UserSummaryList', 5_000, 'Username'],
      ['/routing-profiles-summary', 'RoutingProfileSummaryList', 500, 'Name'],
      ['/security-profiles-summary', 'SecurityProfileSummaryList', 100, 'Name'],
      ['/search-user-hierarchy-groups', 'UserHierarchyGroups', 500, 'Name'],
    ] as const;
    const stub = await startStub(t, (response, { path, body }) => {
      const list = sizes.find(([start]) => path.startsWith(start));
      if (!list) {
        const Instance = { Id: 'i', Arn: 'arn', IdentityManagementType: 'SAML' };
        return answerJson(response, 200, { Instance });
      }
      const [, key, size, name] = list;
      const query = new URL(path, 'http://stub').searchParams;
      const asked = body === '' ? {} : JSON.parse(body);
      const from = Number(query.get('nextToken') ?? asked.NextToken ?? 0);
      const to = Math.min(size, from + Number(query.get('maxResults') ?? asked.MaxResults));
      const items = Array.from({ length: to - from }, (_, at) => ({
        Id: `${from + at}`,
        Arn: 'arn',
        [name]: `name ${from + at}`,
      }));
      answerJson(response, 200, { [key]: items, ...(to < size && { NextToken: `${to}` }) });
    });
    const directory = createDirectory(gatewayTo(t, stub.url), { now: () => new Date() });
    const snapshot = await directory.get();
    assert.equal(stub.seen.length, 14);
    assert.ok(snapshot.hasUsername('name 4999'));
    assert.equal(snapshot.searchHierarchyGroups('', 1_000).length, 500);
    assert.equal(snapshot.searchRoutingProfiles('', 1_000).length, 500);
  });
});
