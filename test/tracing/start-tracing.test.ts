import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { createLog } from '../../src/operations/log.ts';
import { traceCall, traceRoot } from '../../src/tracing/span.ts';
import { startTracing } from '../../src/tracing/start-tracing.ts';
import { log } from '../services.ts';
import { until } from '../until.ts';
import { startCollector } from './collector.ts';

const bot = { version: '0.1.0', replica: 'host-1' };
const root = { name: 'job check', kind: 'consumer', attributes: { request: 7 } } as const;

describe('traces', () => {
  test('are off unless a collector is named, and what sends them is loaded only then', async () => {
    assert.equal(await startTracing({}, bot, log), null);
    const importers = globSync('src/**/*.ts').filter((file) =>
      /^import (?!type ).*otlp\.ts'/m.test(readFileSync(file, 'utf8')),
    );
    assert.deepEqual(importers, []);
    const answer = await traceCall('slack chat.postMessage', {}, () => Promise.resolve('sent'));
    assert.equal(answer, 'sent', 'outside of a trace a call is only called');
  });

  test('go to the collector as OTLP, with its headers and the name of the process', async (t) => {
    const collector = await startCollector(t);
    const sink = await startTracing(
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=a%20key',
        OTEL_SERVICE_NAME: 'add-user',
      },
      bot,
      log,
    );
    assert.ok(sink);
    const parent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;
    await traceRoot(sink, root, parent, async () => {
      await traceCall('slack chat.postMessage', { 'slack.method': 'chat.postMessage' }, () =>
        Promise.resolve(),
      );
      const failing = traceCall('connect CreateUser', {}, () =>
        Promise.reject(new TypeError('Mary Major')),
      );
      await assert.rejects(failing);
    });
    await sink.stop();
    assert.deepEqual(
      collector.spans.map(({ name, kind, parentSpanId, status }) => [
        name,
        kind,
        parentSpanId,
        status.code,
      ]),
      [
        ['slack chat.postMessage', 3, collector.spans[2]?.spanId, undefined],
        ['connect CreateUser', 3, collector.spans[2]?.spanId, 2],
        ['job check', 5, 'cd'.repeat(8), undefined],
      ],
    );
    assert.ok(collector.spans.every(({ traceId }) => traceId === 'ab'.repeat(16)));
    assert.deepEqual(collector.headers, ['a key']);
    assert.match(collector.resources[0] ?? '', /"service.name".*"add-user".*"0\.1\.0".*"host-1"/);
    assert.ok(!collector.texts.join().includes('Mary'), 'of an error only its name');
    assert.ok(collector.texts.join().includes('TypeError'));
  });

  test('are dropped when a collector does not accept them, which is logged once a minute', async (t) => {
    const collector = await startCollector(t);
    collector.answer(503);
    const lines: string[] = [];
    const loud = createLog({ level: 'warn' }, { write: (line) => void lines.push(line) });
    const sink = await startTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }, bot, loud);
    assert.ok(sink);
    t.after(() => sink.stop());
    for (let count = 0; count < 5_000; count++)
      await traceRoot(sink, root, null, () => Promise.resolve());
    await until('the failure is logged', () => lines.length > 0);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /traces could not be sent/);
    collector.answer(200);
    await sink.stop();
    assert.ok(collector.spans.length <= 2_048);
  });

  test('end the start with a message, without the key, when the address or the headers are invalid', async () => {
    await assert.rejects(
      startTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' }, bot, log),
      /OTEL_EXPORTER_OTLP_ENDPOINT is not an http or https address/,
    );
    const bad = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_EXPORTER_OTLP_HEADERS: 's3cr3t key',
    };
    await assert.rejects(startTracing(bad, bot, log), (error: Error) => {
      assert.match(error.message, /^OTEL_EXPORTER_OTLP_HEADERS is not a list/);
      assert.ok(!error.message.includes('s3cr3t'));
      return true;
    });
  });
});
