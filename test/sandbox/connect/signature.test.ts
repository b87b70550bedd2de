import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  DescribeInstanceCommand,
  ListUsersCommand,
  TagResourceCommand,
} from '@aws-sdk/client-connect';
import { sandboxCredentials } from '../../../sandbox/connect/accounts/sessions.ts';
import { ask, connectTo, production, refusedWith, signed, start } from './sandbox-client.ts';

const path = `/instance/${production}`;

describe('a signature', () => {
  it('is accepted when it has the right form, whatever key made it', async (t) => {
    const { connectSandbox } = await start(t);
    assert.equal((await ask(connectSandbox, { method: 'GET', path })).status, 200);
  });

  /** Computed when it is used, because other tests before it can take minutes. */
  const wrongNow = (): [string, Record<string, string>, string, RegExp][] => {
    const fresh = signed();
    const authorization = fresh.authorization ?? '';
    return [
      ['that is missing', { authorization: '' }, 'MissingAuthenticationTokenException', /Missing/],
      [
        'of another algorithm',
        { authorization: 'Bearer abc' },
        'IncompleteSignatureException',
        /algorithm/,
      ],
      [
        'without a signature',
        { authorization: authorization.replace(/, Signature=.*/, '') },
        'IncompleteSignatureException',
        /'Signature'/,
      ],
      [
        'without signed headers',
        { authorization: authorization.replace(/SignedHeaders=[^,]*, /, '') },
        'IncompleteSignatureException',
        /'SignedHeaders'/,
      ],
      [
        'that is not hexadecimal',
        { authorization: `${authorization.slice(0, -1)}g` },
        'IncompleteSignatureException',
        /hexadecimal/,
      ],
      [
        'with a scope of four parts',
        { authorization: authorization.replace('/aws4_request', '') },
        'IncompleteSignatureException',
        /5 slash/,
      ],
      [
        'for another service',
        { authorization: authorization.replace('/connect/', '/s3/') },
        'InvalidSignatureException',
        /correct service: 'connect'/,
      ],
      [
        'for another Region',
        { authorization: authorization.replace('us-west-2', 'eu-west-2') },
        'InvalidSignatureException',
        /valid region/,
      ],
      [
        'scoped to another day',
        { authorization: authorization.replace(/x\/\d{8}/, 'x/20200101') },
        'InvalidSignatureException',
        /Credential scope/,
      ],
      [
        'that leaves the host unsigned',
        { authorization: authorization.replace('host;', '') },
        'InvalidSignatureException',
        /'host'/,
      ],
      ['without a date', { 'x-amz-date': '' }, 'IncompleteSignatureException', /X-Amz-Date/],
      [
        'with a date in another form',
        { 'x-amz-date': new Date().toISOString() },
        'IncompleteSignatureException',
        /ISO-8601/,
      ],
      [
        'that is six minutes old',
        signed(new Date(Date.now() - 6 * 60_000)),
        'InvalidSignatureException',
        /Signature expired/,
      ],
      [
        'from six minutes ahead',
        signed(new Date(Date.now() + 6 * 60_000)),
        'InvalidSignatureException',
        /not yet current/,
      ],
    ];
  };
  for (const [index, [name]] of wrongNow().entries()) {
    it(`${name} is refused with 403`, async (t) => {
      const [, headers = {}, type, text = /^$/] = wrongNow()[index] ?? [];
      const { connectSandbox } = await start(t);
      const answer = await ask(connectSandbox, { method: 'GET', path, headers });
      assert.equal(answer.status, 403);
      assert.equal(answer.type, type);
      assert.match(answer.body.Message, text);
      assert.ok(answer.requestId);
    });
  }

  it("of the sandbox's own key is verified in full", async (t) => {
    const { connectSandbox } = await start(t);
    const right = connectTo(connectSandbox, { credentials: sandboxCredentials });
    const forged = connectTo(connectSandbox, {
      credentials: { ...sandboxCredentials, secretAccessKey: 'something else' },
    });
    t.after(() => {
      right.destroy();
      forged.destroy();
    });
    await right.send(new DescribeInstanceCommand({ InstanceId: production }));
    // A label, a query and a body that all require encoding.
    const { NextToken } = await right.send(
      new ListUsersCommand({
        InstanceId: `arn:aws:connect:us-west-2:123456789012:instance/${production}`,
        MaxResults: 2,
      }),
    );
    await right.send(new ListUsersCommand({ InstanceId: production, NextToken, MaxResults: 2 }));
    await right.send(
      new TagResourceCommand({
        resourceArn: connectSandbox.state().users[0]?.arn,
        tags: { 'Straße / 1': "it's (all) *" },
      }),
    );
    await assert.rejects(
      forged.send(new DescribeInstanceCommand({ InstanceId: production })),
      refusedWith('InvalidSignatureException', 403),
    );
  });
});
