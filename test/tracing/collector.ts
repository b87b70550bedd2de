/** A trace collector on loopback that shows what an OTLP receiver gets. */
import { createServer } from 'node:http';
import type { TestContext } from 'node:test';
import { z } from 'zod';
import { listenOnLoopback } from '../loopback.ts';

const attribute = z.strictObject({
  key: z.string(),
  value: z.union([
    z.strictObject({ stringValue: z.string() }),
    z.strictObject({ intValue: z.string() }),
  ]),
});
const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));

/** https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding, limited to the spans of this bot. */
const body = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource: z.strictObject({ attributes: z.array(attribute) }),
      scopeSpans: z.array(
        z.strictObject({
          scope: z.strictObject({ name: z.string() }),
          spans: z.array(
            z.strictObject({
              traceId: hex(32),
              spanId: hex(16),
              parentSpanId: hex(16).optional(),
              name: z.string().min(1),
              kind: z.number().int().min(1).max(5),
              startTimeUnixNano: z.string().regex(/^\d{19}$/),
              endTimeUnixNano: z.string().regex(/^\d{19}$/),
              attributes: z.array(attribute),
              status: z.strictObject({ code: z.literal(2).optional() }),
            }),
          ),
        }),
      ),
    }),
  ),
});
export type ReceivedSpan = z.infer<
  typeof body
>['resourceSpans'][number]['scopeSpans'][number]['spans'][number];

export type Collector = {
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  /** Everything that arrived, as text. */
  readonly texts: readonly string[];
  readonly headers: readonly (string | undefined)[];
  readonly resources: readonly string[];
  /** Answers with this status from now on. */
  answer(status: number): void;
};

export async function startCollector(t: TestContext): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const texts: string[] = [];
  const headers: (string | undefined)[] = [];
  const resources: string[] = [];
  let status = 200;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const isTraces = request.method === 'POST' && request.url === '/v1/traces';
    if (isTraces && status === 200) {
      texts.push(text);
      headers.push(request.headers['x-api-key']?.toString());
      for (const { resource, scopeSpans } of body.parse(JSON.parse(text)).resourceSpans) {
        resources.push(JSON.stringify(resource));
        for (const scope of scopeSpans) spans.push(...scope.spans);
      }
    }
    response.writeHead(isTraces ? status : 404, { 'content-type': 'application/json' }).end('{}');
  });
  const port = await listenOnLoopback(server);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    texts,
    headers,
    resources,
    answer: (code) => {
      status = code;
    },
  };
}
