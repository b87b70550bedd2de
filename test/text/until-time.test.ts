import assert from 'node:assert/strict';
import { test } from 'node:test';
import { untilTime } from '../../src/text/until-time.ts';

test('ends of a period are read as people write them, and other texts are refused', () => {
  const wednesday = new Date('2026-11-25T13:00:00Z');
  const ends: readonly [string, string | null][] = [
    ['until Friday', '2026-11-28T00:00:00.000Z'],
    ['fri', '2026-11-28T00:00:00.000Z'],
    ['until Wednesday', '2026-11-26T00:00:00.000Z'],
    ['until 2026-12-24', '2026-12-25T00:00:00.000Z'],
    ['for 3 days', '2026-11-28T13:00:00.000Z'],
    ['tomorrow', '2026-11-27T00:00:00.000Z'],
    ['until 2025-12-24', null],
    ['until 2027-12-24', null],
    ['whenever', null],
    ['', null],
  ];
  for (const [text, end] of ends) {
    assert.equal(untilTime(text, wednesday, 90)?.toISOString() ?? null, end, text);
  }
});
