/** Members of AWS's answers, validated because a proxy can answer in AWS's place. */
import { ConnectReadError } from '../gateway.ts';

/**
 * The items of a list. The SDK does not check the shape of answers, so a proxy's JSON would be accepted; anything but
 * a list of objects counts as no answer.
 */
export function listOf<Item>(
  operation: string,
  list: readonly Item[] | undefined,
): readonly Item[] {
  if (list === undefined || list === null) return [];
  const isList =
    Array.isArray(list) && list.every((item) => typeof item === 'object' && item !== null);
  if (isList) return list;
  throw new ConnectReadError('unavailable', operation, {
    cause: undefined,
    detail: 'answered with something that is no list',
  });
}

/** A text, or undefined for anything else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A list of strings; members of any other type are left out. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
