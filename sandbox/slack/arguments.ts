/** A Web API call's arguments: read from a form, a JSON body or the query, with their types validated. */
import { isObject, type JsonObject, parseJson } from './json.ts';
import { Refusal } from './refusal.ts';

type Kind = 'text' | 'integer' | 'boolean' | 'object' | 'array';

/** Name → type; an exclamation mark marks a required argument. */
export type ArgumentSpec = Record<string, Kind | `${Kind}!`>;

export type Arguments = {
  text(name: string): string | undefined;
  /** An argument that the spec requires. */
  need(name: string): string;
  integer(name: string): number | undefined;
  flag(name: string): boolean;
  object(name: string): JsonObject | undefined;
  array(name: string): unknown[] | undefined;
};

/** Slack's error code for an argument that cannot be parsed, where it is not `invalid_arguments`. */
const formatErrors: Record<string, string> = {
  blocks: 'invalid_blocks_format',
  metadata: 'invalid_metadata_format',
};

/**
 * Arguments the method does not know are ignored, as Slack does.
 * @throws Refusal invalid_arguments, invalid_blocks_format, invalid_metadata_format
 */
export function readArguments(spec: ArgumentSpec, given: JsonObject): Arguments {
  const problems: string[] = [];
  const values: JsonObject = {};
  for (const [name, declared] of Object.entries(spec)) {
    const required = declared.endsWith('!');
    const kind = declared.replace('!', '') as Kind;
    const raw = given[name];
    if (raw === undefined || raw === null || raw === '') {
      if (required) problems.push(`missing required field: ${name} [json-pointer:/${name}]`);
      else if (raw === '' && kind === 'text') values[name] = '';
      continue;
    }
    const value = convert(kind, raw);
    if (value === undefined) {
      const code = formatErrors[name];
      if (code) throw new Refusal(code);
      problems.push(
        `must provide ${kind === 'text' ? 'a string' : article(kind)} [json-pointer:/${name}]`,
      );
    } else {
      values[name] = value;
    }
  }
  if (problems.length > 0) throw Refusal.withMessages('invalid_arguments', problems);

  return {
    text: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
    need(name) {
      const value = values[name];
      if (typeof value !== 'string') throw new Refusal('invalid_arguments');
      return value;
    },
    integer: (name) => (typeof values[name] === 'number' ? values[name] : undefined),
    flag: (name) => values[name] === true,
    object: (name) => (isObject(values[name]) ? values[name] : undefined),
    array: (name) => (Array.isArray(values[name]) ? values[name] : undefined),
  };
}

function article(kind: string): string {
  return /^[aio]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

function convert(kind: Kind, raw: unknown): unknown {
  if (kind === 'text') return typeof raw === 'number' ? String(raw) : stringOr(raw);
  if (kind === 'integer') {
    const number = typeof raw === 'string' && /^\d+$/.test(raw) ? Number(raw) : raw;
    return Number.isInteger(number) ? number : undefined;
  }
  if (kind === 'boolean') {
    if (typeof raw === 'boolean') return raw;
    if (raw === 'true' || raw === '1' || raw === 1) return true;
    return raw === 'false' || raw === '0' || raw === 0 ? false : undefined;
  }
  const value = typeof raw === 'string' ? parseJson(raw) : raw;
  if (kind === 'array') return Array.isArray(value) ? value : undefined;
  return isObject(value) ? value : undefined;
}

function stringOr(raw: unknown): string | undefined {
  return typeof raw === 'string' ? raw : undefined;
}
