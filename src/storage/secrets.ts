/** Typed passwords at rest: sealed with the operator's key, bound to the row that they belong to (H4). */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Config } from '../config/config.ts';
import { ProblemError, problem } from '../errors/problem.ts';

/** First byte of a box, so that a later format can be distinguished. */
const format = 1;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals a text with AES-256-GCM under a random nonce.
 *
 * @param key 32 bytes
 * @param context the owner of the text, such as `row:1001:3`. A box opens only in the same context, so that a copy at
 *   another row is useless
 * @returns format, nonce, tag and cipher text in one
 */
export function seal(key: Uint8Array, plaintext: string, context: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(context, 'utf8'));
  const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(format), nonce, cipher.getAuthTag(), sealed]);
}

/**
 * Opens the result of `seal`, with the current key or one that it has replaced.
 *
 * @throws ProblemError `create.password-lost` when there is no key, no key fits, the context differs, or the box was
 *   changed. Which of these happened cannot be distinguished
 */
export function open(keys: Keys, box: Uint8Array, context: string): string {
  const { secretsKey, oldSecretsKeys = [] } = keys;
  for (const key of secretsKey ? [secretsKey, ...oldSecretsKeys] : []) {
    const text = openWith(key, box, context);
    if (text !== undefined) return text;
  }
  throw new ProblemError(problem('create.password-lost'));
}

/** The part of the configuration that opens boxes. */
export type Keys = Pick<Config, 'secretsKey' | 'oldSecretsKeys'>;

function openWith(key: Uint8Array, box: Uint8Array, context: string): string | undefined {
  try {
    const bytes = Buffer.from(box);
    const body = 1 + nonceBytes + tagBytes;
    if (bytes[0] !== format || bytes.length < body) throw new Error('not a sealed box');
    const nonce = bytes.subarray(1, 1 + nonceBytes);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(context, 'utf8'));
    decipher.setAuthTag(bytes.subarray(1 + nonceBytes, body));
    const text = Buffer.concat([decipher.update(bytes.subarray(body)), decipher.final()]);
    return text.toString('utf8');
  } catch {
    return undefined;
  }
}
