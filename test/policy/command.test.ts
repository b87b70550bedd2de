/** `npm run policy`, run as a team runs it on its policy file. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, type TestContext, test } from 'node:test';

const policy = `
instances:
  - alias: production
    instanceId: a1b2
    region: us-west-2
    requestsChannel: C0123456789
rules:
  - name: Leads hire agents
    requesters: { usergroups: [S0LEADS] }
    allow: { securityProfiles: ["Agent*"] }
    when: { users: { atMost: 2 } }
  - name: Anybody, with two approvals
    requesters: { usergroups: [S0LEADS] }
    approval: { count: 2 }
`;

function run(t: TestContext, files: Record<string, string>, args: readonly string[]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'policy-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries({ 'config.yaml': policy, ...files })) {
    writeFileSync(path.join(folder, name), text);
  }
  const command = path.resolve('src/policy-command/main.ts');
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [command, ...args], { cwd: folder }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

const csv = [
  'first name,last name,user login,routing profile name,security profile name',
  'Ann,A,ann,Basic,Agent',
  'Bo,B,bo,Basic,Supervisor',
].join('\n');

describe('npm run policy', { concurrency: 3 }, () => {
  test('explains what would happen to a file, rule by rule', async (t) => {
    const args = [
      'explain',
      '--requester',
      'U0TARA',
      '--usergroup',
      'S0LEADS',
      '--file',
      'users.csv',
    ];
    const { code, out, err } = await run(t, { 'users.csv': csv }, args);
    assert.equal(code, 0, err);
    assert.match(out, /U0TARA requests 2 users in production:/);
    assert.match(
      out,
      /1\. Leads hire agents: no, the security profile “Supervisor” is not allowed/,
    );
    assert.match(out, /2\. Anybody, with two approvals: matches/);
    assert.match(out, /→ requires approval: 2 × Approval by holders of Users – Create/);
  });

  test('runs a table of cases, and ends with 1 when one comes out otherwise', async (t) => {
    const cases = `
cases:
  - name: a lead hires one agent
    requester: { usergroups: [S0LEADS] }
    users: [{ securityProfiles: [Agent] }]
    expect: { outcome: ask, rule: Leads hire agents, approvals: 1 }
  - name: three need two approvals
    requester: { usergroups: [S0LEADS] }
    users: [{ times: 3 }]
    expect: { outcome: ask, approvals: 1 }
  - name: nobody else asks
    requester: {}
    users: [{}]
    expect: { outcome: refused }
`;
    const { code, out } = await run(t, { 'cases.yaml': cases }, ['test', 'cases.yaml']);
    assert.equal(code, 1);
    assert.match(
      out,
      /✔ a lead hires one agent\n✖ three need two approvals\n {4}needs 2 approvals, not 1\n✔ nobody/,
    );
    assert.match(out, /2 passed, 1 failed/);
  });

  test('says what is wrong with the policy, or with its arguments', async (t) => {
    const wrong = policy.replace('requesters:', 'requestors:');
    const bad = await run(t, { 'config.yaml': wrong, 'cases.yaml': 'cases: []' }, [
      'test',
      'cases.yaml',
    ]);
    assert.equal(bad.code, 1);
    assert.match(bad.err, /did you mean “requesters”/);
    const none = await run(t, {}, ['explain']);
    assert.equal(none.code, 2);
    assert.match(none.err, /needs --requester and --file/);
  });
});
