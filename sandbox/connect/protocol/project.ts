/** Removes everything that the model does not define from inputs and outputs. */
import { shapeNamed } from './model.ts';

/**
 * Removes members that the model does not have and absent ones (`null`, undefined), and converts a Date to seconds,
 * the protocol's timestamp. A value that does not match its shape is left unchanged.
 */
export function project(shapeName: string, value: unknown): unknown {
  const shape = shapeNamed(shapeName);
  switch (shape.type) {
    case 'structure': {
      if (!isObject(value)) return value;
      const kept: Record<string, unknown> = {};
      for (const [name, { shape: inner }] of Object.entries(shape.members)) {
        const member = Object.hasOwn(value, name) ? value[name] : undefined;
        if (member !== undefined && member !== null) kept[name] = project(inner, member);
      }
      return kept;
    }
    case 'list':
      return Array.isArray(value) ? value.map((item) => project(shape.member.shape, item)) : value;
    case 'map':
      return isObject(value)
        ? Object.fromEntries(
            Object.entries(value)
              .filter(([, item]) => item !== undefined && item !== null)
              .map(([key, item]) => [key, project(shape.value.shape, item)]),
          )
        : value;
    case 'timestamp':
      return value instanceof Date ? value.getTime() / 1000 : value;
    case 'string':
    case 'integer':
    case 'long':
    case 'float':
    case 'boolean':
      return value;
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
