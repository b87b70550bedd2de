/**
 * Makes test cases from the service's model: for every member that the model constrains, a value at the limit and one
 * just beyond. It reads the model itself and shares no code with the sandbox's validator.
 */
import { readFileSync } from 'node:fs';

type Ref = { shape: string; location?: 'uri' | 'querystring'; locationName?: string };
type Shape = {
  type: string;
  required?: string[];
  members?: Record<string, Ref>;
  member?: Ref;
  key?: Ref;
  value?: Ref;
  min?: number;
  max?: number;
  pattern?: string;
  enum?: string[];
};
type Operation = {
  http: { method: string; requestUri: string };
  input: Ref;
  output?: Ref;
  errors?: Ref[];
};

export const model: { operations: Record<string, Operation>; shapes: Record<string, Shape> } =
  JSON.parse(readFileSync(new URL('../../../sandbox/connect/model.json', import.meta.url), 'utf8'));

export type Input = Record<string, unknown>;
export type Case = {
  /** For example `CreateUser Tags{} 51 entries`. */
  name: string;
  /** The path of the value: member names, 0 for the first item of a list, `{}` for a map's key. */
  path: readonly (string | number)[];
  shape: string;
  accepted: boolean;
  value: unknown;
};

/** An instance whose id has the format of AWS's ids; the patterns of newer operations accept no other. */
export const globalInstance = 'e5f6a7b8-9012-4cde-9f01-23456789abcd';

/** Values that match, and do not match, the shapes that have a pattern, chosen manually from the documentation. */
const samples: Record<string, { good: string[]; bad: string[] }> = {
  InstanceIdOrArn: {
    good: [globalInstance, `arn:aws:connect:us-east-1:123456789012:instance/${globalInstance}`],
    bad: ['a1b2c3d4-5678-90ab-cdef-EXAMPLE11111', 'k', `${globalInstance}0`],
  },
  TrafficDistributionGroupIdOrArn: {
    good: [],
    bad: ['kkkk', `${globalInstance}0`],
  },
  Password: {
    good: ['Aa345678', `Aa1${'x'.repeat(61)}`, 'Pass@Word1'],
    bad: ['Aa34567', `Aa1${'x'.repeat(62)}`, 'aa345678', 'AA345678', 'Aabcdefg', 'Aa 345678'],
  },
  PhoneNumber: {
    good: ['+12', '+123456789012345', '+15555551212'],
    bad: [
      '+1',
      '+1234567890123456',
      '+05555551212',
      '15555551212',
      '+1 555 555 1212',
      'x+15555551212',
    ],
  },
  SensitivePhoneNumber: {
    good: ['+12', '+123456789012345'],
    bad: ['+1', '+1234567890123456', '+05555551212', '5551212', '+1-555-555-1212', ' +15555551212'],
  },
  TagKey: {
    good: ['Straße _.:/=+-@', '部署'],
    bad: ['aws:team', 'a#b', 'a;b', 'a\nb'],
  },
};

/** Every case for one operation. `fill` gives a valid value for a shape that is not the subject of the case. */
export function casesFor(operation: string, fill: (shape: string) => unknown): Case[] {
  const input = model.operations[operation]?.input.shape ?? '';
  return visit(input, [], new Set(), fill).map((found) => ({
    ...found,
    name: `${found.path.join('.') || input}: ${found.name}`,
  }));
}

function visit(
  name: string,
  path: readonly (string | number)[],
  above: ReadonlySet<string>,
  fill: (shape: string) => unknown,
): Case[] {
  // Search criteria are recursive; one level covers all cases.
  if (above.has(name)) return [];
  const shape = model.shapes[name];
  if (!shape) throw new Error(`no shape ${name}`);
  const inside = new Set(above).add(name);
  const make = (text: string, accepted: boolean, value: unknown): Case => ({
    name: text,
    path,
    shape: name,
    accepted,
    value,
  });
  switch (shape.type) {
    case 'structure':
      return [
        ...(path.length > 0 ? [make('a string instead of a structure', false, 'x')] : []),
        ...(shape.required ?? []).map((member) => ({
          ...make('left out', false, undefined),
          path: [...path, member],
        })),
        ...Object.entries(shape.members ?? {}).flatMap(([member, ref]) =>
          visit(ref.shape, [...path, member], inside, fill),
        ),
      ];
    case 'list': {
      const item = shape.member?.shape ?? '';
      const many = (size: number) => Array.from({ length: size }, () => fill(item));
      return [
        make('an object instead of a list', false, { a: 1 }),
        ...lengths(shape).map(([size, fits]) => make(`${size} items`, fits, many(size))),
        ...visit(item, [...path, 0], inside, fill),
      ];
    }
    case 'map': {
      const entries = (size: number) =>
        Object.fromEntries(Array.from({ length: size }, (_, index) => [`key${index}`, 'value']));
      return [
        make('a list instead of a map', false, ['a']),
        ...lengths(shape).map(([size, fits]) => make(`${size} entries`, fits, entries(size))),
        ...visit(shape.key?.shape ?? '', [...path, '{}'], inside, fill),
        ...visit(shape.value?.shape ?? '', [...path, 'aKey'], inside, fill),
      ];
    }
    case 'string':
      return [
        ...(path.at(-1) === '{}' ? [] : [make('a number instead of a string', false, 7)]),
        ...(name in samples ? [] : lengths(shape)).map(([size, fits]) =>
          make(`${size} letters`, fits, 'k'.repeat(size)),
        ),
        ...(shape.enum ?? []).map((value) => make(value, true, value)),
        ...(shape.enum ? [make('not one of the enum', false, 'SOMETHING_ELSE')] : []),
        ...(shape.pattern ? patternCases(name, make) : []),
      ];
    case 'integer':
    case 'long':
    case 'float':
      return [
        make('a word instead of a number', false, 'seven'),
        ...(shape.type === 'float' ? [] : [make('a fraction', false, 1.5)]),
        ...limits(shape).map(([size, fits]) => make(String(size), fits, size)),
      ];
    case 'boolean':
      return [make('a word instead of a boolean', false, 'yes'), make('true', true, true)];
    default:
      throw new Error(`${name} has the type ${shape.type}, which no request had so far`);
  }
}

function patternCases(name: string, make: (text: string, fits: boolean, value: string) => Case) {
  const sample = samples[name];
  if (!sample) throw new Error(`${name} has a pattern and no samples here`);
  return [
    ...sample.good.map((value) => make(JSON.stringify(value), true, value)),
    ...sample.bad.map((value) => make(JSON.stringify(value), false, value)),
  ];
}

/** Sizes at and just beyond the limits; a negative size cannot be built. */
const lengths = (shape: Shape): [number, boolean][] => limits(shape).filter(([size]) => size >= 0);

function limits({ min, max }: Shape): [number, boolean][] {
  const all: [number, boolean][] = [];
  if (min !== undefined) all.push([min, true], [min - 1, false]);
  if (max !== undefined) all.push([max, true], [max + 1, false]);
  return all;
}

/** Structures that are invalid when partly filled, so a case about one member requires the other members. */
const companions: Readonly<Record<string, object>> = {
  HierarchyGroupCondition: { Value: 'abc', HierarchyGroupMatchType: 'EXACT' },
  NumberCondition: { FieldName: 'Level', ComparisonType: 'EQUAL', MinValue: 3 },
};

/** Sets a value at a path, in a copy of the input. */
export function place(input: Input, path: readonly (string | number)[], value: unknown): Input {
  const set = (target: unknown, steps: readonly (string | number)[]): unknown => {
    const [step, ...rest] = steps;
    if (step === undefined) return value;
    if (step === '{}') return { [String(value)]: 'value' };
    if (typeof step === 'number') {
      const list = Array.isArray(target) ? [...target] : [];
      list[step] = set(list[step], rest);
      return list;
    }
    const object: Record<string, unknown> = { ...(target as object | undefined) };
    const before = object[step] ?? (rest.length > 0 ? companions[step] : undefined);
    object[step] = set(before, rest);
    return object;
  };
  return set(input, path) as Input;
}

export function bindingOf(operation: string, member: string | number | undefined) {
  const input = model.shapes[model.operations[operation]?.input.shape ?? ''];
  return input?.members?.[String(member)]?.location;
}

/** The HTTP request as the model binds it. Members in the path and query are sent as text, as required. */
export function toRequest(operation: string, input: Input) {
  const { http, input: inputRef } = model.operations[operation] ?? {};
  if (!http || !inputRef) throw new Error(`no operation ${operation}`);
  const query: string[] = [];
  const body: Input = {};
  let path = http.requestUri;
  let hasBody = false;
  for (const [name, ref] of Object.entries(model.shapes[inputRef.shape]?.members ?? {})) {
    const value = input[name];
    const wireName = ref.locationName ?? name;
    if (ref.location === 'uri') {
      path = path.replace(`{${wireName}}`, encodeURIComponent(String(value ?? '')));
    } else if (ref.location === 'querystring') {
      for (const item of value === undefined ? [] : [value].flat()) {
        query.push(`${wireName}=${encodeURIComponent(String(item))}`);
      }
    } else {
      hasBody = true;
      if (value !== undefined) body[wireName] = value;
    }
  }
  return {
    method: http.method,
    path: query.length > 0 ? `${path}?${query.join('&')}` : path,
    ...(hasBody ? { body: JSON.stringify(body) } : {}),
  };
}
