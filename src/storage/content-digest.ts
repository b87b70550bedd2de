/** Determines whether a form that is submitted a second time has the same content as the first time. */
import { createHmac } from 'node:crypto';
import type { Config } from '../config/config.ts';

/**
 * A digest of a form's content. Keyed with the operator's key if there is one: a form can contain a typed password,
 * which could be guessed from a plain hash (H4). Without a key no password can be typed.
 *
 * @param content plain data, the same members in the same order each time
 * @returns 64 hexadecimal digits
 */
export function contentDigest(config: Pick<Config, 'secretsKey'>, content: unknown): string {
  return createHmac('sha256', config.secretsKey ?? 'no secrets')
    .update(JSON.stringify(content))
    .digest('hex');
}
