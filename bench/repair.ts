/**
 * Measures the time from *Use all 10000* to the new offer: 10,000 stored rows with one typing error each are
 * corrected, checked again in the file-reading thread, and replaced. Slack and Connect answer immediately; the
 * database is real.
 */
import type { TestContext } from 'node:test';
import { checkRequest } from '../src/requests/check/check-request.ts';
import { correctFile } from '../src/requests/repair/correct-file.ts';
import { readRequestFile } from '../src/requests/store/files-store.ts';
import { readRequest } from '../src/requests/store/requests-store.ts';
import { submitFiles } from '../src/requests/submit/submit-file.ts';
import type { Services } from '../src/services.ts';
import { instanceClientOf, instanceConfig, personOf, smallInstance } from '../test/auth/people.ts';
import { testServices } from '../test/services.ts';
import { type Bench, nowMs, percentile } from './measurement.ts';

const rows = 10_000;
const runs = 5;
const tara = { id: 'U0TARA', name: 'Tara' };

const header =
  'first name,last name,email address,user login,routing profile name,security_profile_name_1|security_profile_name_2,phone type (soft/desk),soft phone auto accept (yes/no),ACW timeout (seconds)';

function fileOf(run: number): Uint8Array {
  const lines = Array.from(
    { length: rows },
    (_, at) =>
      `Mary,Major,m${run}-${at}@example.com,m${run}-${at},Basic Ruting Profile,Agent,soft,yes,30`,
  );
  return Buffer.from([header, ...lines, ''].join('\r\n'), 'utf8');
}

export const repair: Bench = {
  name: 'repair',
  about: `“Use the suggestions” on ${rows} stored rows, until they are offered anew`,
  async run(say) {
    const closers: (() => unknown)[] = [];
    // There is no test runner here, so clean-up functions are collected and run at the end.
    const t = {
      after: (close: () => unknown) => void closers.push(close),
    } as unknown as TestContext;
    const { instanceClient } = instanceClientOf(smallInstance());
    const test = await testServices(t, {
      instanceClients: [instanceClient],
      people: [personOf({ ...tara, email: 'tara@example.com' })],
      enqueue: () => Promise.resolve(),
    });
    try {
      const seconds: number[] = [];
      for (let run = 1; run <= runs; run += 1) seconds.push(await oneRun(test.services, run));
      say(seconds.map((duration) => duration.toFixed(2)).join(', '));
      return [
        { name: 'p50_s', value: percentile(seconds, 0.5), unit: 's', atMost: 2 },
        { name: 'worst_s', value: Math.max(...seconds), unit: 's' },
      ];
    } finally {
      for (const close of closers) await close();
    }
  },
};

async function oneRun(bot: Services, run: number): Promise<number> {
  const fetched = { name: 'users.csv', bytes: fileOf(run) };
  const services = { ...bot, files: { fetch: () => Promise.resolve(fetched) } };
  const outcome = await submitFiles(services, {
    files: [{ deliveryId: `file ${run}`, slackFileId: `F${run}`, name: 'users.csv' }],
    requester: tara,
    instance: instanceConfig,
    reason: null,
    origin: null,
  });
  const requestId = outcome.kind === 'stored' ? (outcome.requestIds[0] ?? 0) : 0;
  await checkRequest(services, requestId);
  const before = await readRequestFile(services.db, requestId);
  if (before?.summary?.repair?.suggestions !== rows) throw new Error('not every row has one');
  globalThis.gc?.();
  const began = nowMs();
  const why = await correctFile(services, {
    deliveryId: `view ${run}`,
    requestId,
    personId: tara.id,
    revision: before.revision,
    correction: { kind: 'suggestions' },
  });
  if (why) throw new Error(why.code);
  await checkRequest(services, requestId);
  const seconds = (nowMs() - began) / 1000;
  const [request, after] = await Promise.all([
    readRequest(services.db, requestId),
    readRequestFile(services.db, requestId),
  ]);
  if (request?.state !== 'offered' || after?.summary?.good !== rows) {
    throw new Error('not every row is right now');
  }
  return seconds;
}
