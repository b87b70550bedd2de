/** Deliveries and jobs as spans: one trace for each request, from the click to the receipt. */
import { randomBytes } from 'node:crypto';
import type { Db } from '../storage/database.ts';
import { joinTrace, type SpanSink, traceRoot } from './span.ts';
import { readTraceParent } from './trace-store.ts';

/** Runs one delivery of Slack's. */
export type TraceDelivery = (
  delivery: { readonly type: string; readonly id: string },
  work: () => Promise<void>,
) => Promise<void>;

/** Runs one job. */
export type TraceJob = (
  job: { readonly queue: string; readonly data: object },
  work: () => Promise<void>,
) => Promise<void>;

export function traceDeliveries(sink: SpanSink): TraceDelivery {
  return ({ type, id }, work) => {
    const attributes = { 'slack.delivery': id };
    return traceRoot(sink, { name: `slack ${type}`, kind: 'server', attributes }, null, work);
  };
}

export function traceJobs(sink: SpanSink, db: Db): TraceJob {
  return async ({ queue, data }, work) => {
    const request = Reflect.get(data, 'requestId');
    const isAboutRequest = typeof request === 'number';
    const parent = isAboutRequest
      ? await readTraceParent(db, request, newTraceParent()).catch(() => null)
      : null;
    const attributes = {
      'messaging.destination.name': queue,
      ...(isAboutRequest ? { request } : {}),
    };
    await traceRoot(sink, { name: `job ${queue}`, kind: 'consumer', attributes }, parent, work);
  };
}

/** Makes the current delivery a part of its request's trace. */
export async function joinRequest(db: Db, requestId: number): Promise<void> {
  const parent = await readTraceParent(db, requestId, newTraceParent()).catch(() => null);
  if (parent) joinTrace(parent);
}

function newTraceParent(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
}
