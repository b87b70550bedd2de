/**
 * Small validators that together describe Block Kit. Slack publishes no schema. The messages are those of its answers
 * as people have published them ("must be less than 3001 characters [json-pointer:/blocks/0/text/text]"); unpublished
 * ones are worded in the same style.
 */
import { asText, isObject, type JsonObject } from '../json.ts';
import type { Limit } from '../limits.ts';

export type Surface = 'message' | 'modal' | 'home';

/** The position of a check: the JSON pointer, and the list to which problems are added. */
export type Place = {
  pointer: string;
  surface: Surface;
  problems: string[];
};

export type Check = (value: unknown, place: Place) => void;

export function under(place: Place, key: string | number): Place {
  const escaped = String(key).replaceAll('~', '~0').replaceAll('/', '~1');
  return { ...place, pointer: `${place.pointer}/${escaped}` };
}

export function refuse(place: Place, message: string): void {
  place.problems.push(`${message} [json-pointer:${place.pointer}]`);
}

/** A string within the limit, counted in UTF-16 code units as Slack counts them (guess). */
export function string(limit?: Limit, also?: (text: string) => string | undefined): Check {
  return (value, place) => {
    if (typeof value !== 'string') return refuse(place, 'must provide a string');
    if (limit && value.length < (limit.min ?? 0)) {
      return refuse(place, `must be more than ${(limit.min ?? 0) - 1} characters`);
    }
    if (limit && value.length > limit.max) {
      return refuse(place, `must be less than ${limit.max + 1} characters`);
    }
    const problem = also?.(value);
    if (problem) refuse(place, problem);
  };
}

export const boolean: Check = (value, place) => {
  if (typeof value !== 'boolean') refuse(place, 'must provide a boolean');
};

export const number: Check = (value, place) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) refuse(place, 'must provide a number');
};

export function integer(limit?: Limit): Check {
  return (value, place) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      return refuse(place, 'must provide an integer');
    }
    if (limit && value > limit.max) return refuse(place, `must be less than ${limit.max + 1}`);
    if (limit && value < (limit.min ?? 0))
      refuse(place, `must be more than ${(limit.min ?? 0) - 1}`);
  };
}

export function oneOf(...allowed: readonly (string | number)[]): Check {
  return (value, place) => {
    const known = allowed.some((candidate) => candidate === value);
    if (!known) refuse(place, 'must be a valid enum value');
  };
}

/** A list without duplicates. The wording is a guess. */
export function distinctList(item: Check, limit?: Limit): Check {
  const check = list(item, limit);
  return (value, place) => {
    check(value, place);
    if (Array.isArray(value) && new Set(value).size < value.length) {
      refuse(place, 'must not contain duplicate items');
    }
  };
}

export function list(item: Check, limit?: Limit): Check {
  return (value, place) => {
    if (!Array.isArray(value)) return refuse(place, 'must provide an array');
    if (limit && value.length > limit.max) {
      return refuse(place, `no more than ${limit.max} items allowed`);
    }
    if (limit && value.length < (limit.min ?? 0)) {
      return refuse(place, `must provide at least ${limit.min} items`);
    }
    for (const [at, entry] of value.entries()) item(entry, under(place, at));
  };
}

/** For lists whose maximum length Slack does not document. */
export const someItems: Limit = {
  min: 1,
  max: Number.MAX_SAFE_INTEGER,
  source: 'guess: an empty list says nothing, and other validators refuse it',
};

export type Shape = {
  required?: Record<string, Check>;
  optional?: Record<string, Check>;
  /** A check over several members; it runs after the members are checked. */
  also?: (value: JsonObject, place: Place) => void;
};

/** An object with exactly these members: Slack refuses unknown ones. */
export function shape({ required = {}, optional = {}, also }: Shape): Check {
  // A map, because an object inherits members such as `constructor`.
  const known = new Map(Object.entries({ ...optional, ...required }));
  return (value, place) => {
    if (!isObject(value)) return refuse(place, 'must provide an object');
    for (const name of Object.keys(required)) {
      if (!(name in value)) refuse(place, `missing required field: ${name}`);
    }
    for (const [name, member] of Object.entries(value)) {
      const check = known.get(name);
      if (check) check(member, under(place, name));
      else refuse(place, `invalid additional property: ${name}`);
    }
    also?.(value, place);
  };
}

/** An object that has at least one optional member. The wording is a guess. */
export function filledShape(members: Shape): Check {
  return shape({
    ...members,
    also: (value, place) => {
      if (Object.keys(value).length === 0) refuse(place, 'must not be empty');
      members.also?.(value, place);
    },
  });
}

/** Selects the check by the value's `type`; a type that is not allowed here is unsupported. */
export function byType(checks: Record<string, Check>): Check {
  return (value, place) => {
    if (!isObject(value)) return refuse(place, 'must provide an object');
    if (!('type' in value)) return refuse(place, 'missing required field: type');
    const type = value.type;
    const check =
      typeof type === 'string' && Object.hasOwn(checks, type) ? checks[type] : undefined;
    if (!check) return refuse(under(place, 'type'), `unsupported type: ${asText(type)}`);
    check(value, place);
  };
}

/** Like `check`, but when it fails, the position itself is reported first, as Slack does for a union. */
export function union(check: Check): Check {
  return (value, place) => {
    const problems: string[] = [];
    check(value, { ...place, problems });
    if (problems.length > 0) {
      refuse(place, 'failed to match all allowed schemas');
      place.problems.push(...problems);
    }
  };
}

/** `https` with a host (docs: video). The wording is a guess. */
export function secureUrlProblem(text: string): string | undefined {
  return urlProblem(text) ?? (/^https:/i.test(text) ? undefined : 'must be an HTTPS URL');
}

/** A text of at least one character whose maximum length Slack does not document. */
export const filledString = string({
  min: 1,
  max: Number.MAX_SAFE_INTEGER,
  source: 'guess: an empty text says nothing, and other validators refuse it',
});

/** `http` or `https` with a host. The wording is a guess. */
export function urlProblem(text: string): string | undefined {
  const url = URL.parse(text);
  const web = url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
  return web && !/\s/.test(text) ? undefined : 'must be a valid URL';
}
