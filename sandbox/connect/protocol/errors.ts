import { model } from './model.ts';

/**
 * Errors that the service's front answers for every operation and that the model therefore does not
 * list. AccessDeniedException and TooManyRequestsException were met in practice; the signature ones are
 * what AWS answers for REST services, their statuses among them a guess; so are all from
 * UnknownOperationException on.
 */
const unmodelled: Readonly<Record<string, number>> = {
  AccessDeniedException: 403,
  TooManyRequestsException: 429,
  MissingAuthenticationTokenException: 403,
  IncompleteSignatureException: 403,
  InvalidSignatureException: 403,
  UnrecognizedClientException: 403,
  ExpiredTokenException: 403,
  UnknownOperationException: 404,
  RequestEntityTooLargeException: 413,
  UnsupportedMediaTypeException: 415,
  SerializationException: 400,
  ServiceUnavailableException: 503,
};

/** The HTTP status of an error type, or undefined when no service error has that name. */
export function errorStatus(type: string): number | undefined {
  const shape = model.shapes[type];
  if (shape?.type === 'structure' && shape.error) return shape.error.httpStatusCode;
  return Object.hasOwn(unmodelled, type) ? unmodelled[type] : undefined;
}

/** An answer the service gives instead of a result; anything else thrown is a fault of the connectSandbox. */
export class ServiceError extends Error {
  readonly type: string;
  readonly status: number;

  constructor(type: string, message: string) {
    super(message);
    this.name = 'ServiceError';
    this.type = type;
    this.status = errorStatus(type) ?? 500;
  }
}

export const invalidParameter = (message: string) =>
  new ServiceError('InvalidParameterException', message);
export const invalidRequest = (message: string) =>
  new ServiceError('InvalidRequestException', message);
export const notFound = (message: string) => new ServiceError('ResourceNotFoundException', message);
