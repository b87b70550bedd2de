/**
 * Validates an input against the model: required members, types, lengths, ranges, patterns, enums. Unknown members
 * are ignored, as the service does; `null` counts as absent.
 */
import { invalidParameter, invalidRequest, type ServiceError } from './errors.ts';
import { type OperationModel, type Shape, shapeNamed, structureNamed } from './model.ts';
import { compilePattern } from './pattern.ts';
import { isObject } from './project.ts';

/** Search criteria can be nested without limit in the model; this depth is a guess. */
const DEEPEST = 32;

type Problem =
  | { kind: 'missing'; member: string }
  | { kind: 'type'; where: string; expected: string }
  | { kind: 'limit'; where: string; constraint: string; shown: string };

/**
 * @returns the error to answer with, or undefined when the input is valid. Which of the two types the service uses is
 * a guess, except that a missing Password is known to be InvalidRequestException. Here, a malformed request is
 * InvalidRequestException, and a value beyond its limit is InvalidParameterException (where the operation models it).
 */
export function findViolation(
  operation: OperationModel,
  input: Readonly<Record<string, unknown>>,
): ServiceError | undefined {
  const problems: Problem[] = [];
  checkStructure(operation.input.shape, input, '', 0, problems);
  for (const problem of problems) {
    if (problem.kind === 'missing') {
      return invalidRequest(`Required parameter missing: ${problem.member}`);
    }
    if (problem.kind === 'type') {
      return invalidRequest(`Invalid request: '${problem.where}' must be ${problem.expected}`);
    }
  }
  const beyond = problems.filter((problem) => problem.kind === 'limit');
  if (beyond.length === 0) return undefined;
  const sentences = beyond.map(
    ({ where, constraint, shown }) =>
      `Value${shown} at '${where}' failed to satisfy constraint: ${constraint}`,
  );
  const text = `${beyond.length} validation error${beyond.length === 1 ? '' : 's'} detected: ${sentences.join('; ')}`;
  const modelled = operation.errors.some(({ shape }) => shape === 'InvalidParameterException');
  return modelled ? invalidParameter(text) : invalidRequest(text);
}

function checkStructure(
  name: string,
  value: Readonly<Record<string, unknown>>,
  where: string,
  depth: number,
  problems: Problem[],
): void {
  const shape = structureNamed(name);
  for (const member of shape.required ?? []) {
    if (isAbsent(value[member])) problems.push({ kind: 'missing', member: join(where, member) });
  }
  for (const [member, reference] of Object.entries(shape.members)) {
    const inner = Object.hasOwn(value, member) ? value[member] : undefined;
    if (!isAbsent(inner)) {
      check(reference.shape, inner, join(where, lowerFirst(member)), depth + 1, problems);
    }
  }
}

function check(name: string, value: unknown, where: string, depth: number, problems: Problem[]) {
  const shape = shapeNamed(name);
  const wrong = (expected: string) => problems.push({ kind: 'type', where, expected });
  if (depth > DEEPEST) {
    problems.push({ kind: 'limit', where, constraint: 'Member is nested too deeply', shown: '' });
    return;
  }
  switch (shape.type) {
    case 'structure':
      if (!isObject(value)) return wrong('an object');
      return checkStructure(name, value, where, depth, problems);
    case 'list':
      if (!Array.isArray(value)) return wrong('a list');
      checkSize(shape, value.length, where, '', problems);
      for (const [index, item] of value.entries()) {
        const place = `${where}.${index + 1}.member`;
        if (isAbsent(item)) problems.push({ kind: 'missing', member: place });
        else check(shape.member.shape, item, place, depth + 1, problems);
      }
      return;
    case 'map':
      if (!isObject(value)) return wrong('a map');
      checkSize(shape, Object.keys(value).length, where, '', problems);
      for (const [key, item] of Object.entries(value)) {
        check(shape.key.shape, key, `${where}.key`, depth + 1, problems);
        if (!isAbsent(item)) {
          check(shape.value.shape, item, `${where}.${key}.value`, depth + 1, problems);
        }
      }
      return;
    case 'string':
      if (typeof value !== 'string') return wrong('a string');
      return checkString(shape, value, where, problems);
    case 'integer':
    case 'long':
    case 'float':
      if (typeof value !== 'number' || !fits(shape.type, value)) {
        return wrong(`${shape.type === 'integer' ? 'an' : 'a'} ${shape.type}`);
      }
      return checkRange(shape, value, where, problems);
    case 'boolean':
      if (typeof value !== 'boolean') return wrong('a boolean');
      return;
    case 'timestamp':
      if (typeof value !== 'number') return wrong('a timestamp');
      return;
  }
}

function checkString(
  shape: Extract<Shape, { type: 'string' }>,
  value: string,
  where: string,
  problems: Problem[],
) {
  // Lengths count code points, not UTF-16 units, because Smithy's `length` is defined on Unicode scalar values.
  const shown = shape.sensitive ? '' : ` '${value.slice(0, 100)}'`;
  checkSize(shape, [...value].length, where, shown, problems);
  if (shape.enum && !shape.enum.includes(value)) {
    const constraint = `Member must satisfy enum value set: [${shape.enum.join(', ')}]`;
    problems.push({ kind: 'limit', where, constraint, shown });
  }
  if (shape.pattern && !compilePattern(shape.pattern).test(value)) {
    const constraint = `Member must satisfy regular expression pattern: ${shape.pattern}`;
    problems.push({ kind: 'limit', where, constraint, shown });
  }
}

type Sized = { min?: number | undefined; max?: number | undefined };

function checkSize(shape: Sized, size: number, where: string, shown: string, problems: Problem[]) {
  const beyond = (constraint: string) =>
    problems.push({ kind: 'limit', where, constraint: `Member must have ${constraint}`, shown });
  if (shape.min !== undefined && size < shape.min) {
    beyond(`length greater than or equal to ${shape.min}`);
  }
  if (shape.max !== undefined && size > shape.max) {
    beyond(`length less than or equal to ${shape.max}`);
  }
}

function checkRange(shape: Sized, value: number, where: string, problems: Problem[]) {
  const beyond = (constraint: string) =>
    problems.push({
      kind: 'limit',
      where,
      constraint: `Member must have value ${constraint}`,
      shown: ` '${value}'`,
    });
  if (shape.min !== undefined && value < shape.min) beyond(`greater than or equal to ${shape.min}`);
  if (shape.max !== undefined && value > shape.max) beyond(`less than or equal to ${shape.max}`);
}

function fits(type: 'integer' | 'long' | 'float', value: number): boolean {
  if (type === 'float') return Number.isFinite(value);
  if (type === 'long') return Number.isSafeInteger(value);
  return Number.isInteger(value) && Math.abs(value) <= 2 ** 31 - 1;
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
const join = (where: string, member: string) => (where ? `${where}.${member}` : member);
