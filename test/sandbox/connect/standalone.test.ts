import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ConnectState } from '../../../sandbox/api/connect.ts';
import type { Fault, Wire } from '../../../sandbox/api/wire.ts';
import { production, signed } from './sandbox-client.ts';

const main = fileURLToPath(new URL('../../../sandbox/connect/main.ts', import.meta.url));

function run(args: string[]): ChildProcess {
  return spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Starts it as `npm run sandbox:connect` does and waits for its ready line. */
async function startAlone(t: TestContext, args: string[]) {
  const child = run(['--port', '0', ...args]);
  t.after(() => child.kill('SIGKILL'));
  for await (const chunk of child.stdout ?? []) {
    const url = /sandbox connect ready: (http:\/\/127\.0\.0\.1:\d+)/.exec(String(chunk))?.[1];
    if (url) return { child, url };
  }
  throw new Error('it ended without a ready line');
}

const call = async <Answer>(url: string, method = 'GET', body?: unknown) => {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Answer };
};

describe('the offline Amazon Connect alone', () => {
  it('prints its address, takes settings as flags, is controlled over HTTP and stops on SIGTERM', async (t) => {
    const { child, url } = await startAlone(t, [
      '--rate',
      '1',
      '--burst',
      '2',
      '--users-quota',
      '60',
    ]);
    const state = await call<ConnectState>(`${url}/sandbox/connect?instance=sso`);
    assert.equal(state.body.instance.identity, 'SAML');
    assert.equal(state.body.settings.burst, 2);
    assert.equal(state.body.settings.usersQuota, 60);

    const settings = await call<{ burst: number }>(`${url}/sandbox/connect/settings`, 'PATCH', {
      burst: 7,
    });
    assert.equal(settings.body.burst, 7);
    const wrong = await call<{ error: string; detail: string }>(
      `${url}/sandbox/connect/settings`,
      'PATCH',
      { brust: 7 },
    );
    assert.equal(wrong.status, 400);
    assert.match(wrong.body.detail, /brust/);

    const added = await call<{ fault: Fault }>(`${url}/sandbox/faults`, 'POST', {
      on: 'connect',
      kind: 'error',
      operation: 'DescribeInstance',
      error: 'ThrottlingException',
    });
    const ask = () => fetch(`${url}/instance/${production}`, { headers: signed() });
    assert.equal((await ask()).status, 429);
    assert.equal((await ask()).status, 200);
    const gone = await call(`${url}/sandbox/faults/${added.body.fault.id}`, 'DELETE');
    assert.equal(gone.status, 404);

    const wire = await call<Wire>(`${url}/sandbox/wire`);
    assert.deepEqual(
      wire.body.entries.map(({ kind, name, status }) => [kind, name, status]),
      [
        ['connect', 'DescribeInstance', 'ThrottlingException'],
        ['connect', 'DescribeInstance', 200],
      ],
    );
    const later = await call<Wire>(`${url}/sandbox/wire?after=${wire.body.next}`);
    assert.deepEqual(later.body, { entries: [], next: wire.body.next });

    const change = { instance: 'production', action: 'delete-user', id: 'jdoe' };
    assert.equal((await call(`${url}/sandbox/connect/profiles`, 'POST', change)).status, 200);
    assert.equal((await call(`${url}/sandbox/connect/profiles`, 'POST', change)).status, 404);
    assert.equal((await call(`${url}/sandbox/reset`, 'POST')).status, 200);
    assert.equal((await call(`${url}/sandbox/nothing`)).status, 404);
    const noJson = await fetch(`${url}/sandbox/faults`, { method: 'POST', body: 'x' });
    assert.equal(noJson.status, 400);

    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    assert.equal(code, 0);
  });

  it('says what is wrong with its flags and exits with 1', async () => {
    for (const args of [
      ['--rate', 'fast'],
      ['--port', '70000'],
      ['--burst', '0'],
      ['--color', 'red'],
    ]) {
      const child = run(args);
      let text = '';
      child.stderr?.on('data', (chunk) => {
        text += chunk;
      });
      const [code] = await once(child, 'close');
      assert.equal(code, 1, args.join(' '));
      assert.match(text, /usage: npm run sandbox:connect/);
    }
  });
});
