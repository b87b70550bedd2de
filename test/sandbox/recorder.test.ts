import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRecorder } from '../../sandbox/recorder.ts';

const now = () => new Date('2026-11-20T09:00:00Z');
const call = (name: string, request: unknown = null) => ({
  kind: 'web-api' as const,
  name,
  request,
});

describe('The recorder', () => {
  it('keeps the order of beginnings, and shows what is under way', () => {
    const recorder = createRecorder({ now });
    const endFirst = recorder.begin(call('first'));
    recorder.begin(call('second'))({ response: 2, status: 200, ok: true });
    const [first, second] = recorder.read(0).entries;
    assert.deepEqual([first?.name, first?.durationMs, first?.ok], ['first', null, null]);
    assert.deepEqual([second?.name, second?.response, second?.ok], ['second', 2, true]);
    endFirst({ response: null, status: 'timeout', ok: false });
    endFirst({ response: 'late', status: 200, ok: true });
    assert.equal(recorder.read(0).entries[0]?.status, 'timeout');
  });

  it('masks tokens in every place, and only tokens', () => {
    const recorder = createRecorder({ now });
    const request = {
      token: 'xoxb-1-secret',
      deep: [{ text: 'xapp-1-A-b!' }],
      password: 'Pass@Word1',
    };
    recorder.begin(call('a', request));
    assert.deepEqual(recorder.read(0).entries[0]?.request, {
      token: 'xoxb-***',
      deep: [{ text: 'xapp-***!' }],
      password: 'Pass@Word1',
    });
    assert.equal(request.token, 'xoxb-1-secret', 'the caller keeps its own');
  });

  it('can be read from a number on, by kind, also after it was emptied or has overflowed', () => {
    const recorder = createRecorder({ now });
    for (let count = 0; count < 25_000; count += 1) recorder.begin(call(`n${count}`));
    const { entries, next } = recorder.read(24_990);
    assert.deepEqual([entries[0]?.name, entries.length, next], ['n24990', 10, 25_000]);
    assert.equal(recorder.read(25_000).entries.length, 0);
    assert.equal(recorder.read(0, 'connect').entries.length, 0);
    assert.equal(recorder.read(0).entries.length, 1000);
    recorder.clear();
    recorder.begin(call('fresh'));
    assert.deepEqual(
      recorder.read(next).entries.map(({ name }) => name),
      ['fresh'],
    );
  });
});
