/** Active faults: each affects the next `times` matches and is then removed. */
import type { Fault, FaultSpec, SlackFault } from '../api/wire.ts';
import { asText, isObject } from './json.ts';

type Kind = SlackFault['kind'];
type OfKind<K extends Kind> = Extract<SlackFault, { kind: K }>;

export type FaultBox = {
  add(spec: SlackFault, times: number): Fault;
  all(): Fault[];
  /** Returns whether a fault with this id existed. */
  remove(id: string): boolean;
  clear(): void;
  /** The first fault of this kind that matches `name`; one use is counted. */
  take<K extends Kind>(kind: K, name: string): OfKind<K> | undefined;
};

type Held = { id: string; times: number; used: number; spec: SlackFault };

export function createFaultBox(onChange: () => void): FaultBox {
  let held: Held[] = [];
  let count = 0;

  return {
    add(spec, times) {
      count += 1;
      const fault: Held = { id: `slack-${count}`, times, used: 0, spec };
      held.push(fault);
      onChange();
      return shown(fault);
    },
    all: () => held.map(shown),
    remove(id) {
      const before = held.length;
      held = held.filter((fault) => fault.id !== id);
      onChange();
      return held.length < before;
    },
    clear() {
      held = [];
      onChange();
    },
    take<K extends Kind>(kind: K, name: string): OfKind<K> | undefined {
      const fault = held.find(({ spec }) => spec.kind === kind && matches(spec, name));
      if (!fault) return undefined;
      fault.used += 1;
      if (fault.used >= fault.times) held = held.filter((candidate) => candidate !== fault);
      onChange();
      // The search above selected by kind, which the compiler cannot infer through the generic.
      return fault.spec as OfKind<K>;
    },
  };
}

function shown({ id, times, used, spec }: Held): Fault {
  return { id, times, used, ...spec };
}

/** `*` matches everything; `views.*` every method of that family. */
function matches(spec: SlackFault, name: string): boolean {
  if (!('match' in spec) || spec.match === '*' || spec.match === name) return true;
  return spec.match.endsWith('.*') && name.startsWith(spec.match.slice(0, -1));
}

const text = (value: unknown) => typeof value === 'string' && value.length > 0;
const count = (value: unknown) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const maybe = (check: (value: unknown) => boolean) => (value: unknown) =>
  value === undefined || check(value);

const members: Record<Kind, Record<string, (value: unknown) => boolean>> = {
  duplicate: { match: text, retryAttempt: maybe(count) },
  late: { match: text, delayMs: count },
  reorder: { match: text },
  'lose-ack': { match: text },
  'drop-socket': { announce: (value) => typeof value === 'boolean' },
  method: { match: text, error: text, retryAfterSeconds: maybe(count), delayMs: maybe(count) },
  'lose-answer': { match: text },
  file: { as: (value) => ['html', 'slow', 'cut', 'redirect', 'forbidden'].includes(asText(value)) },
  'expired-trigger': {},
  'older-blocks': {},
};

/** Parses a fault from a request: its specification and its count, or the error in it. */
export function readFault(body: unknown): { spec: FaultSpec; times: number } | { problem: string } {
  if (!isObject(body)) return { problem: 'a fault is a JSON object' };
  const { times = 1, ...spec } = body;
  if (typeof times !== 'number' || !Number.isInteger(times) || times < 1) {
    return { problem: '`times` must be a whole number from 1' };
  }
  // The members of a Connect fault are validated by the Connect half.
  if (spec.on === 'connect') return { spec: spec as FaultSpec, times };
  if (spec.on !== 'slack') return { problem: '`on` must be "slack" or "connect"' };
  const kind = spec.kind;
  if (typeof kind !== 'string' || !Object.hasOwn(members, kind)) {
    return { problem: `\`kind\` must be one of ${Object.keys(members).join(', ')}` };
  }
  for (const [name, good] of Object.entries(members[kind as Kind])) {
    if (!good(spec[name])) return { problem: `\`${name}\` is missing or wrong for "${kind}"` };
  }
  return { spec: spec as FaultSpec, times };
}
