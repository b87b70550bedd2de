/**
 * The AWS command line's shorthand syntax: `Name=Value,Name={Name=Value},Name=[a,b]`.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html
 */
export type ShorthandValue = string | ShorthandValue[] | { [name: string]: ShorthandValue };

/** The position where the text is not shorthand anymore, and what is expected there. */
export class ShorthandError extends Error {
  override readonly name = 'ShorthandError';
  readonly expected: string;
  /** The text from that position; empty at the end. */
  readonly near: string;

  constructor(expected: string, near: string) {
    super(`${expected} is expected before “${near}”`);
    this.expected = expected;
    this.near = near;
  }
}

/** Deeper than any input of an Amazon Connect operation. */
const deepest = 16;

/**
 * Reads one structure. A value without braces or brackets that is followed by more values without a name is a list:
 * `Ids=a,b,Name=c` has two members. Throws `ShorthandError`.
 */
export function readShorthand(text: string): { [name: string]: ShorthandValue } {
  const reader = new Reader(text);
  const pairs = reader.pairs(0);
  reader.end();
  return pairs;
}

class Reader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  end(): void {
    if (this.at < this.text.length) this.fail('a comma');
  }

  pairs(depth: number): { [name: string]: ShorthandValue } {
    const pairs: Record<string, ShorthandValue> = Object.create(null);
    do {
      this.spaces();
      const name = this.take(/[A-Za-z0-9_\-.#/:]+/y);
      if (name === '') this.fail('a name');
      this.spaces();
      if (!this.skip('=')) this.fail('“=”');
      if (name in pairs) this.fail(`only one “${name}”`);
      pairs[name] = this.memberValue(depth);
      this.spaces();
    } while (this.skip(','));
    return pairs;
  }

  private memberValue(depth: number): ShorthandValue {
    const first = this.value(depth, /[^,\s}\]][^,}]*/y);
    if (typeof first !== 'string') return first;
    const values = [first];
    while (this.isNext(/\s*,(?!\s*[A-Za-z0-9_\-.#/:]+\s*=)/y)) {
      this.take(/\s*,\s*/y);
      const value = this.value(depth, /[^,}]*/y);
      if (typeof value !== 'string') this.fail('a value');
      values.push(value);
    }
    return values.length === 1 ? first : values;
  }

  /** @param plain the characters of a value without quotation marks and brackets */
  private value(depth: number, plain: RegExp): ShorthandValue {
    this.spaces();
    if (depth > deepest) this.fail('a shallower value');
    if (this.skip('{')) {
      const pairs = this.pairs(depth + 1);
      if (!this.skip('}')) this.fail('“}”');
      return pairs;
    }
    if (this.skip('[')) return this.list(depth + 1);
    const quote = this.take(/["']/y);
    if (quote !== '') return this.quoted(quote);
    return this.take(plain).trimEnd();
  }

  private list(depth: number): ShorthandValue[] {
    const values: ShorthandValue[] = [];
    this.spaces();
    if (this.skip(']')) return values;
    do {
      values.push(this.value(depth, /[^,\]]*/y));
      this.spaces();
    } while (this.skip(','));
    if (!this.skip(']')) this.fail('“]”');
    return values;
  }

  private quoted(quote: string): string {
    let value = '';
    while (this.at < this.text.length) {
      const char = this.text.charAt(this.at);
      this.at += 1;
      if (char === quote) return value;
      if (char === '\\' && [quote, '\\'].includes(this.text.charAt(this.at))) {
        value += this.text.charAt(this.at);
        this.at += 1;
      } else value += char;
    }
    return this.fail(`a closing ${quote}`);
  }

  private spaces(): void {
    this.take(/\s*/y);
  }

  private skip(char: string): boolean {
    if (this.text.charAt(this.at) !== char) return false;
    this.at += 1;
    return true;
  }

  private isNext(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found = ''] = pattern.exec(this.text) ?? [];
    this.at += found.length;
    return found;
  }

  private fail(expected: string): never {
    throw new ShorthandError(expected, this.text.slice(this.at));
  }
}
