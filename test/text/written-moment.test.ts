import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { notBeforeIn, timeShownTwice } from '../../src/text/written-moment.ts';

const berlin = (text: string) => {
  const found = notBeforeIn(text, 'Europe/Berlin');
  return found?.kind === 'moment' ? found.at.toISOString() : found;
};

describe('“not before” in a message', () => {
  test('is read in the time zone of its author', () => {
    assert.equal(
      berlin('November hires, not before 2026-12-01 09:00.'),
      '2026-12-01T08:00:00.000Z',
    );
    assert.equal(berlin('Not before: 2026-07-01T9:05'), '2026-07-01T07:05:00.000Z');
    assert.equal(berlin('not before 2026-12-01 at 09:00, please'), '2026-12-01T08:00:00.000Z');
    assert.deepEqual(notBeforeIn('not before 2026-12-01 09:00', 'America/New_York'), {
      kind: 'moment',
      at: new Date('2026-12-01T14:00:00Z'),
    });
  });

  test('is the beginning of the day when only a date is given', () => {
    assert.equal(berlin('not before 2026-12-01'), '2026-11-30T23:00:00.000Z');
  });

  test('in the gap of a daylight-saving change suggests the time that clocks show instead', () => {
    assert.deepEqual(berlin('not before 2027-03-28 02:30'), {
      kind: 'gap',
      written: '2027-03-28 02:30',
      instead: '2027-03-28 03:30',
    });
  });

  test('is the first of the two moments when clocks show a time twice', () => {
    assert.equal(berlin('not before 2026-10-25 02:30'), '2026-10-25T00:30:00.000Z');
  });

  test('is reported as unreadable when the date does not exist', () => {
    for (const written of [
      '2026-02-31 09:00',
      '1.12.2026',
      '2026-12-01 25:00',
      '12/01/2026 9:00',
    ]) {
      assert.deepEqual(berlin(`not before ${written}`), { kind: 'unreadable', written });
    }
  });

  test('is ignored when no number follows', () => {
    assert.equal(berlin('not before the summer, and before 2026-12-01'), null);
    assert.equal(berlin('back-fill for J. Ortiz'), null);
  });
});

describe('a moment that was picked', () => {
  const twice = (at: string, zone = 'Europe/Berlin') => timeShownTwice(new Date(at), zone);

  test('is distinguished when clocks show its time twice', () => {
    assert.deepEqual(twice('2026-10-25T00:30:00Z'), { time: '02:30', which: 'first' });
    assert.deepEqual(twice('2026-10-25T01:30:00Z'), { time: '02:30', which: 'second' });
    assert.deepEqual(twice('2026-11-01T06:15:00Z', 'America/New_York'), {
      time: '01:15',
      which: 'second',
    });
    // The clock changes by half an hour on Lord Howe Island.
    assert.deepEqual(twice('2027-04-03T14:45:00Z', 'Australia/Lord_Howe'), {
      time: '01:45',
      which: 'first',
    });
  });

  test('is shown once everywhere else, also beside the gap of spring', () => {
    for (const at of [
      '2026-10-24T23:59:00Z',
      '2026-10-25T02:00:00Z',
      '2027-03-28T00:59:00Z',
      '2027-03-28T01:00:00Z',
      '2026-07-01T12:00:00Z',
    ]) {
      assert.equal(twice(at), null, at);
    }
    assert.equal(twice('2026-10-25T00:30:00Z', 'UTC'), null);
  });
});
