/** `/health` at the request URL, which is reachable from the internet. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Readiness, sharedReadiness, withoutReasons } from '../../../src/health/readiness.ts';
import { startScenario } from '../../scenarios/harness.ts';

const well: Readiness = { ready: true, checks: { database: 'ok', slack: 'ok', workers: 'ok' } };

test('a thousand simultaneous health requests query the database once, and the next one queries it again', async () => {
  let asked = 0;
  const answers: ((readiness: Readiness) => void)[] = [];
  const ready = sharedReadiness(() => {
    asked += 1;
    const answer = Promise.withResolvers<Readiness>();
    answers.push(answer.resolve);
    return answer.promise;
  });
  const all = Promise.all(Array.from({ length: 1_000 }, () => ready()));
  answers[0]?.(well);
  assert.deepEqual(new Set(await all), new Set([well]));
  assert.equal(asked, 1);
  const next = ready();
  answers[1]?.(well);
  await next;
  assert.equal(asked, 2);
});

test('health answers name no host and no user of the database', () => {
  const database = 'the database does not answer (connect ECONNREFUSED 10.0.0.5:5432)';
  const told = withoutReasons({ ready: false, checks: { ...well.checks, database } });
  assert.equal(told.checks.database, 'the database does not answer');
  assert.equal(told.ready, false);
});

test('GET /health of the HTTP transport answers with the checks', async (t) => {
  const { requestUrl } = await startScenario(t, { transport: 'http' });
  const answer = await fetch(new URL('/health', requestUrl()));
  assert.deepEqual(await answer.json(), well);
});
