import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { InstanceConfig } from '../../../src/config/config.ts';
import { chooseInstance } from '../../../src/requests/submit/choose-instance.ts';

const instances = ['production', 'sso', 'branch', 'sso-eu'].map(
  // Only these properties of an instance are read.
  (alias) => ({ alias, requestsChannel: `C-${alias}` }) as InstanceConfig,
);

function chosen(text: string, channel = 'D1'): string | undefined {
  const found = chooseInstance(instances, { text, channel });
  return found?.kind === 'chosen' ? found.instance.alias : found?.aliases.join('+');
}

describe('the instance of a file', () => {
  const named: readonly (readonly [text: string, alias: string])[] = [
    ['<@U1> sso', 'sso'],
    ['<@U1> SSO please', 'sso'],
    ['branch', 'branch'],
    ['<@U1> new agents for branch', 'branch'],
    ['<@U1> new agents for branch.', 'branch'],
    ['<@U1> these start on Monday in sso-eu, thanks', 'sso-eu'],
    ['<@U1> instance: branch, approved by Mary', 'branch'],
    ['<@U1> for the `branch` instance', 'branch'],
    ['<@U1> please add them to “branch”', 'branch'],
    ['<@U1> sso: twelve agents', 'sso'],
  ];
  for (const [text, alias] of named) {
    it(`is ${alias} in “${text}”`, () => assert.equal(chosen(text), alias));
  }

  const ordinary = [
    '<@U1> new agents of our Berlin branch',
    '<@U1> the branch in Berlin starts on Monday',
    '<@U1> for our branch managers',
    '<@U1> they need production access soon',
    '<@U1> for sso-users',
    '<@U1> for branch.example.com',
    '<@U1>',
    '',
  ];
  for (const text of ordinary) {
    it(`is that of the channel in “${text}”`, () => {
      assert.equal(chosen(text, 'C-sso'), 'sso');
      assert.equal(chosen(text), 'production');
    });
  }

  it('is asked about where the message names several', () => {
    assert.equal(chosen('<@U1> production branch'), 'production+branch');
    assert.equal(chosen('<@U1> for sso and branch'), 'sso+branch');
    assert.equal(chosen('<@U1> for sso, not for branch', 'C-sso'), 'sso+branch');
    assert.equal(chosen('<@U1> the same list for sso, for sso'), 'sso');
  });

  it('is undefined when no instance is configured', () => {
    assert.equal(chooseInstance([], { text: 'sso', channel: 'D1' }), undefined);
  });
});
