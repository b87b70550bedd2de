import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type AuthorityDeps,
  readAuthority,
  readRequestedProfiles,
} from '../../src/auth/authority.ts';
import type { StoredLinks } from '../../src/auth/stored-links.ts';
import { ConnectReadError } from '../../src/connect/gateway.ts';
import type { People } from '../../src/slack/people.ts';
import { identityPolicy, instanceClientOf, personOf, smallInstance, userNamed } from './people.ts';

/** The Slack client of an authority, which looks up people by email address. */
function depsOf(
  addresses: Readonly<Record<string, string>> = {},
  asked: string[] = [],
): AuthorityDeps {
  const people: Pick<People, 'whoHasAddress'> = {
    whoHasAddress: (address) => {
      asked.push(address);
      const id = addresses[address];
      return Promise.resolve(id === undefined ? null : { id, name: `Name of ${id}` });
    },
  };
  const nobody: StoredLinks = { of: () => Promise.resolve(null), to: () => Promise.resolve([]) };
  return { people: people as People, policy: identityPolicy, links: nobody };
}

const cached = { fresh: false };
const fresh = { fresh: true };

describe('what somebody holds in Connect', () => {
  test('is the union of their security profiles, with the ones that give Users – Create named', async () => {
    const instance = smallInstance();
    instance.users = [userNamed('ari', { securityProfileIds: ['sp-agent', 'sp-admin'] })];
    const { instanceClient } = instanceClientOf(instance);
    const authority = await readAuthority(depsOf(), instanceClient, personOf(), cached);
    assert.deepEqual(authority.identity, {
      kind: 'known',
      userId: 'id-ari',
      username: 'ari',
      way: 'email-local-part',
    });
    assert.deepEqual([...(authority.holdings?.permissions ?? [])].sort(), [
      'BasicAgentAccess',
      'Users.Create',
      'Users.Edit',
      'Users.View',
    ]);
    assert.deepEqual(authority.holdings?.createThrough, ['Admin']);
  });

  test('is nothing for a person without a Connect user, whose permissions are not read', async () => {
    const { instanceClient, calls } = instanceClientOf(smallInstance());
    const authority = await readAuthority(
      depsOf(),
      instanceClient,
      personOf({ email: 'noa@example.com' }),
      fresh,
    );
    assert.equal(authority.holdings, null);
    assert.ok(authority.identity.kind === 'unknown');
    assert.equal(authority.identity.problem.code, 'identity.no-match');
    assert.equal(calls().securityProfile, undefined);
  });

  test('goes by the id of a profile that the directory does not list yet', async () => {
    const instance = smallInstance();
    instance.users = [userNamed('ari', { securityProfileIds: ['sp-new'] })];
    instance.permissions.set('sp-new', ['Users.Create']);
    const { instanceClient } = instanceClientOf(instance);
    const { holdings } = await readAuthority(depsOf(), instanceClient, personOf(), fresh);
    assert.deepEqual(holdings?.createThrough, ['sp-new']);
  });

  test('is read now for a decision: a right that ended a moment ago is gone', async () => {
    const instance = smallInstance();
    const { instanceClient } = instanceClientOf(instance);
    const before = await readAuthority(depsOf(), instanceClient, personOf(), fresh);
    assert.equal(before.holdings?.permissions.has('Users.Create'), true);
    instance.permissions.set('sp-admin', ['Users.View']);
    const form = await readAuthority(depsOf(), instanceClient, personOf(), cached);
    assert.equal(form.holdings?.permissions.has('Users.Create'), true, 'a form may use the cache');
    const decision = await readAuthority(depsOf(), instanceClient, personOf(), fresh);
    assert.equal(decision.holdings?.permissions.has('Users.Create'), false);
  });

  test('is read now for a decision: a profile that was taken away a moment ago is gone', async () => {
    const instance = smallInstance();
    const { instanceClient } = instanceClientOf(instance);
    await readAuthority(depsOf(), instanceClient, personOf(), fresh);
    instance.users = [userNamed('ari', { securityProfileIds: ['sp-agent'] })];
    const { holdings } = await readAuthority(depsOf(), instanceClient, personOf(), fresh);
    assert.deepEqual([...(holdings?.permissions ?? [])], ['BasicAgentAccess']);
  });

  test('is read once a minute where no decision depends on it', async () => {
    const { instanceClient, calls } = instanceClientOf(smallInstance());
    await readAuthority(depsOf(), instanceClient, personOf(), cached);
    const before = calls();
    await readAuthority(depsOf(), instanceClient, personOf(), cached);
    assert.deepEqual(calls(), before);
  });

  test('is nothing for a user who was deleted after the list was read', async () => {
    const instance = smallInstance();
    const { instanceClient } = instanceClientOf(instance);
    await instanceClient.directory.get();
    instance.users = instance.users.filter((user) => user.username !== 'ari');
    const { identity, holdings } = await readAuthority(depsOf(), instanceClient, personOf(), fresh);
    assert.equal(holdings, null);
    assert.ok(identity.kind === 'unknown');
    assert.match(String(identity.problem.params.tried), /“ari” is not there anymore/);
  });

  test('is nothing when the id belongs to a different username by now', async () => {
    const instance = smallInstance();
    const { instanceClient } = instanceClientOf(instance);
    await instanceClient.directory.get();
    instance.users = [userNamed('bea', { id: 'id-ari', securityProfileIds: ['sp-admin'] })];
    const { identity, holdings } = await readAuthority(depsOf(), instanceClient, personOf(), fresh);
    assert.equal(holdings, null);
    assert.equal(identity.kind, 'unknown');
  });

  test('ignores the case of a username', async () => {
    const instance = smallInstance();
    instance.users = [userNamed('Ari', { securityProfileIds: ['sp-admin'] })];
    const { instanceClient } = instanceClientOf(instance);
    const { holdings } = await readAuthority(depsOf(), instanceClient, personOf(), fresh);
    assert.equal(holdings?.username, 'Ari');
  });

  test('finds a user who was made a moment ago, for a decision', async () => {
    const instance = smallInstance();
    const { instanceClient, calls } = instanceClientOf(instance);
    await instanceClient.directory.get();
    instance.users.push(userNamed('noa', { securityProfileIds: ['sp-admin'] }));
    const noa = personOf({ id: 'U0NOA', email: 'noa@example.com' });
    assert.equal(
      (await readAuthority(depsOf(), instanceClient, noa, cached)).identity.kind,
      'unknown',
    );
    assert.equal(calls().users, 1, 'a form does not read the lists again');
    assert.equal(
      (await readAuthority(depsOf(), instanceClient, noa, fresh)).identity.kind,
      'known',
    );
    assert.equal(calls().users, 2);
  });

  test('reads the lists again when no user was found, and not when two were found', async () => {
    const instance = smallInstance();
    instance.users.push(userNamed('ARI', { id: 'id-2' }));
    const { instanceClient, calls } = instanceClientOf(instance);
    const { identity } = await readAuthority(depsOf(), instanceClient, personOf(), fresh);
    assert.ok(identity.kind === 'unknown');
    assert.equal(identity.problem.code, 'identity.ambiguous');
    assert.equal(calls().users, 1);
  });

  test('is an error when Connect does not answer, so that nobody is permitted without an answer', async () => {
    const { instanceClient, failWith } = instanceClientOf(smallInstance());
    await readAuthority(depsOf(), instanceClient, personOf(), cached);
    const away = new ConnectReadError('unavailable', 'DescribeUser', {
      cause: null,
      detail: '503',
    });
    failWith(away);
    await assert.rejects(readAuthority(depsOf(), instanceClient, personOf(), fresh), away);
  });
});

describe('what a request would hand out', () => {
  test('is read once for each profile, however many rows request the profile', async () => {
    const { instanceClient, calls } = instanceClientOf(smallInstance());
    const agent = { id: 'sp-agent', name: 'Agent' };
    const admin = { id: 'sp-admin', name: 'Admin' };
    const asked = await readRequestedProfiles(instanceClient, [agent, admin, agent, agent], fresh);
    assert.deepEqual(
      asked.map((profile) => [profile.name, profile.permissions.length]),
      [
        ['Agent', 1],
        ['Admin', 4],
      ],
    );
    assert.equal(calls().securityProfile, 2);
  });
});
