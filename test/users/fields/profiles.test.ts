import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codesOf, mary, onlyFinding, right, userOf } from '../fixtures.ts';

const byName = (...names: string[]) => names.map((name) => ({ name }));

describe('a profile', () => {
  it('is found by name whatever the case and the spaces, and shown as it was taken', () => {
    const { user, corrections } = right({
      ...mary,
      routingProfile: { name: ' basic  ROUTING\u00A0profile' },
    });
    assert.equal(user.routingProfile.name, 'Basic Routing Profile');
    assert.deepEqual(
      corrections.map((correction) => correction.to),
      ['Basic Routing Profile'],
    );
  });

  it('is the one with the exact name when names differ in case only', () => {
    const draft = { ...mary, securityProfiles: byName('agent lead') };
    assert.deepEqual(
      userOf(draft).securityProfiles.map((securityProfile) => securityProfile.name),
      ['agent lead'],
    );
    const finding = onlyFinding({ securityProfiles: byName('AGENT LEAD') });
    assert.equal(finding.code, 'choice.ambiguous');
    assert.match(finding.text, /agent lead, Agent Lead/);
  });

  it('gets a suggestion when it is misspelled', () => {
    for (const [typed, meant] of [
      ['Basic Ruting Profile', 'Basic Routing Profile'],
      ['basic routing profiel', 'Basic Routing Profile'],
      ['Tier2', 'Tier 2'],
      ['Nacht', 'Nachtschicht'],
      ['Something else', undefined],
      ['x'.repeat(10_000), undefined],
    ] as const) {
      const finding = onlyFinding({ routingProfile: { name: typed } });
      assert.deepEqual([finding.code, finding.suggestion], ['choice.unknown', meant]);
      assert.ok(finding.text.length < 200);
    }
    assert.equal(
      onlyFinding({ routingProfile: { name: 'Basic Ruting Profile' } }).text,
      'There is no routing profile “Basic Ruting Profile” in production.',
    );
  });

  it('must be chosen again when it was deleted after it was picked', () => {
    assert.equal(onlyFinding({ routingProfile: { id: 'gone' } }).code, 'choice.gone');
    assert.equal(onlyFinding({ securityProfiles: [{ id: 'gone' }] }).code, 'choice.gone');
    assert.equal(onlyFinding({ hierarchyGroup: { id: 'gone' } }).code, 'choice.gone');
  });
});

describe('security profiles', () => {
  const extra = (count: number) => Array.from({ length: count }, (_, at) => `Extra ${at}`);

  it('must be one to ten', () => {
    assert.equal(
      userOf({ ...mary, securityProfiles: byName(...extra(10)) }).securityProfiles.length,
      10,
    );
    const finding = onlyFinding({ securityProfiles: byName(...extra(11)) });
    assert.equal(finding.text, 'A user can have at most 10 security profiles (this has 11).');
    assert.deepEqual(codesOf('securityProfiles', { securityProfiles: byName('', ' ') }), [
      'field.missing',
    ]);
  });

  it('count once when they are named twice, and a finding says so', () => {
    const { user, corrections } = right({
      ...mary,
      securityProfiles: [...byName('Agent', 'AGENT'), { id: 'id of Agent' }],
    });
    assert.deepEqual(user.securityProfiles, [{ id: 'id of Agent', name: 'Agent' }]);
    assert.deepEqual(corrections, [
      { field: 'securityProfiles', from: 'Agent|AGENT|Agent', to: 'Agent' },
    ]);
  });

  it('are all checked, also after the first wrong one', () => {
    const wrong = { securityProfiles: byName('Agnet', 'Agent', 'Supervisr') };
    assert.deepEqual(codesOf('securityProfiles', wrong), ['choice.unknown', 'choice.unknown']);
  });

  it('are one mistake, and none of them is looked up, when there are more than 30', () => {
    const names = Array.from({ length: 31 }, (_, at) => `unknown ${at}`);
    const finding = onlyFinding({ securityProfiles: byName(...names) });
    assert.equal(
      finding.text,
      'A user can have at most 10 security profiles (this has more than 30).',
    );
    const codes = codesOf('securityProfiles', { securityProfiles: byName(...names.slice(1)) });
    assert.deepEqual(new Set(codes), new Set(['choice.unknown']));
    assert.equal(codes.length, 10);
  });

  it('that are not there are a finding once, however often one is named', () => {
    const twice = { securityProfiles: byName('Agnet', 'Agnet', 'Agent', 'Agnet') };
    assert.deepEqual(codesOf('securityProfiles', twice), ['choice.unknown']);
  });
});

describe('a hierarchy group', () => {
  const pathOf = (name: string) =>
    userOf({ ...mary, hierarchyGroup: { name } }).hierarchyGroup?.path.join(' > ');

  it('is found by its name when only one has it', () => {
    assert.equal(pathOf('Tier 1'), 'North > Sales > Tier 1');
    assert.equal(pathOf('tier 1'), 'North > Sales > Tier 1');
  });

  it('is found by its path, however the path is written', () => {
    for (const name of [
      'North / Sales / Tier 1',
      'North|Sales|Tier 1',
      'north/sales/tier 1',
      ' North |Sales| TIER 1 ',
      '/ North / Sales / Tier 1',
    ]) {
      assert.equal(pathOf(name), 'North > Sales > Tier 1');
    }
    assert.equal(pathOf('In/Out'), 'In/Out');
    assert.equal(pathOf('In/Out|Night'), 'In/Out > Night');
    assert.equal(pathOf('In/Out / Night'), 'In/Out > Night');
  });

  it('must be named by its path when several have the same name', () => {
    const sales = onlyFinding({ hierarchyGroup: { name: 'Sales' } });
    assert.equal(sales.code, 'choice.ambiguous');
    assert.match(sales.text, /: North \/ Sales, South \/ Sales\./);
    const north = onlyFinding({ hierarchyGroup: { name: 'North' } });
    assert.match(north.text, /: \/ North, South \/ North\./);
    assert.equal(pathOf('/ North'), 'North');
    assert.equal(pathOf('|North'), 'North');
  });

  it('gets a suggestion when it is misspelled', () => {
    for (const [typed, meant] of [
      ['North|Sales|Teir 1', 'North / Sales / Tier 1'],
      ['South / Slaes', 'South / Sales'],
      ['Teir 1', 'Tier 1'],
    ] as const) {
      assert.equal(onlyFinding({ hierarchyGroup: { name: typed } }).suggestion, meant);
    }
  });
});
