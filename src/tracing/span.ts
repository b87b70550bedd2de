/**
 * Spans of a trace, in OpenTelemetry's terms: the name of a task, its beginning and end, and its parent. Nothing is
 * measured outside of a traced delivery or job, so a bot without tracing does none of this.
 *
 * No attribute may contain text that people typed, a name or an address: only numbers of requests, names of
 * operations, and ids of Slack.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/** https://opentelemetry.io/docs/specs/otel/trace/api/#spankind */
export type SpanKind = 'server' | 'client' | 'consumer';
export type Attributes = Readonly<Record<string, string | number>>;

export type FinishedSpan = {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly kind: SpanKind;
  /** Milliseconds since 1970. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Attributes;
  /** The name of the error that ended it; null when it succeeded. */
  readonly error: string | null;
};

/** Takes spans that have ended. */
export type SpanSink = { record(span: FinishedSpan): void };

type OpenSpan = {
  traceId: string;
  readonly spanId: string;
  parentSpanId: string | null;
  readonly sink: SpanSink;
};

const current = new AsyncLocalStorage<OpenSpan>();

/**
 * Runs work as the first span of this process's part of a trace.
 *
 * @param traceParent the parent in W3C's format (https://www.w3.org/TR/trace-context/); null for a new trace
 */
export function traceRoot<Result>(
  sink: SpanSink,
  what: { readonly name: string; readonly kind: SpanKind; readonly attributes: Attributes },
  traceParent: string | null,
  work: () => Promise<Result>,
): Promise<Result> {
  const parent = parsedParent(traceParent);
  return spanned(sink, what, parent, work);
}

/** Runs an external call as a part of the current work; outside of a trace it is just called. */
export function traceCall<Result>(
  name: string,
  attributes: Attributes,
  work: () => Promise<Result>,
): Promise<Result> {
  const above = current.getStore();
  if (!above) return work();
  return spanned(above.sink, { name, kind: 'client', attributes }, above, work);
}

/** The trace of the current work; null outside of a trace. */
export function currentTraceId(): string | null {
  return current.getStore()?.traceId ?? null;
}

/** The current work as the parent of later work; null outside of a trace. */
export function currentTraceParent(): string | null {
  const span = current.getStore();
  return span ? `00-${span.traceId}-${span.spanId}-01` : null;
}

/** Makes the current delivery a part of another trace, once its request is known. */
export function joinTrace(traceParent: string): void {
  const span = current.getStore();
  const parent = parsedParent(traceParent);
  if (!span || !parent) return;
  span.traceId = parent.traceId;
  span.parentSpanId = parent.spanId;
}

async function spanned<Result>(
  sink: SpanSink,
  what: { readonly name: string; readonly kind: SpanKind; readonly attributes: Attributes },
  parent: { readonly traceId: string; readonly spanId: string } | null,
  work: () => Promise<Result>,
): Promise<Result> {
  const span: OpenSpan = {
    traceId: parent?.traceId ?? randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    parentSpanId: parent?.spanId ?? null,
    sink,
  };
  const startMs = Date.now();
  const began = performance.now();
  const end = (error: string | null) => {
    const { traceId, spanId, parentSpanId } = span;
    const endMs = startMs + (performance.now() - began);
    sink.record({ traceId, spanId, parentSpanId, ...what, startMs, endMs, error });
  };
  try {
    const result = await current.run(span, work);
    end(null);
    return result;
  } catch (error) {
    end(error instanceof Error ? error.name : 'unknown');
    throw error;
  }
}

function parsedParent(text: string | null): { traceId: string; spanId: string } | null {
  const found = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(text ?? '');
  return found?.[1] && found[2] ? { traceId: found[1], spanId: found[2] } : null;
}
