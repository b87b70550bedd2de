/**
 * Reads the body of a request whose sender is not verified yet, with limits of size and time, and of the total size
 * over all requests.
 */
import type { IncomingMessage } from 'node:http';

/** Bodies that are being read, over all requests. */
export type BodyBudget = {
  readonly mostBytes: number;
  heldBytes: number;
  readonly unfinished: Set<{ readonly size: () => number; readonly refuse: () => void }>;
};

export function createBodyBudget(mostBytes: number): BodyBudget {
  return { mostBytes, heldBytes: 0, unfinished: new Set() };
}

/** The largest body is dropped: Slack's bodies are small and arrive quickly, so they are still accepted. */
function makeRoom({ unfinished }: BodyBudget): void {
  const [largest] = [...unfinished].toSorted((left, right) => right.size() - left.size());
  largest?.refuse();
}

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
 * Passes the whole body to `use`, and releases it when that has ended.
 *
 * @param limits.withinMs for the whole body, however often a part of it arrives
 * @throws BodyRefused 413 too large, 408 too slow, 503 too many at once, 400 truncated
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
  const release = () => {
    budget.heldBytes -= size;
    size = 0;
    chunks.length = 0;
  };
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => settle(new BodyRefused(408, `a body that took more than ${withinMs} ms`)),
        withinMs,
      );
      const reading = {
        size: () => size,
        refuse: () => settle(new BodyRefused(503, 'too many bodies are being read at once')),
      };
      budget.unfinished.add(reading);
      const settle = (refusal?: BodyRefused) => {
        clearTimeout(timer);
        budget.unfinished.delete(reading);
        request.off('data', take).off('end', taken).off('close', closed);
        if (!refusal) return resolve();
        // Released immediately, because other bodies need the memory for their next chunk.
        release();
        reject(refusal);
      };
      const take = (chunk: Buffer) => {
        size += chunk.length;
        budget.heldBytes += chunk.length;
        if (size > maxBytes) return settle(tooLarge());
        chunks.push(chunk);
        if (budget.heldBytes > budget.mostBytes) makeRoom(budget);
      };
      const taken = () => settle();
      const broken = () => settle(new BodyRefused(400, 'the connection broke'));
      const closed = () => settle(new BodyRefused(400, 'the connection was closed'));
      request.on('data', take).on('end', taken).on('error', broken).on('close', closed);
    });
    return await use(Buffer.concat(chunks));
  } finally {
    release();
  }
}
