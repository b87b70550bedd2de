/** Reads a complete list, whatever its length. */
import { ConnectReadError } from '../gateway.ts';

type Page<Item> = { readonly items: readonly Item[]; readonly nextToken: string | undefined };

/** More pages than any instance can have; without a limit, a repeated token would cause an endless loop. */
const mostPages = 1_000;

/**
 * Every item of every page. When Connect no longer accepts a token, the read starts again, once, because items that
 * were read before may have moved.
 */
export async function everyPage<Item>(
  readPage: (nextToken: string | undefined) => Promise<Page<Item>>,
): Promise<Item[]> {
  try {
    return await readFromStart(readPage);
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error;
    return readFromStart(readPage).catch((again: unknown) => {
      throw again instanceof TokenRefused ? again.cause : again;
    });
  }
}

/** A page after the first was refused as invalid; the cause is what the read threw. */
class TokenRefused extends Error {}

async function readFromStart<Item>(
  readPage: (nextToken: string | undefined) => Promise<Page<Item>>,
): Promise<Item[]> {
  const all: Item[] = [];
  let token: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const { items, nextToken } = await readPage(token).catch((error: unknown) => {
      const expired = error instanceof ConnectReadError && error.kind === 'invalid' && token;
      throw expired ? new TokenRefused('page token refused', { cause: error }) : error;
    });
    all.push(...items);
    if (!nextToken) return all;
    if (nextToken === token) throw endlessListError('the same page again and again');
    token = nextToken;
  }
  throw endlessListError(`over ${mostPages} pages`);
}

function endlessListError(detail: string): ConnectReadError {
  return new ConnectReadError('unavailable', 'a list', { cause: undefined, detail });
}
