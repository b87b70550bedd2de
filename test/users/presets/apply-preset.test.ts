/** Which fields a preset fills in, which it leaves unchanged, and which of its names do not exist. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readAtStart } from '../../../src/connect/read-at-start.ts';
import { explain } from '../../../src/errors/problem.ts';
import { checkUser } from '../../../src/users/check/check-user.ts';
import { createNotes } from '../../../src/users/draft-findings.ts';
import type { UserDraft } from '../../../src/users/new-user.ts';
import type { Preset } from '../../../src/users/preset.ts';
import { applyPreset, goneFromPreset } from '../../../src/users/presets/apply-preset.ts';
import { managed } from '../fixtures.ts';

const tier1: Preset = {
  name: 'Tier 1',
  values: {
    routingProfile: { name: 'Tier 2' },
    securityProfiles: [{ name: 'Agent' }],
    hierarchyGroup: { name: 'North / Sales' },
    phoneType: 'soft',
    autoAccept: 'yes',
    afterContactWorkSeconds: '60',
    tags: 'team=blue',
  },
  canChange: ['afterContactWorkSeconds'],
  mayUse: true,
};

function applied(draft: UserDraft, preset: Preset = tier1) {
  const notes = createNotes();
  const filled = applyPreset(
    { ...draft, preset: 'Tier 1' },
    { ...managed, presets: [preset] },
    notes,
  );
  return { filled, said: notes.findings.map(({ field, problem }) => [field, problem.code]) };
}

describe('a preset', () => {
  test('refuses every value that it fixes and that is sent otherwise, as a forged form could', () => {
    for (const [field, forged] of [
      ['routingProfile', { id: 'id of Nachtschicht' }],
      ['securityProfiles', [{ id: 'id of Admin' }]],
      ['securityProfiles', [{ id: 'id of Agent' }, { id: 'id of Admin' }]],
      ['hierarchyGroup', { id: 'id of South' }],
      ['phoneType', 'desk'],
      ['autoAccept', 'no'],
      ['tags', 'team=red'],
    ] as const) {
      assert.deepEqual(applied({ [field]: forged }).said, [[field, 'preset.fixed']], field);
    }
  });

  test('takes the same value, by id or name, and another one where it may be changed', () => {
    const { filled, said } = applied({
      routingProfile: { id: 'id of Tier 2' },
      securityProfiles: [{ name: 'agent' }],
      afterContactWorkSeconds: '5',
    });
    assert.deepEqual(said, []);
    assert.equal(filled.afterContactWorkSeconds, '5');
    assert.equal(filled.tags, 'team=blue');
  });

  test('fills in nothing for a person who may not use it', () => {
    const { filled, said } = applied({}, { ...tier1, mayUse: false });
    assert.deepEqual(said, [['preset', 'preset.not-yours']]);
    assert.deepEqual(filled, { preset: 'Tier 1' });
  });

  test('says which of its names are gone, or mean several things', () => {
    assert.deepEqual(goneFromPreset(tier1, managed), []);
    const values = {
      routingProfile: { name: 'Gone' },
      securityProfiles: [{ name: 'Agent' }, { name: 'AGENT LEAD' }],
      hierarchyGroup: { name: 'Sales' },
      tags: 'team=blue',
    };
    assert.deepEqual(goneFromPreset({ values }, managed), ['Gone', 'AGENT LEAD', 'Sales']);
    assert.deepEqual(applied({}, { ...tier1, values }).said, [
      ['preset', 'preset.broken'],
      ['preset', 'preset.broken'],
      ['preset', 'preset.broken'],
    ]);
  });

  test('is logged at the start of the bot when it names a deleted profile', async () => {
    const said: unknown[] = [];
    const log = { warn: (...line: unknown[]) => said.push(line) };
    const gone = { ...tier1, name: 'Old team', values: { routingProfile: { name: 'Gone' } } };
    const config = { alias: 'production', region: 'us-east-1', presets: [tier1, gone] };
    const directory = { get: async () => managed.directory };
    await readAtStart({ config, directory } as never, log as never);
    assert.deepEqual(said, [
      [
        { instance: 'production', preset: 'Old team', gone: ['Gone'] },
        'a preset names what this instance does not have',
      ],
    ]);
  });

  test('gets a finding at the username when its pattern makes none, or one that is too long', () => {
    const preset = { ...tier1, usernamePattern: '{first}.{last}' };
    const context = { ...managed, presets: [preset] };
    for (const [firstName, lastName, said] of [
      ['太郎', '山田', /can’t make a username out of these names/],
      ['Mary', 'M'.repeat(99), /100 characters/],
    ] as const) {
      const draft = { preset: 'Tier 1', firstName, lastName, email: 'new@example.com' };
      const checked = checkUser(draft, context);
      assert.ok(!checked.ok);
      const atUsername = checked.findings.filter(({ field }) => field === 'username');
      assert.match(atUsername.map(({ problem }) => explain(problem)).join('\n'), said);
    }
  });
});
