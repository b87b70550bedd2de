/**
 * The webhook of the audit trail: each event is accepted once, in order and signed, also after refusals and restarts.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { appendEvent } from '../../src/audit/audit-store.ts';
import { keepWebhook, signatureOf, type WebhookTiming } from '../../src/audit/webhook.ts';
import { readWebhook } from '../../src/audit/webhook-store.ts';
import { webhookSecret } from '../../src/config/environment/secrets-key.ts';
import { type Problem, sentenceOf } from '../../src/errors/problem.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { testDatabase } from '../database.ts';
import { eventually } from '../scenarios/sandbox-calls.ts';
import { log } from '../services.ts';

const secret = webhookSecret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw') ?? new Uint8Array();

type Delivery = { readonly headers: Record<string, unknown>; readonly body: string };
type SentBody = {
  readonly type: string;
  readonly data: {
    readonly events: {
      readonly seq: number;
      readonly previousHash: string;
      readonly hash: string;
      readonly event: { readonly kind: string; readonly details: Record<string, unknown> };
    }[];
  };
};

/** A receiver that answers with these statuses in order, and then with 204. */
async function receiver(t: TestContext, answers: number[] = []) {
  const deliveries: Delivery[] = [];
  const taken: SentBody['data']['events'][number][] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      deliveries.push({ headers: request.headers, body });
      const status = answers.shift() ?? 204;
      if (status < 300) taken.push(...(JSON.parse(body) as SentBody).data.events);
      response.writeHead(status, { location: 'http://127.0.0.1:1/elsewhere' }).end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/in?key=theirs`, deliveries, taken };
}

async function trail(t: TestContext) {
  const made = await testDatabase();
  const database = await openDatabase(made.config, { log });
  t.after(async () => {
    await database.close();
    await made.drop();
  });
  const { db } = database;
  const told: Problem[] = [];
  const add = (kind: string, details: Record<string, unknown> = {}) =>
    db
      .transaction()
      .execute((tx) => appendEvent(tx, null, { kind, actor: 'U0ARI', details }, new Date()));
  /** One bot; `at` is the time of its clock. */
  const bot = (url: string, timing: Partial<WebhookTiming> = {}) => {
    const webhook = keepWebhook({
      db,
      log,
      config: { url, secret },
      now: () => new Date(),
      tellOperators: async (what) => void told.push(what),
      timing: { everyMs: 5, firstPauseMs: 1, longestPauseMs: 5, ...timing },
    });
    t.after(() => webhook.stop());
    return webhook;
  };
  const state = () => readWebhook(db);
  const isOpen = () => eventually('the webhook has begun', async () => (await state()) !== null);
  return { db, add, bot, state, isOpen, told };
}

describe('the webhook of the audit trail', { concurrency: 4 }, () => {
  test('signs as Standard Webhooks does', () => {
    // The example of https://docs.svix.com/receiving/verifying-payloads/how-manual
    const signature = signatureOf(
      secret,
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      1_614_265_330,
      '{"test": 2432232314}',
    );
    assert.equal(signature, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  test('sends what happens from its first start on, in order, so that its receiver can check the chain', async (t) => {
    const { add, bot, isOpen } = await trail(t);
    await add('before');
    const { url, deliveries, taken } = await receiver(t);
    bot(url);
    await isOpen();
    for (let at = 0; at < 250; at += 1) await add(`event-${at}`, { text: 'a "quoted" Zoë' });
    await eventually('all are taken', async () => taken.length >= 250);
    assert.deepEqual(
      taken.map(({ event }) => event.kind),
      Array.from({ length: 250 }, (_, at) => `event-${at}`),
    );
    for (const { headers, body } of deliveries) {
      const signature = signatureOf(
        secret,
        String(headers['webhook-id']),
        Number(headers['webhook-timestamp']),
        body,
      );
      assert.equal(headers['webhook-signature'], signature);
    }
    for (const { event, previousHash, hash } of taken) {
      const text = `${previousHash}\n${JSON.stringify(event)}`;
      assert.equal(createHash('sha256').update(text).digest('hex'), hash);
    }
  });

  test('retries a refused event with the same id, and follows no redirect', async (t) => {
    const { add, bot, isOpen, state } = await trail(t);
    const { url, deliveries, taken } = await receiver(t, [500, 302, 401]);
    bot(url);
    await isOpen();
    await add('approved');
    await eventually('it is taken', async () => taken.length > 0);
    assert.equal(new Set(deliveries.map(({ headers }) => headers['webhook-id'])).size, 1);
    assert.equal(deliveries.length, 4);
    await eventually('nothing is behind', async () => (await state())?.behind === 0);
    assert.equal((await state())?.failingSince, null);
  });

  test('is eventually given up, notifies the operators once, and continues at the same event after a restart', async (t) => {
    const { add, bot, isOpen, state, told } = await trail(t);
    const refuses = await receiver(
      t,
      Array.from({ length: 10_000 }, () => 503),
    );
    const first = bot(refuses.url, { giveUpAfterMs: 30 });
    await isOpen();
    await add('approved');
    await eventually('it is given up', async () => (await state())?.stopped === true);
    await eventually('the operators are told', async () => told.length > 0);
    const seen = refuses.deliveries.length;
    await add('denied');
    await first.stop();
    assert.equal(refuses.deliveries.length, seen);
    assert.equal(told.length, 1);
    assert.match(
      told.map(sentenceOf).join(),
      /^The webhook at 127\.0\.0\.1:\d+ .* it answered 503\.$/,
    );

    const { url, taken } = await receiver(t);
    bot(url);
    await eventually('both are taken', async () => taken.length >= 2);
    assert.deepEqual(
      taken.map(({ event }) => event.kind),
      ['approved', 'denied'],
    );
  });

  test('sends each event once from several bots', async (t) => {
    const { add, bot, isOpen, state } = await trail(t);
    const { url, taken } = await receiver(t);
    const bots = [bot(url), bot(url), bot(url)];
    await isOpen();
    await Promise.all(Array.from({ length: 60 }, (_, at) => add(`event-${at}`)));
    await eventually('all are taken', async () => (await state())?.behind === 0);
    await Promise.all(bots.map((bot) => bot.stop()));
    assert.deepEqual(
      taken.map(({ seq }) => seq),
      Array.from({ length: 60 }, (_, at) => at + 1),
    );
  });
});
