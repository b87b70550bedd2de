import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WebAPIRateLimitedError } from '@slack/web-api';
import { retryOnRateLimit } from '../../src/slack/retry-on-rate-limit.ts';

const tooOften = (retryAfter: number) => new WebAPIRateLimitedError(retryAfter);

/** Fails with these errors in sequence, and then succeeds. */
function failing(...errors: readonly Error[]) {
  let calls = 0;
  const call = async () => {
    const error = errors[calls++];
    if (error) throw error;
    return 'answer';
  };
  return { call, calls: () => calls };
}

describe('a call that Slack answers with 429', () => {
  test('is made again after as long as Slack says', async () => {
    const { call, calls } = failing(tooOften(0.05), tooOften(0));
    const from = performance.now();
    assert.equal(await retryOnRateLimit(call, { longestWaitMs: 60_000 }), 'answer');
    assert.equal(calls(), 3);
    assert.ok(performance.now() - from >= 45);
  });

  test('fails when Slack wants a longer wait than there is time', async () => {
    const { call, calls } = failing(tooOften(2));
    await assert.rejects(retryOnRateLimit(call, { longestWaitMs: 1_000 }), WebAPIRateLimitedError);
    assert.equal(calls(), 1);
  });

  test('fails at once with any other error', async () => {
    const { call, calls } = failing(new Error('invalid_auth'));
    await assert.rejects(retryOnRateLimit(call, { longestWaitMs: 1_000 }), /invalid_auth/);
    assert.equal(calls(), 1);
  });

  test('is not repeated when the time for it is over', async () => {
    const stopped = AbortSignal.abort();
    const { call, calls } = failing(tooOften(0));
    await assert.rejects(
      retryOnRateLimit(call, { longestWaitMs: 1_000, signal: stopped }),
      WebAPIRateLimitedError,
    );
    assert.equal(calls(), 1);
  });
});
