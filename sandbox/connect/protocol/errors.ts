import { model } from './model.ts';

/**
 * Errors that the service returns for every operation and that the model therefore does not list.
 * AccessDeniedException and TooManyRequestsException have been observed in practice. The signature errors are what
 * AWS returns for REST services; their statuses are partly guesses, as is everything from UnknownOperationException
 * on.
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

/** An error that the service returns instead of a result; any other thrown value is a bug in the sandbox. */
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
