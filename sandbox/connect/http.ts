/** The HTTP layer: reads bodies, writes answers, and closes connections for faults. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Incoming } from './service.ts';

/** Much larger than the largest CreateUser. AWS's own limit is unknown. */
const LARGEST_BODY = 1024 * 1024;

/** The parts of the request line without normalization: an ARN in the path must keep its `%2F`. */
export function splitUrl(url: string): { path: string; query: URLSearchParams } {
  const local = url.replace(/^[a-z]+:\/\/[^/]*/i, '');
  const mark = local.indexOf('?');
  return mark < 0
    ? { path: local, query: new URLSearchParams() }
    : { path: local.slice(0, mark), query: new URLSearchParams(local.slice(mark + 1)) };
}

/** @returns the body, or `too-large`; rejects when the caller disconnects before its end */
export async function readBody(request: IncomingMessage): Promise<Buffer | 'too-large'> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    // Continues to read, because a caller that is still sending would not see an early answer, but discards the data.
    if (size <= LARGEST_BODY) chunks.push(chunk);
    if (size > 16 * LARGEST_BODY) break;
  }
  return size > LARGEST_BODY ? 'too-large' : Buffer.concat(chunks);
}

export const incomingOf = (request: IncomingMessage, body: Buffer): Incoming => ({
  method: request.method ?? 'GET',
  ...splitUrl(request.url ?? '/'),
  headers: request.headers,
  body,
});

export type WireAnswer = { status: number; errorType?: string; body: unknown };

/** The restJson1 format: JSON, the error's type in a header, and an id for each request. */
export function sendJson(response: ServerResponse, { status, errorType, body }: WireAnswer): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'x-amzn-requestid': randomUUID(),
    ...(errorType === undefined ? {} : { 'x-amzn-errortype': errorType }),
    ...(text === '' ? {} : { 'content-type': 'application/json' }),
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  contentType: 'text/html' | 'text/xml',
): void {
  response.writeHead(status, {
    'x-amzn-requestid': randomUUID(),
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** A real reset (RST), so that the caller sees ECONNRESET and not a graceful close. */
export function cut(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}
