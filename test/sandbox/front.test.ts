import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ConnectSandbox, startConnect } from '../../sandbox/connect/server.ts';
import { until } from '../until.ts';
import { type Answer, startTestSandbox, type TestSandbox } from './slack/harness.ts';

describe('The front', () => {
  let connect: ConnectSandbox;
  let sandbox: TestSandbox;

  before(async () => {
    connect = await startConnect({
      port: 0,
      onCall: (call) => sandbox.onConnectCall(call),
      onChange: (instance) => sandbox.onConnectChange(instance),
    });
    const page = async (path: string) =>
      path === '/' ? { body: '<p>page</p>', type: 'text/html' } : null;
    sandbox = await startTestSandbox({ connect, page });
  });
  after(async () => {
    await sandbox.stop();
    await connect.stop();
  });

  it('shows Amazon Connect and lets its settings be changed', async () => {
    const state = await sandbox.call('GET', '/connect?instance=sso');
    assert.equal(state.instance.alias, 'sso');
    const { connect: known } = await sandbox.call('GET', '/state?user=U0TARA');
    assert.deepEqual(
      known.instances.map(({ alias }: Answer) => alias),
      ['production', 'sso', 'branch', 'berlin', 'global', 'partner', 'gov'],
    );
    assert.deepEqual((await sandbox.call('GET', '/connect/instances')).instances, known.instances);
    const changed = await sandbox.call('PATCH', '/connect/settings', { burst: 9 });
    assert.equal(changed.burst, 9);
    assert.equal((await sandbox.call('GET', '/connect/settings')).burst, 9);
    const wrong = await sandbox.attempt('PATCH', '/connect/settings', { burst: -1 });
    assert.ok(wrong.status >= 400 && wrong.status < 500);
    assert.equal((await sandbox.attempt('GET', '/connect?instance=moon')).status, 404);
  });

  it('passes on what an admin does on the Connect website', async () => {
    const change = { instance: 'production', action: 'delete-user', user: { username: 'jdoe' } };
    const { users } = await sandbox.call('POST', '/connect/profiles', change);
    assert.ok(!users.some(({ username }: Answer) => username === 'jdoe'));
  });

  it('keeps the faults of both halves in one list', async () => {
    const slack = { on: 'slack', kind: 'reorder', match: '*' };
    const aws = { on: 'connect', kind: 'reset', operation: 'CreateUser', times: 2 };
    await sandbox.call('POST', '/faults', slack);
    const fault = await sandbox.call('POST', '/faults', aws);
    assert.deepEqual([fault.times, fault.on], [2, 'connect']);
    const listed = async () => (await sandbox.call('GET', '/faults')).faults.length;
    assert.equal(await listed(), 2);
    await sandbox.call('DELETE', `/faults/${fault.id}`);
    assert.equal(await listed(), 1);
    await sandbox.call('DELETE', '/faults');
    assert.equal(await listed(), 0);
    const wrong = { on: 'connect', kind: 'nonsense', operation: '*' };
    assert.equal((await sandbox.attempt('POST', '/faults', wrong)).status, 400);
  });

  it('records the calls to Amazon Connect among the others', async () => {
    await fetch(`${connect.url}/users/none/none`);
    const entries = await until('the call is recorded', async () => {
      const wire = await sandbox.call('GET', '/wire?kind=connect');
      return wire.entries.length > 0 && wire.entries;
    });
    assert.equal(entries[0].ok, false);
    assert.match(String(entries[0].status), /Exception$/);
  });

  it('serves the page, opens permalinks on it, and answers other paths with 404', async () => {
    assert.equal(await (await fetch(sandbox.url)).text(), '<p>page</p>');
    const posted = await sandbox.api('chat.postMessage', { channel: 'C0REQUESTS', text: 'a' });
    const { permalink } = await sandbox.api('chat.getPermalink', {
      channel: 'C0REQUESTS',
      message_ts: posted.ts,
    });
    const link = await fetch(permalink, { redirect: 'manual' });
    assert.equal(link.headers.get('location'), `/?channel=C0REQUESTS&message=${posted.ts}`);
    assert.equal((await fetch(`${sandbox.url}/nothing`)).status, 404);
  });
});
