/** Whatever the rules accept, Connect accepts: the rules of src/users compared with the sandbox's own. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { type ConnectSandbox, startConnect } from '../../sandbox/connect/server.ts';
import { instances } from '../../sandbox/seed.ts';
import { createAwsGateway } from '../../src/connect/aws/aws-gateway.ts';
import { createDirectory, type DirectorySnapshot } from '../../src/connect/directory.ts';
import type { ConnectGateway } from '../../src/connect/gateway.ts';
import { explain } from '../../src/errors/problem.ts';
import { checkUser } from '../../src/users/check/check-user.ts';
import type { UserDraft } from '../../src/users/new-user.ts';
import { rightDraft } from '../users/drafts.ts';
import { credentials } from './stub.ts';

let connectSandbox: ConnectSandbox;
before(async () => {
  const settings = { ratePerSecond: 1e6, burst: 1e6, usersQuota: 1e6 };
  connectSandbox = await startConnect({ port: 0, settings });
});
after(() => connectSandbox.stop());

/** The members of a valid draft for an instance with this identity mode. */
function fitting(draft: UserDraft, identity: (typeof instances)[number]['identity']): UserDraft {
  const { email: _email, password: _password, ...others } = draft;
  if (identity === 'CONNECT_MANAGED') return draft;
  return identity === 'SAML' ? others : { ...others, directoryUserId: '0815' };
}

describe('a user that the rules let through', () => {
  // One instance for each identity mode is enough, and these three share their account and Region.
  for (const { id, alias, identity } of instances.slice(0, 3)) {
    it(`is created in the ${identity} instance as it is`, async (t) => {
      const gateway: ConnectGateway = createAwsGateway(
        { alias, instanceId: id, region: 'us-west-2', endpoint: connectSandbox.url },
        { credentials },
      );
      t.after(() => gateway.close());
      const snapshot = await createDirectory(gateway, { now: () => new Date() }).get();
      await fc.assert(
        fc.asyncProperty(offeredBy(snapshot), async (right) => {
          const draft = fitting(right, identity);
          const checked = checkUser(draft, {
            alias,
            identityMode: identity,
            samlEmail: 'refuse',
            directory: snapshot,
            tagsOfTheBot: 1,
            canTypePassword: true,
          });
          assert.ok(
            checked.ok,
            checked.ok ? '' : checked.findings.map((finding) => explain(finding.problem)).join(),
          );
          const password = identity === 'CONNECT_MANAGED' ? 'Pass@Word1' : undefined;
          const outcome = await gateway.createUser({
            user: checked.user,
            ...(password && { password }),
            tags: { by: 'bot' },
          });
          // Random generation sometimes produces the same short username twice.
          fc.pre(!(outcome.kind === 'refused' && outcome.reason === 'duplicate'));
          assert.equal(outcome.kind, 'created', JSON.stringify(outcome));
        }),
        { numRuns: 80 },
      );
    });
  }
});

function offeredBy(snapshot: DirectorySnapshot): fc.Arbitrary<UserDraft> {
  return rightDraft({
    routingProfiles: snapshot.searchRoutingProfiles('', 100).map((profile) => profile.name),
    securityProfiles: snapshot.searchSecurityProfiles('', 100).map((profile) => profile.name),
    hierarchyGroups: snapshot
      .searchHierarchyGroups('', 100)
      .map((group) => snapshot.hierarchyGroups.textOf(group)),
  });
}
