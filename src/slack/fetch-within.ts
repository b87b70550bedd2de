/** `fetch` with a time limit, for Slack's Web API client. */

/**
 * A `fetch` that gives up after `timeoutMs`, counted until the last byte of the answer's body.
 *
 * The SDK's own `timeout` option uses `AbortSignal.timeout`, which has two disadvantages. It keeps each call, its
 * request body and its answer in memory until the time is over, although the call ended long ago; under load that is
 * most of the heap. And an answer that stops in the middle of its body becomes a bare error instead of the SDK's
 * WebAPIRequestError, because the SDK reads the body outside of its own error handling.
 *
 * @throws DOMException `TimeoutError` when the time is over, or any error of `fetch`
 */
export function createFetchWithin(timeoutMs: number): typeof fetch {
  return async (input, init) => {
    const controller = new AbortController();
    const timer = setTimeout(
      () => controller.abort(new DOMException(`no answer within ${timeoutMs} ms`, 'TimeoutError')),
      timeoutMs,
    );
    try {
      const response = await fetch(input, { ...init, signal: controller.signal });
      return withBody(response, await response.arrayBuffer());
    } finally {
      clearTimeout(timer);
    }
  };
}

/** The answer with its body already read. A second `Response` around the bytes would cost half as much as the call. */
function withBody(response: Response, bytes: ArrayBuffer): Response {
  const text = async () => new TextDecoder().decode(bytes);
  return Object.assign(response, {
    text,
    arrayBuffer: async () => bytes,
    json: async (): Promise<unknown> => JSON.parse(await text()),
  });
}
