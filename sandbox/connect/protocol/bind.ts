/** Combines an operation's input from path, query and body, as the model binds them. */
import { invalidRequest, ServiceError } from './errors.ts';
import { type OperationModel, type Shape, shapeNamed, structureNamed } from './model.ts';

export type RequestParts = {
  labels: Readonly<Record<string, string>>;
  query: URLSearchParams;
  contentType: string | undefined;
  body: Buffer;
};

/**
 * Values stay as they were sent; validate.ts reports invalid ones.
 *
 * @throws ServiceError when the body is not the JSON object that the operation expects
 */
export function bindInput(operation: OperationModel, parts: RequestParts): Record<string, unknown> {
  const { members } = structureNamed(operation.input.shape);
  const takesBody = Object.values(members).some((member) => !member.location);
  const body = takesBody ? readBody(parts) : {};
  // Without a prototype, a member called `__proto__` stays data.
  const input: Record<string, unknown> = Object.create(null);
  for (const [name, member] of Object.entries(members)) {
    const wireName = member.locationName ?? name;
    if (member.location === 'uri') input[name] = parts.labels[wireName];
    else if (member.location === 'querystring') {
      input[name] = readQuery(shapeNamed(member.shape), parts.query.getAll(wireName));
    } else if (Object.hasOwn(body, wireName)) input[name] = body[wireName];
  }
  return input;
}

function readBody({ body, contentType }: RequestParts): Record<string, unknown> {
  if (body.length === 0) return {};
  if (!/^application\/json\s*(;|$)/i.test(contentType ?? '')) {
    throw new ServiceError(
      'UnsupportedMediaTypeException',
      'The request body must be application/json',
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    // The parser's own message would quote the body, which can contain a password.
    throw new ServiceError('SerializationException', 'The request body is not valid JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidRequest('The request body must be a JSON object');
  }
  return value as Record<string, unknown>;
}

function readQuery(shape: Shape, values: readonly string[]): unknown {
  if (shape.type === 'list') return values.length > 0 ? values : undefined;
  const [value] = values;
  if (value === undefined) return undefined;
  const isNumber = shape.type === 'integer' || shape.type === 'long';
  // A number that cannot be parsed stays text, and is then refused as a wrong type.
  return isNumber && /^[+-]?\d+$/.test(value) ? Number(value) : value;
}
