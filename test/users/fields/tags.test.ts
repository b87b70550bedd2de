import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codesOf, managed, mary, onlyFinding, userOf } from '../fixtures.ts';

const tagsOf = (tags: string) => userOf({ ...mary, tags }).tags;
const many = (count: number) => Array.from({ length: count }, (_, at) => `k${at}=v`).join('|');

describe('tags', () => {
  it('are read as pieces, as lines and as JSON', () => {
    const expected = { team: 'Wrens', 'cost center': '4=2' };
    assert.deepEqual(tagsOf('team=Wrens|cost center=4=2'), expected);
    assert.deepEqual(tagsOf(' team = Wrens \r\n\n cost center = 4=2 '), expected);
    assert.deepEqual(tagsOf('{"team": "Wrens", "cost center": "4=2"}'), expected);
    assert.deepEqual(tagsOf('team='), { team: '' });
    assert.deepEqual(tagsOf(' '), {});
  });

  it('may contain separators when they are written as JSON', () => {
    assert.deepEqual(tagsOf('{"a": "b|c\\"d"}'), { a: 'b|c"d' });
  });

  it('keep the key __proto__', () => {
    assert.deepEqual(Object.keys(tagsOf('__proto__=x|constructor=y')), [
      '__proto__',
      'constructor',
    ]);
  });

  it('are refused when a key is repeated, also in JSON', () => {
    assert.deepEqual(codesOf('tags', { tags: 'a=1|a=2' }), ['tags.twice']);
    assert.deepEqual(codesOf('tags', { tags: '{"a": "1", "\\u0061": "2"}' }), ['tags.twice']);
  });

  it('are refused when they cannot be read', () => {
    for (const [tags, code] of [
      ['team', 'tags.form'],
      ['=Wrens', 'tags.no-key'],
      ['{"a": 1}', 'tags.json'],
      ['{"a": {"b": "c"}}', 'tags.json'],
      ['{"a": ["b"]}', 'tags.json'],
      ['{"a": "b"', 'tags.json'],
      ['{"a": 1, "a": "b"}', 'tags.json'],
      ['{"a": "b\\u0000"}', 'tags.value-unprintable'],
      ['a,b=c', 'tags.key-letters'],
      ['aws:x=y', 'tags.reserved'],
      ['AWS:x=y', 'tags.reserved'],
      ['a=x\u202Ey', 'field.direction-override'],
      ['a=b|c=x\u0000y', 'field.unprintable'],
    ] as const) {
      assert.deepEqual(codesOf('tags', { tags }), [code], tags);
    }
  });

  it('with curly quotes in JSON are suggested with straight ones', () => {
    assert.equal(onlyFinding({ tags: '{“a”: “b”}' }).suggestion, '{"a": "b"}');
  });

  it('have keys up to 128 and values up to 256 characters', () => {
    assert.equal(tagsOf(`${'k'.repeat(128)}=${'v'.repeat(256)}`)['k'.repeat(128)]?.length, 256);
    assert.deepEqual(codesOf('tags', { tags: `${'k'.repeat(129)}=v` }), ['tags.key-too-long']);
    assert.deepEqual(codesOf('tags', { tags: `k=${'v'.repeat(257)}` }), ['tags.value-too-long']);
  });

  it('are 50 at most, the bot’s own among them', () => {
    assert.equal(Object.keys(tagsOf(many(49))).length, 49);
    assert.equal(
      onlyFinding({ tags: many(50) }).text,
      'A user can have at most 49 tags (this has 50).',
    );
    const context = { ...managed, tagsOfTheBot: 0 };
    assert.equal(Object.keys(userOf({ ...mary, tags: many(50) }, context).tags).length, 50);
  });

  it('get a few findings, and not thousands, when all of them are wrong', () => {
    assert.ok(codesOf('tags', { tags: 'x\n'.repeat(10_000) }).length <= 10);
    assert.deepEqual(codesOf('tags', { tags: '!=1|'.repeat(10_000) }), ['tags.too-many']);
    const wrong = Array.from({ length: 100 }, (_, at) => `!${at}=1`).join('|');
    assert.ok(codesOf('tags', { tags: wrong }).length <= 12);
  });

  it('get each finding once, however many of them have the same mistake', () => {
    assert.deepEqual(codesOf('tags', { tags: '=1|=1|=1|team=Wrens|team=Wrens|team=Wrens' }), [
      'tags.no-key',
      'tags.twice',
    ]);
  });

  it('include those of the instance unless the user has others, and these count toward the limit', () => {
    const context = { ...managed, defaultTags: { team: 'none', origin: 'slack' } };
    assert.deepEqual(userOf(mary, context).tags, { team: 'none', origin: 'slack' });
    const { tags } = userOf({ ...mary, tags: 'team=Wrens' }, context);
    assert.deepEqual(tags, { team: 'Wrens', origin: 'slack' });
    assert.deepEqual(codesOf('tags', { tags: many(48) }, context), ['tags.too-many']);
  });

  it('are a finding when the instance requires them and they are missing or empty', () => {
    const context = { ...managed, requiredTags: ['cost center', 'team'] };
    for (const tags of ['', 'team=Wrens', 'team=|cost center=1']) {
      assert.deepEqual(codesOf('tags', { tags }, context), ['tags.required'], tags);
    }
    assert.deepEqual(codesOf('tags', { tags: 'team=Wrens|cost center=1' }, context), []);
    const filled = { ...context, defaultTags: { 'cost center': '1' } };
    assert.deepEqual(codesOf('tags', { tags: 'team=Wrens' }, filled), []);
  });
});
