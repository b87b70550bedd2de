/**
 * Sends spans to a collector: OTLP over HTTP, as JSON (https://opentelemetry.io/docs/specs/otlp/#otlphttp). Best
 * effort: spans that cannot be sent are dropped, and the bot never waits for them.
 */
import type { Logger } from 'pino';
import type { Attributes, FinishedSpan, SpanKind, SpanSink } from './span.ts';

export type OtlpOptions = {
  /** Where traces are posted to. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Identifies this process: service.name, service.version, service.instance.id. */
  readonly resource: Attributes;
  readonly log: Pick<Logger, 'warn'>;
};

const sendEveryMs = 5_000;
const sendWithinMs = 10_000;
const mostInOneCall = 512;
/** The memory limit for an unavailable collector: about 1 MB. */
const mostWaiting = 2_048;
const warnEveryMs = 60_000;

export type OtlpSink = SpanSink & {
  /** Sends the waiting spans, for at most two seconds. */
  stop(): Promise<void>;
};

export function createOtlpSink(options: OtlpOptions): OtlpSink {
  const { log } = options;
  let waiting: FinishedSpan[] = [];
  let dropped = 0;
  let warnedAt = Number.NEGATIVE_INFINITY;
  let sending: Promise<void> = Promise.resolve();
  const timer = setInterval(send, sendEveryMs);
  timer.unref();

  function record(span: FinishedSpan): void {
    if (waiting.length >= mostWaiting) {
      waiting.shift();
      dropped += 1;
    }
    waiting.push(span);
    if (waiting.length % mostInOneCall === 0) send();
  }

  function send(): void {
    sending = sending.then(sendAll);
  }

  async function sendAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostInOneCall);
      waiting = waiting.slice(mostInOneCall);
      try {
        await post(options, batch);
      } catch (error) {
        dropped += batch.length;
        warn(error);
        return;
      }
    }
  }

  function warn(error: unknown): void {
    const at = performance.now();
    if (at - warnedAt < warnEveryMs) return;
    warnedAt = at;
    log.warn({ err: error, dropped }, 'traces could not be sent');
    dropped = 0;
  }

  async function stop(): Promise<void> {
    clearInterval(timer);
    send();
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const patience = setTimeout(resolve, 2_000);
    await Promise.race([sending, late]);
    clearTimeout(patience);
  }

  return { record, stop };
}

async function post(options: OtlpOptions, spans: readonly FinishedSpan[]): Promise<void> {
  const answer = await fetch(options.url, {
    method: 'POST',
    headers: { ...options.headers, 'content-type': 'application/json' },
    body: JSON.stringify(otlpBody(options.resource, spans)),
    signal: AbortSignal.timeout(sendWithinMs),
    redirect: 'error',
  });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`the collector answered ${answer.status}`);
}

/** Numbers of https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto */
const kinds: Readonly<Record<SpanKind, number>> = { server: 2, client: 3, consumer: 5 };
const statusError = 2;

function otlpBody(resource: Attributes, spans: readonly FinishedSpan[]): object {
  const scopeSpans = [{ scope: { name: 'connect-add-user' }, spans: spans.map(otlpSpan) }];
  return { resourceSpans: [{ resource: { attributes: otlpAttributes(resource) }, scopeSpans }] };
}

function otlpSpan(span: FinishedSpan): object {
  const { traceId, spanId, parentSpanId, name, kind, attributes, error } = span;
  return {
    traceId,
    spanId,
    ...(parentSpanId === null ? {} : { parentSpanId }),
    name,
    kind: kinds[kind],
    startTimeUnixNano: nanoseconds(span.startMs),
    endTimeUnixNano: nanoseconds(span.endMs),
    attributes: otlpAttributes(
      error === null ? attributes : { ...attributes, 'error.type': error },
    ),
    status: error === null ? {} : { code: statusError },
  };
}

/** As text: a JSON number cannot hold it exactly. */
function nanoseconds(ms: number): string {
  return String(BigInt(Math.round(ms * 1_000)) * 1_000n);
}

function otlpAttributes(attributes: Attributes): object[] {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : { intValue: String(value) },
  }));
}
