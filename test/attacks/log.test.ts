/** Text from outside in a log line takes time proportional to its length, and its length is limited. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog } from '../../src/operations/log.ts';

const hundredKilobytes = 100_000;
const texts: readonly [about: string, unit: string][] = [
  ['letters', 'a'],
  ['addresses', 'a://'],
  ['addresses without an end', 'http://a:'],
  ['names of secrets', 'password '],
  ['marks of tokens', 'Bearer '],
  ['blanks', ' '],
  ['at signs', 'a:@'],
  ['quotation marks', 'token":"'],
];

for (const [about, unit] of texts) {
  test(`100 KB of ${about} are logged within a moment`, () => {
    const lines: string[] = [];
    const log = createLog({ level: 'info' }, { write: (line: string) => void lines.push(line) });
    const text = unit.repeat(hundredKilobytes / unit.length);
    const before = process.cpuUsage();
    log.warn({ err: new Error(text), text, list: [text, text] }, text.slice(0, 50_000));
    const { user } = process.cpuUsage(before);
    assert.ok(user < 2_000_000, `took ${Math.round(user / 1000)} ms`);
    assert.ok(lines.join('').length < 200_000, 'and are not there as a whole');
  });
}
