import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codesOf, managed, mary, userOf } from './fixtures.ts';

const context = {
  ...managed,
  predefinedAttributes: new Map([
    ['Language', ['English', 'German']],
    ['Product: new', ['Cards=1']],
  ]),
};
const read = (proficiencies: string) => userOf({ ...mary, proficiencies }, context).proficiencies;
const german = { attribute: 'Language', value: 'German', level: 4 };

describe('proficiencies', () => {
  it('are read as pieces, as lines, and as the JSON of AssociateUserProficiencies', () => {
    assert.deepEqual(read('Language=German:4'), [german]);
    assert.deepEqual(read(' Language = German : 4 \nProduct: new=Cards=1:1'), [
      german,
      { attribute: 'Product: new', value: 'Cards=1', level: 1 },
    ]);
    const json = [{ AttributeName: 'Language', AttributeValue: 'German', Level: 4 }];
    assert.deepEqual(read(JSON.stringify(json)), [german]);
    assert.equal(read(''), undefined);
  });

  it('are checked against what the instance has', () => {
    const cases: [string, string][] = [
      ['Language', 'proficiencies.form'],
      ['[{"AttributeName": 1}]', 'proficiencies.form'],
      ['Height=Tall:3', 'proficiencies.attribute'],
      ['Language=Klingon:3', 'proficiencies.value'],
      ['Language=German:6', 'proficiencies.level'],
      ['Language=German:2.5', 'proficiencies.level'],
      ['Language=German:1|Language=German:2', 'proficiencies.twice'],
      [Array.from({ length: 11 }, () => 'Language=German:1').join('|'), 'proficiencies.too-many'],
    ];
    for (const [proficiencies, code] of cases) {
      assert.deepEqual(codesOf('proficiencies', { proficiencies }, context), [code], proficiencies);
    }
  });

  it('cannot be requested where the bot may not read what there is', () => {
    const found = codesOf('proficiencies', { proficiencies: 'Language=German:4' });
    assert.deepEqual(found, ['proficiencies.not-known']);
  });
});
