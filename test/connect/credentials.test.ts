/** Roles in other accounts, assumed with the sandbox's STS. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { AssumedRole } from '../../src/config/config.ts';
import { createAwsGateway } from '../../src/connect/aws/aws-gateway.ts';
import { start } from '../sandbox/connect/sandbox-client.ts';
import { credentials, mary } from './stub.ts';

const partner = 'f6a7b8c9-0123-4def-a012-3456789abcde';
const partnerRole: AssumedRole = {
  arn: 'arn:aws:iam::210987654321:role/connect-add-user',
  externalId: 'harbour-7391',
  sessionName: 'the-bot',
};

async function open(t: TestContext, role: AssumedRole) {
  const { connectSandbox } = await start(t);
  const before = process.env.AWS_ENDPOINT_URL_STS;
  process.env.AWS_ENDPOINT_URL_STS = connectSandbox.url;
  t.after(() => {
    if (before === undefined) delete process.env.AWS_ENDPOINT_URL_STS;
    else process.env.AWS_ENDPOINT_URL_STS = before;
  });
  const endpoint = connectSandbox.url;
  const gateway = createAwsGateway(
    { alias: 'partner', instanceId: partner, region: 'us-west-2', endpoint, role },
    { credentials },
  );
  t.after(() => gateway.close());
  const called = (name: string) =>
    connectSandbox.calls().filter(({ operation }) => operation === name).length;
  return { connectSandbox, gateway, called };
}

describe('an instance in another account', () => {
  it('is reached with its role, which is assumed once for many calls', async (t) => {
    const { gateway, called } = await open(t, partnerRole);
    const facts = await Promise.all([gateway.instance(), gateway.instance()]);
    assert.match(facts[0].arn, /^arn:aws:connect:us-west-2:210987654321:/);
    assert.ok((await gateway.users()).length > 0);
    assert.equal(called('AssumeRole'), 1);
  });

  it('gets other credentials when these have ended', async (t) => {
    const { gateway, connectSandbox, called } = await open(t, partnerRole);
    await gateway.instance();
    connectSandbox.expireSessions();
    await gateway.instance().catch(() => {});
    assert.equal((await gateway.instance()).id, partner);
    assert.equal(called('AssumeRole'), 2);
  });

  it('creates nobody, until somebody acts, when its role may not be assumed', async (t) => {
    const { externalId: _without, ...role } = partnerRole;
    const { gateway, called } = await open(t, role);
    const outcome = await gateway.createUser({ user: mary, password: 'Pass@Word1', tags: {} });
    assert.partialDeepStrictEqual(outcome, { kind: 'refused', reason: 'denied' });
    assert.match(
      'detail' in outcome ? outcome.detail : '',
      /not authorized to perform: sts:AssumeRole/,
    );
    await assert.rejects(gateway.instance(), { name: 'ConnectReadError', kind: 'denied' });
    assert.equal(called('CreateUser'), 0);
  });

  it('waits, and creates nobody, while STS does not answer', async (t) => {
    const { gateway, connectSandbox, called } = await open(t, partnerRole);
    connectSandbox.addFault({ on: 'connect', kind: 'html-502', operation: 'AssumeRole', times: 3 });
    const outcome = await gateway.createUser({ user: mary, password: 'Pass@Word1', tags: {} });
    assert.partialDeepStrictEqual(outcome, { kind: 'not-sent', reason: 'credentials' });
    assert.equal(called('CreateUser'), 0);
    assert.equal((await gateway.instance()).id, partner);
  });
});
