/**
 * Checks Signature Version 4: the format of every signature is checked, whatever the credentials. The signatures of
 * the sandbox's own key pair and of credentials issued by its STS are verified completely, so that a signer can be
 * tested offline.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { regions } from '../../seed.ts';
import { ServiceError } from './errors.ts';

const ALGORITHM = 'AWS4-HMAC-SHA256';
/** AWS accepts a difference of five minutes in either direction. */
const CLOCK_SKEW_MS = 5 * 60_000;

export type SignedRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
};

type Authorization = {
  accessKeyId: string;
  scope: { date: string; region: string; service: string };
  signedHeaders: string[];
  signature: string;
};

/**
 * @param service the service to which the credential must be scoped
 * @param secretOf returns the secret of a key whose signatures are verified
 * @param wallClock the machine's own time, with which callers sign even when a test sets another time
 * @returns the key of the signature, and its Region
 * @throws ServiceError with status 403, as AWS refuses the request
 */
export function checkSignature(
  request: SignedRequest,
  service: 'connect' | 'sts',
  secretOf: (accessKeyId: string) => string | undefined,
  wallClock: Date,
): { accessKeyId: string; region: string } {
  const authorization = readAuthorization(request.headers.authorization);
  const signedAt = readDate(request.headers['x-amz-date']);
  const { scope, signedHeaders } = authorization;
  if (!regions.includes(scope.region)) {
    throw invalidSignature(`Credential should be scoped to a valid region, not '${scope.region}'.`);
  }
  if (scope.service !== service) {
    throw invalidSignature(`Credential should be scoped to correct service: '${service}'.`);
  }
  if (scope.date !== signedAt.text.slice(0, 8)) {
    throw invalidSignature(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${signedAt.text.slice(0, 8)}'.`,
    );
  }
  for (const header of ['host', 'x-amz-date']) {
    if (!signedHeaders.includes(header)) {
      throw invalidSignature(`'${header}' must be a 'SignedHeader' in the AWS Authorization.`);
    }
  }
  checkAge(signedAt, wallClock);
  const { accessKeyId } = authorization;
  const secret = secretOf(accessKeyId);
  if (secret !== undefined) verify(request, authorization, signedAt.text, secret);
  return { accessKeyId, region: scope.region };
}

function readAuthorization(header: string | undefined): Authorization {
  if (!header) {
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const [algorithm, ...rest] = header.trim().split(/\s+/);
  if (algorithm !== ALGORITHM) {
    throw incomplete(`Unsupported AWS 'algorithm': '${algorithm}'.`);
  }
  const parameters = new Map<string, string>();
  for (const part of rest.join(' ').split(',')) {
    const [name = '', ...value] = part.trim().split('=');
    parameters.set(name, value.join('='));
  }
  const read = (name: string): string => {
    const value = parameters.get(name);
    if (!value) throw incomplete(`Authorization header requires '${name}' parameter.`);
    return value;
  };
  const credential = read('Credential').split('/');
  const signedHeaders = read('SignedHeaders').split(';');
  const signature = read('Signature');
  const [accessKeyId, date, scopeRegion, service, terminator] = credential;
  if (
    !(accessKeyId && date && scopeRegion && service) ||
    credential.length !== 5 ||
    terminator !== 'aws4_request' ||
    !/^\d{8}$/.test(date)
  ) {
    throw incomplete(
      "Credential must have exactly 5 slash-delimited elements: keyid/date/region/service/term, ending in 'aws4_request'.",
    );
  }
  if (!/^[0-9a-f]{64}$/.test(signature)) {
    throw incomplete('Signature must be 64 lower-case hexadecimal digits.');
  }
  return { accessKeyId, scope: { date, region: scopeRegion, service }, signedHeaders, signature };
}

type SignedAt = { text: string; at: Date };

function readDate(header: string | string[] | undefined): SignedAt {
  if (typeof header !== 'string' || header === '') {
    throw incomplete(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    );
  }
  const iso = header.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const at = new Date(iso);
  if (iso === header || Number.isNaN(at.getTime())) {
    throw incomplete('Date must be in ISO-8601 basic format (YYYYMMDDTHHMMSSZ).');
  }
  return { text: header, at };
}

function checkAge(signedAt: SignedAt, wallClock: Date): void {
  const ageMs = wallClock.getTime() - signedAt.at.getTime();
  if (ageMs > CLOCK_SKEW_MS) {
    const earliest = basic(new Date(wallClock.getTime() - CLOCK_SKEW_MS));
    throw invalidSignature(
      `Signature expired: ${signedAt.text} is now earlier than ${earliest} (${basic(wallClock)} - 5 min.)`,
    );
  }
  if (ageMs < -CLOCK_SKEW_MS) {
    const latest = basic(new Date(wallClock.getTime() + CLOCK_SKEW_MS));
    throw invalidSignature(
      `Signature not yet current: ${signedAt.text} is still later than ${latest} (${basic(wallClock)} + 5 min.)`,
    );
  }
}

/** The SigV4 recipe from AWS's documentation ("Create a signed AWS API request"). */
function verify(
  request: SignedRequest,
  authorization: Authorization,
  signedAt: string,
  secret: string,
): void {
  const { scope, signedHeaders } = authorization;
  const scopeText = `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
  const canonical = [
    request.method,
    // Every service except S3 encodes the encoded path a second time.
    request.path.split('/').map(encode).join('/'),
    canonicalQuery(request.query),
    ...signedHeaders.map((name) => `${name}:${headerText(request.headers[name])}`),
    '',
    signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n');
  const toSign = [ALGORITHM, signedAt, scopeText, sha256(canonical)].join('\n');
  let key: Buffer | string = `AWS4${secret}`;
  for (const part of scopeText.split('/')) key = createHmac('sha256', key).update(part).digest();
  const expected = createHmac('sha256', key).update(toSign).digest();
  if (!timingSafeEqual(expected, Buffer.from(authorization.signature, 'hex'))) {
    throw invalidSignature(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort((left, right) => (left < right ? -1 : 1))
    .join('&');
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
const headerText = (value: string | string[] | undefined) =>
  [value ?? ''].flat().join(',').trim().replace(/\s+/g, ' ');
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const basic = (date: Date) => `${date.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
const incomplete = (message: string) => new ServiceError('IncompleteSignatureException', message);
const invalidSignature = (message: string) =>
  new ServiceError('InvalidSignatureException', message);
