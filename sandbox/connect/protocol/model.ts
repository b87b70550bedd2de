/**
 * The service's published API model (2017-08-08), read once. All generic code here (routing, binding, validation) is
 * derived from it, so that no limit is typed in a second time.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const memberRef = z.object({
  shape: z.string(),
  location: z.enum(['uri', 'querystring']).optional(),
  locationName: z.string().optional(),
});

const limits = { min: z.number().optional(), max: z.number().optional() };
const sensitive = { sensitive: z.boolean().optional() };

const shapeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('structure'),
    required: z.array(z.string()).optional(),
    members: z.record(z.string(), memberRef).default({}),
    error: z.object({ httpStatusCode: z.number() }).optional(),
    ...sensitive,
  }),
  z.object({ type: z.literal('list'), member: memberRef, ...limits, ...sensitive }),
  z.object({ type: z.literal('map'), key: memberRef, value: memberRef, ...limits, ...sensitive }),
  z.object({
    type: z.literal('string'),
    pattern: z.string().optional(),
    enum: z.array(z.string()).optional(),
    ...limits,
    ...sensitive,
  }),
  z.object({ type: z.enum(['integer', 'long', 'float']), ...limits, ...sensitive }),
  z.object({ type: z.enum(['boolean', 'timestamp']), ...sensitive }),
]);

const modelSchema = z.object({
  operations: z.record(
    z.string(),
    z.object({
      name: z.string(),
      http: z.object({ method: z.string(), requestUri: z.string() }),
      input: z.object({ shape: z.string() }),
      output: z.object({ shape: z.string() }).optional(),
      errors: z.array(z.object({ shape: z.string() })).default([]),
    }),
  ),
  shapes: z.record(z.string(), shapeSchema),
});

export type Model = z.infer<typeof modelSchema>;
export type Shape = z.infer<typeof shapeSchema>;
export type StructureShape = Extract<Shape, { type: 'structure' }>;
export type OperationModel = Model['operations'][string];

export const model: Model = modelSchema.parse(
  JSON.parse(readFileSync(new URL('../model.json', import.meta.url), 'utf8')),
);

/** @throws when the model itself is invalid; never for input of a caller */
export function shapeNamed(name: string): Shape {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`The API model has no shape ${name}`);
  return shape;
}

export function structureNamed(name: string): StructureShape {
  const shape = shapeNamed(name);
  if (shape.type !== 'structure') throw new Error(`${name} is not a structure in the API model`);
  return shape;
}
