/** One trace for each request, from the click to the receipt, without personal data. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOtlpSink } from '../../src/tracing/otlp.ts';
import { type ReceivedSpan, startCollector } from '../tracing/collector.ts';
import { startScenario } from './harness.ts';
import { mary } from './stage.ts';

test('a request is one trace: its form, its check, its approval, CreateUser, its receipt', async (t) => {
  const collector = await startCollector(t);
  const quiet = { warn: () => {} };
  const sink = createOtlpSink({
    url: `${collector.url}/v1/traces`,
    headers: {},
    resource: { 'service.name': 'connect-add-user' },
    log: quiet,
  });
  t.after(() => sink.stop());
  const { tara, ari, ask, card, threadSays, settled, log, database } = await startScenario(t, {
    spans: sink,
  });
  const first = await ask(tara);
  const second = await ask(tara, { ...mary, Username: 'mary2' });
  await ari.press(second, 'Approve');
  await card(/mary2.*✅ 1 created/s);
  await ari.press(first, 'Approve');
  await card(/\(Mary\).*✅ 1 created/s);
  await threadSays(first, /is ready in production/);
  await threadSays(second, /is ready in production/);
  await settled();
  await sink.stop();

  const kept = await database.query('select id, trace_parent from requests order by id');
  const traces = kept.map((row) => String(row.trace_parent).split('-')[1] ?? '');
  assert.equal(new Set(traces).size, 2, 'each request has a trace of its own');
  for (const [index, traceId] of traces.entries()) {
    const spans = collector.spans.filter((span) => span.traceId === traceId);
    const names = new Set(spans.map(({ name }) => name));
    for (const name of [
      'slack view_submission',
      'job check',
      'slack block_actions',
      'job decide',
      'job provision',
      'connect CreateUser',
      'job publish',
      'slack chat.postMessage',
    ]) {
      assert.ok(names.has(name), `${name} of request ${index + 1}: ${[...names].join(', ')}`);
    }
    assert.equal(spans.filter(({ name }) => name === 'connect CreateUser').length, 1);
    const ids = new Set(spans.map(({ spanId }) => spanId));
    const roots = spans.filter(({ parentSpanId }) => parentSpanId === undefined);
    assert.deepEqual(
      roots.map(({ name }) => name),
      ['slack view_submission'],
      'it begins with the form',
    );
    assert.ok(spans.every(({ parentSpanId: id }) => id === undefined || ids.has(id)));
    const numbers = new Set(spans.map((span) => attributeOf(span, 'request')).filter(Boolean));
    assert.deepEqual([...numbers], [String(kept[index]?.id)]);
    assert.ok(log().includes(traceId), 'the log names the trace');
  }
  assert.doesNotMatch(collector.texts.join(), /Mary|Major|mary|harbour|Ortiz|Tara|xox/);
});

function attributeOf(span: ReceivedSpan, key: string): string | undefined {
  const found = span.attributes.find((attribute) => attribute.key === key)?.value;
  return found && ('intValue' in found ? found.intValue : found.stringValue);
}
