/** The same seed gives the same plan, and the plan contains each kind of step. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { faultDealer, faultName, faultNames } from '../../chaos/fault-catalogue.ts';
import { makePlan } from '../../chaos/plan.ts';
import { fileOf, planRequests } from '../../chaos/planned-requests.ts';
import { chanceOf } from '../../chaos/seeded.ts';
import { connectFaults, slackFaults } from '../../sandbox/web/drawers/fault-catalogue.ts';

describe('chance', () => {
  test('is Mulberry32: its first numbers for a known seed', () => {
    const chance = chanceOf(1);
    // Computed independently with the published code in another language.
    assert.deepEqual(
      [chance.next(), chance.next(), chance.next()].map((value) => value.toFixed(9)),
      ['0.627073941', '0.002735721', '0.527447040'],
    );
  });

  test('picks every member, and whole numbers up to both ends', () => {
    const chance = chanceOf(7);
    const picked = Array.from({ length: 200 }, () => chance.pick(['a', 'b', 'c']));
    assert.deepEqual([...new Set(picked)].sort(), ['a', 'b', 'c']);
    const drawn = Array.from({ length: 200 }, () => chance.whole(2, 4));
    assert.deepEqual([...new Set(drawn)].sort(), [2, 3, 4]);
    assert.deepEqual(chance.shuffled([1, 2, 3, 4]).sort(), [1, 2, 3, 4]);
    assert.throws(() => chance.pick([]), /nothing to pick/);
  });

  test('numbers drawn by a fork do not change the numbers drawn after it', () => {
    const [one, other] = [chanceOf(3), chanceOf(3)];
    const [fork] = [one.fork(), other.fork()];
    fork.next();
    assert.equal(one.next(), other.next());
  });
});

describe('a plan', () => {
  const options = { seed: 42, kills: 30, rows: 300 };

  test('is the same for the same seed, and another for another', () => {
    assert.deepEqual(makePlan(options), makePlan(options));
    assert.notDeepEqual(makePlan(options).steps, makePlan({ ...options, seed: 43 }).steps);
  });

  test('has exactly as many kills as were requested, of both sorts and of every replica', () => {
    const kills = makePlan(options).steps.filter((step) => step.do === 'kill');
    assert.equal(kills.length, 30);
    assert.deepEqual([...new Set(kills.map((kill) => kill.signal))].sort(), ['SIGKILL', 'SIGTERM']);
    assert.deepEqual([...new Set(kills.map((kill) => kill.replica))].sort(), [0, 1, 2]);
  });

  test('has every kind of fault, every end of the database, and replicas that hang', () => {
    const { steps } = makePlan({ ...options, kills: 60 });
    const faults = steps.flatMap((step) => (step.do === 'fault' ? [faultName(step)] : []));
    assert.deepEqual([...new Set(faults)].sort(), [...faultNames].sort());
    assert.ok(steps.some((step) => step.do === 'hang'));
    assert.equal(steps.filter((step) => step.do === 'database').length, 5);
  });

  test('the haste option shortens every wait and changes only that', () => {
    const [slow, hasty] = [makePlan(options), makePlan({ ...options, haste: 0.1 })];
    assert.deepEqual(
      hasty.steps.map((step) => step.do),
      slow.steps.map((step) => step.do),
    );
    const waits = (plan: typeof slow) => plan.steps.reduce((sum, step) => sum + step.waitMs, 0);
    assert.ok(waits(hasty) < waits(slow) / 5);
  });
});

test('the catalogue knows every kind of fault that the sandbox’s page offers', () => {
  const offered = [
    ...slackFaults.map(({ kind }) => `slack ${kind}`),
    ...connectFaults.map(({ kind }) => `connect ${kind}`),
  ];
  assert.deepEqual([...faultNames].sort(), offered.sort());
});

test('every kind of fault is used once before any is used again, and four are used twice', () => {
  const deal = faultDealer(chanceOf(5));
  const dealt = Array.from({ length: faultNames.length + 4 }, () => faultName(deal()));
  assert.deepEqual([...new Set(dealt)].sort(), [...faultNames].sort());
});

test('requests have the configured number of rows, some wrong, some with passwords, and each username once', () => {
  const requests = planRequests(chanceOf(9), 600);
  const rows = requests.flatMap((request) => request.rows);
  assert.ok(rows.length >= 600 && rows.length < 700);
  assert.ok(rows.some((row) => row.flaw !== null) && rows.some((row) => row.password !== null));
  assert.deepEqual([...new Set(requests.map((request) => request.how))].sort(), [
    'file-in-channel',
    'file-in-dm',
    'form',
  ]);
  const names = rows.filter((row) => row.flaw === null).map((row) => row.username);
  assert.equal(new Set(names).size, names.length);
  const [file] = requests.filter((request) => request.how !== 'form');
  assert.ok(file);
  assert.equal(fileOf(file).trim().split('\r\n').length, file.rows.length + 1);
});
