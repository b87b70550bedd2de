import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  connectFaults,
  faultBody,
  faultWords,
  slackFaults,
} from '../../../sandbox/web/drawers/fault-catalogue.ts';
import { startWorkspace, type Workspace } from '../../../sandbox/workspace.ts';
import { testManifest } from '../slack/harness.ts';

describe('the fault forms', () => {
  let workspace: Workspace;
  before(async () => {
    workspace = await startWorkspace({ manifest: testManifest });
  });
  after(() => workspace.stop());

  for (const [on, kinds] of [
    ['slack', slackFaults],
    ['connect', connectFaults],
  ] as const) {
    for (const kind of kinds) {
      test(`${on}: "${kind.title}" is taken by the sandbox as the form sends it`, async () => {
        const body = faultBody(on, kind, {}, 2);
        const answer = await fetch(`${workspace.url}/sandbox/faults`, {
          method: 'POST',
          body: JSON.stringify(body),
        });
        const fault = (await answer.json()) as Record<string, unknown>;
        assert.equal(answer.status, 200, JSON.stringify(fault));
        assert.equal(fault.kind, kind.kind);
        assert.ok(faultWords(fault).startsWith(kind.title));
      });
    }
  }
});

test('typed text is sent in the type of the field', () => {
  const kind = slackFaults.find((slackFault) => slackFault.kind === 'drop-socket');
  const slow = connectFaults.find((connectFault) => connectFault.kind === 'slow');
  assert.ok(kind && slow);
  assert.deepEqual(faultBody('slack', kind, { announce: 'false' }, 1), {
    on: 'slack',
    kind: 'drop-socket',
    times: 1,
    announce: false,
  });
  assert.equal(faultBody('connect', slow, { delayMs: '250' }, 1).delayMs, 250);
});
