/** The parts of a Web API method, and shared functions for scopes and pages. */
import type { ArgumentSpec, Arguments } from '../arguments.ts';
import type { JsonObject } from '../json.ts';
import type { Tier } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';

/** One Web API method: required scopes, rate limit, arguments and implementation. */
export type Method = {
  token: 'bot' | 'app';
  /** The app needs one of these scopes; scopes that depend on the kind of channel are checked in `run`. */
  scopes: readonly string[];
  tier: Tier;
  args: ArgumentSpec;
  /** Returns the members of the answer other than `ok: true`. @throws Refusal */
  run(world: World, args: Arguments): JsonObject;
};

/** @throws Refusal missing_scope, with the needed and the granted scopes */
export function needScope(world: World, ...oneOf: readonly string[]): void {
  if (oneOf.length === 0 || oneOf.some((scope) => world.app.scopes.has(scope))) return;
  throw new Refusal('missing_scope', {
    needed: oneOf.join(','),
    provided: [...world.app.scopes].join(','),
  });
}

/** One page of `items`; the cursor is the position, encoded as Slack encodes cursors. */
export function page<Item>(
  items: readonly Item[],
  args: Arguments,
  fallback: number,
): { items: Item[]; next: string } {
  const asked = args.integer('limit') ?? fallback;
  const limit = Math.min(1000, asked < 1 ? fallback : asked);
  const cursor = args.text('cursor');
  const start = cursor ? readCursor(cursor) : 0;
  const end = start + limit;
  const next = end < items.length ? Buffer.from(`next:${end}`).toString('base64') : '';
  return { items: items.slice(start, end), next };
}

function readCursor(cursor: string): number {
  const position = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'))?.[1];
  if (position === undefined) throw new Refusal('invalid_cursor');
  return Number(position);
}
