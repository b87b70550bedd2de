/** Keys as they are written in settings: SECRETS_KEY, and AUDIT_WEBHOOK_SECRET. */

/**
 * Whether 32 bytes can be the output of a random generator. Of random keys, fewer than one in 10^15 has under 20
 * different bytes, or only characters that can be typed, or a constant difference between neighboring bytes.
 */
export function isRandom(key: Uint8Array): boolean {
  const steps = new Set(key.slice(1).map((byte, at) => byte - (key[at] ?? 0)));
  const isTyped = key.every((byte) => byte >= 0x20 && byte < 0x7f);
  return new Set(key).size >= 20 && steps.size >= 16 && !isTyped;
}

/** 32 bytes decoded from hex, base64 or base64url. */
export function keyBytes(text: string): Uint8Array | undefined {
  const bytes = /^[0-9a-f]{64}$/i.test(text)
    ? Buffer.from(text, 'hex')
    : /^[A-Za-z0-9+/_-]{43}=?$/.test(text)
      ? Buffer.from(text, 'base64')
      : undefined;
  return bytes?.length === 32 ? new Uint8Array(bytes) : undefined;
}

/** Several keys, separated by commas; undefined when one of them is invalid. */
export function oldKeys(text: string): Uint8Array[] | undefined {
  const keys = text.split(',').map((key) => keyBytes(key.trim()));
  return keys.every((key) => key !== undefined) ? keys : undefined;
}

/** The bytes of a secret as Standard Webhooks writes it, `whsec_` and base64; undefined for anything else. */
export function webhookSecret(text: string): Uint8Array | undefined {
  const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const bytes = new Uint8Array(Buffer.from(base64 ?? '', 'base64'));
  return bytes.length >= 24 && bytes.length <= 64 ? bytes : undefined;
}
