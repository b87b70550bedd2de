/**
 * Reads what the bot sent without assumptions about its shape. An invalid member counts as absent, and what cannot be
 * rendered becomes a visible error.
 */
export type Raw = Readonly<Record<string, unknown>>;

export function asRaw(value: unknown): Raw | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Raw)
    : null;
}

export function child(raw: Raw, key: string): Raw | null {
  return asRaw(raw[key]);
}

export function text(raw: Raw, key: string): string | null {
  const value = raw[key];
  return typeof value === 'string' ? value : null;
}

export function number(raw: Raw, key: string): number | null {
  const value = raw[key];
  return typeof value === 'number' ? value : null;
}

export function flag(raw: Raw, key: string): boolean {
  return raw[key] === true;
}

export function children(raw: Raw, key: string): Raw[] {
  const value = raw[key];
  return Array.isArray(value) ? value.map(asRaw).filter((value) => value !== null) : [];
}

export function texts(raw: Raw, key: string): string[] {
  const value = raw[key];
  return Array.isArray(value) ? value.filter((value) => typeof value === 'string') : [];
}

/** A text object (`plain_text` or `mrkdwn`). */
export type TextModel = { markup: boolean; text: string; emoji: boolean; verbatim: boolean };

export function textObject(raw: Raw | null): TextModel | null {
  if (!raw) return null;
  const words = text(raw, 'text');
  if (words === null) return null;
  return {
    markup: raw.type === 'mrkdwn',
    text: words,
    emoji: raw.emoji !== false,
    verbatim: flag(raw, 'verbatim'),
  };
}
