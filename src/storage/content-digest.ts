/** Tells whether a form that is sent a second time says the same as the first time. */
import { createHmac } from 'node:crypto';
import type { Config } from '../config/config.ts';

/**
 * A digest of what a form says. Keyed with the operator's key where there is one: a form may hold a typed
 * password, and a plain hash of it would be something to guess the password from (H4). Without a key no
 * password can be typed.
 *
 * @param content plain data, the same members in the same order each time
 * @returns 64 hexadecimal digits
 */
export function contentDigest(config: Pick<Config, 'secretsKey'>, content: unknown): string {
  return createHmac('sha256', config.secretsKey ?? 'no secrets')
    .update(JSON.stringify(content))
    .digest('hex');
}
