/** Reads the body of a request that nobody has vouched for yet: bounded in size, in time, and over all requests. */
import type { IncomingMessage } from 'node:http';

/** Bytes held for bodies that are being read or verified, over all requests. */
export type BodyBudget = { heldBytes: number; readonly mostBytes: number };

/** Why a body is not read: an HTTP status, and words for the log. */
export class BodyRefused extends Error {
  override readonly name = 'BodyRefused';
  readonly status: number;

  constructor(status: number, reason: string) {
    super(reason);
    this.status = status;
  }
}

/**
 * Hands the whole body to `use`, and forgets it when that has ended.
 *
 * @param limits.withinMs for the whole body, however often something of it arrives
 * @throws BodyRefused 413 too large, 408 too slow, 503 too many at once, 400 cut off
 */
export async function withBody<Answer>(
  request: IncomingMessage,
  limits: {
    readonly maxBytes: number;
    readonly withinMs: number;
    readonly budget: BodyBudget;
  },
  use: (body: Buffer) => Promise<Answer> | Answer,
): Promise<Answer> {
  const { maxBytes, withinMs, budget } = limits;
  const tooLarge = () => new BodyRefused(413, `a body of more than ${maxBytes} bytes`);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new BodyRefused(408, `a body that took more than ${withinMs} ms`)),
        withinMs,
      );
      const settle = (refusal?: BodyRefused) => {
        clearTimeout(timer);
        request.off('data', take).off('end', taken).off('close', closed);
        if (refusal) reject(refusal);
        else resolve();
      };
      const take = (chunk: Buffer) => {
        size += chunk.length;
        budget.heldBytes += chunk.length;
        if (size > maxBytes) settle(tooLarge());
        else if (budget.heldBytes > budget.mostBytes) {
          settle(new BodyRefused(503, 'too many bodies are being read at once'));
        } else chunks.push(chunk);
      };
      const taken = () => settle();
      const broken = () => settle(new BodyRefused(400, 'the connection broke'));
      const closed = () => settle(new BodyRefused(400, 'the connection was closed'));
      request.on('data', take).on('end', taken).on('error', broken).on('close', closed);
    });
    return await use(Buffer.concat(chunks));
  } finally {
    budget.heldBytes -= size;
  }
}
