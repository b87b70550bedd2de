import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isSlackAddress } from '../../src/slack/client.ts';
import {
  checkScopes,
  readMissingScopes,
  scopeUses,
} from '../../src/slack/conversations/check-scopes.ts';
import { log } from '../services.ts';
import { slackStub } from './stub.ts';

describe('addresses of Slack', () => {
  const trusts = (api: string, address: string) =>
    isSlackAddress(new URL(address), { apiUrl: `https://${api}/api/` });

  test('are those of the Slack that the bot is set up for, over https', () => {
    for (const [api, domain] of [
      ['slack.com', 'slack.com'],
      ['slack-gov.com', 'slack-gov.com'],
    ] as const) {
      assert.ok(trusts(api, `https://files.${domain}/f`));
      assert.ok(trusts(api, `https://${domain}/f`));
      assert.ok(!trusts(api, `http://files.${domain}/f`));
      assert.ok(!trusts(api, `https://files.${domain}.evil.example/f`));
      assert.ok(!trusts(api, `https://evil${domain}/f`));
    }
    assert.ok(!trusts('slack.com', 'https://files.slack-gov.com/f'));
    assert.ok(!trusts('slack-gov.com', 'https://files.slack.com/f'));
  });

  test('are the configured host and no other for any other Web API', () => {
    assert.ok(trusts('slack.internal:8443', 'https://slack.internal:8443/files/f'));
    assert.ok(!trusts('slack.internal:8443', 'https://slack.internal/files/f'));
    assert.ok(!trusts('slack.internal:8443', 'https://files.slack.com/f'));
  });
});

describe('the scopes of the installed app', () => {
  const without = (scope: string) =>
    Object.keys(scopeUses)
      .filter((granted) => granted !== scope)
      .join(',');

  test('are named with what does not work when they are missing', async (t) => {
    const slack = await slackStub(t);
    slack.header('x-oauth-scopes', without('files:write'));
    assert.deepEqual(await readMissingScopes(slack.client), [
      { scope: 'files:write', without: 'reports, results and templates cannot be handed out' },
    ]);
    const warnings: object[] = [];
    const listening = Object.assign(Object.create(log), {
      warn: (about: object) => void warnings.push(about),
    });
    await checkScopes(slack.client, listening);
    assert.equal(warnings.length, 1);
  });

  test('are not guessed at when Slack does not say', async (t) => {
    const slack = await slackStub(t);
    assert.deepEqual(await readMissingScopes(slack.client), []);
    slack.on('auth.test', 'lost');
    await checkScopes(slack.client, log);
  });
});
