/** Unusual text and values, and functions that damage correct ones. */
import type { Chance } from '../chaos/seeded.ts';

const oddTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\ud83d',
  '\udc00x',
  '\u202eevil',
  '\ufeff',
  '\u200b',
  'a\u0301'.repeat(40),
  '😀'.repeat(70),
  "=cmd|'/c calc'!A1",
  '+12065550151',
  '<!channel> <@U0TARA>',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'toString',
  '$' + '{jndi:ldap://x}',
  '../../etc/passwd',
  "'; drop table requests; --",
  'null',
  'undefined',
  'NaN',
  '1e999',
  '-0',
  '00000000000000000000',
  '9'.repeat(400),
  'x'.repeat(5_000),
  '|'.repeat(3_000),
  '"',
  '""""',
  '\r\n\r\n',
  '%00%ff',
  '\\',
  '{{{{',
  '[[[[',
  '𝕄𝕒𝕣𝕪',
  'ß',
  'İ',
  'K',
  'ﷺ'.repeat(30),
  'Ã¼ber',
  'Ren?e',
  '#N/A',
  '2026-02-30',
];

export function oddText(chance: Chance): string {
  if (chance.happens(0.7)) return chance.pick(oddTexts);
  const length = chance.whole(0, chance.happens(0.05) ? 3_000 : 40);
  const codes = Array.from({ length }, () =>
    chance.happens(0.6) ? chance.whole(32, 126) : chance.whole(0, 0xffff),
  );
  return String.fromCharCode(...codes);
}

/** Any JSON value, at most a few levels deep. */
export function oddValue(chance: Chance, depth = 3): unknown {
  const kind = chance.whole(0, depth > 0 ? 8 : 5);
  switch (kind) {
    case 0:
      return null;
    case 1:
      return chance.happens(0.5);
    case 2:
      return chance.pick([0, -1, 1.5, 1e308, 2 ** 53, -0, 42]);
    case 3:
    case 4:
    case 5:
      return oddText(chance);
    case 6:
    case 7:
      return Array.from({ length: chance.whole(0, 4) }, () => oddValue(chance, depth - 1));
    default:
      return Object.fromEntries(
        Array.from({ length: chance.whole(0, 4) }, () => [
          oddText(chance).slice(0, 50),
          oddValue(chance, depth - 1),
        ]),
      );
  }
}

/** The same value with a few members replaced, removed or repeated. */
export function mutatedValue(chance: Chance, value: unknown, share = 0.15): unknown {
  if (chance.happens(share)) return oddValue(chance, 2);
  if (Array.isArray(value)) {
    const items = value.map((item) => mutatedValue(chance, item, share));
    return chance.happens(share) ? [...items, ...items] : items;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(() => !chance.happens(share / 2))
        .map(([name, member]) => [name, mutatedValue(chance, member, share)]),
    );
  }
  return value;
}

/** The same bytes with some of them changed, cut out, doubled or cut off. */
export function mutatedBytes(chance: Chance, bytes: Uint8Array): Uint8Array {
  let result = Buffer.from(bytes);
  for (let round = chance.whole(1, 6); round > 0; round--) {
    if (result.length === 0) return result;
    const at = chance.whole(0, result.length - 1);
    switch (chance.whole(0, 5)) {
      case 0:
        result[at] = chance.whole(0, 255);
        break;
      case 1:
        result = Buffer.concat([
          result.subarray(0, at),
          Buffer.from(oddText(chance)),
          result.subarray(at),
        ]);
        break;
      case 2:
        result = result.subarray(0, at);
        break;
      case 3: {
        const end = Math.min(result.length, at + chance.whole(1, 200));
        result = Buffer.concat([result.subarray(0, end), result.subarray(at)]);
        break;
      }
      case 4: {
        const end = Math.min(result.length, at + chance.whole(1, 50));
        result = Buffer.concat([result.subarray(0, at), result.subarray(end)]);
        break;
      }
      default:
        result[at] = (result[at] ?? 0) ^ (1 << chance.whole(0, 7));
    }
  }
  return result;
}

/** The same for text; characters may become halves of others. */
export function mutatedText(chance: Chance, text: string): string {
  return Buffer.from(mutatedBytes(chance, Buffer.from(text))).toString('utf8');
}
