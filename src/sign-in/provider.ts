/**
 * The company's identity provider, through `openid-client`: where people sign in, and the claims about the person who
 * did.
 */
import { createHmac } from 'node:crypto';
import type { ClientAuth, Configuration, CustomFetchOptions } from 'openid-client';
import { textHash } from '../audit/audit-event.ts';
import { clocksDifferMs, type SignedIn } from '../auth/judge-sign-in.ts';
import type { SignInConfig } from '../config/config.ts';
import { type Problem, problem } from '../errors/problem.ts';
import { codeOf } from '../operations/error-facts.ts';
import type { StepUp } from '../policy/rule.ts';
import { signInPath } from './ask-sign-in.ts';

/** One sign-in. Both secrets are the bot's own; `browser` is stored only in the cookie of the browser that began. */
export type Attempt = {
  readonly state: string;
  readonly browser: string;
  readonly needed: StepUp & { readonly usernameClaim?: string };
  /** The person whom the provider should expect, so that it does not use a different signed-in person. */
  readonly hint?: string;
};

/** A failed sign-in; `detail` is for the log. */
export type SignInFailure = { readonly problem: Problem; readonly detail: string };

export type Provider = {
  /** The address to which the browser is sent. Throws when the provider does not answer. */
  authorizationUrl(attempt: Attempt): Promise<URL>;
  /**
   * The verified claims about the person who signed in; or why they are not known. `query` is the query string with
   * which the browser returned.
   */
  signedIn(query: string, attempt: Attempt): Promise<SignedIn | SignInFailure>;
};

/** Keys and addresses of the provider are read again after this time. */
const knownForMs = 60 * 60_000;
const callSeconds = 8;

/** Reads the provider's metadata (`/.well-known/openid-configuration`). Throws when it does not answer. */
export async function discover(config: SignInConfig): Promise<Configuration> {
  const oidc = await import('openid-client');
  const { issuer, clientId, clientSecret } = config;
  const byHeader = oidc.ClientSecretBasic(clientSecret);
  const byBody = oidc.ClientSecretPost(clientSecret);
  // Most providers support both. One that specifies neither supports the header (OpenID Connect Discovery 1.0,
  // section 3).
  const authenticate: ClientAuth = (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (methods.includes('client_secret_basic') ? byHeader : byBody)(server, ...rest);
  };
  const isHere = new URL(issuer).protocol === 'http:';
  return oidc.discovery(
    new URL(issuer),
    clientId,
    { [oidc.clockTolerance]: clocksDifferMs / 1000 },
    authenticate,
    {
      timeout: callSeconds,
      [oidc.customFetch]: fetchBounded,
      execute: [
        oidc.enableNonRepudiationChecks,
        // Settings allow http only for this machine.
        ...(isHere ? [oidc.allowInsecureRequests] : []),
      ],
    },
  );
}

/** Longest answer of a provider. Keys and claims have a few kilobytes. */
const mostBytes = 1024 * 1024;

/** `fetch`, with an answer that is read up to a limit: it is held in memory. */
async function fetchBounded(
  url: string,
  { body = null, ...options }: CustomFetchOptions,
): Promise<Response> {
  const answer = await fetch(url, { ...options, body } as RequestInit);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const part of answer.body ?? []) {
    length += part.byteLength;
    // Leaving the loop ends the connection.
    if (length > mostBytes) throw new Error(`the answer has more than ${mostBytes} bytes`);
    parts.push(part);
  }
  const { status, headers } = answer;
  return new Response(length === 0 ? null : new Blob(parts), { status, headers });
}

export function createProvider(config: SignInConfig, now: () => Date): Provider {
  const redirectUri = `${config.publicUrl}${signInPath}/callback`;
  let known: { readonly at: number; readonly provider: Configuration } | undefined;

  async function provider(): Promise<Configuration> {
    const at = now().getTime();
    if (known && at - known.at < knownForMs) return known.provider;
    known = { at, provider: await discover(config) };
    return known.provider;
  }

  return {
    async authorizationUrl(attempt) {
      const oidc = await import('openid-client');
      const { acrValues, maxAgeMs } = attempt.needed;
      return oidc.buildAuthorizationUrl(await provider(), {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state: attempt.state,
        nonce: nonceOf(attempt),
        code_challenge: await oidc.calculatePKCECodeChallenge(verifierOf(attempt)),
        code_challenge_method: 'S256',
        max_age: String(maxAgeMs / 1000),
        ...(attempt.hint === undefined ? {} : { login_hint: attempt.hint }),
        ...(acrValues.length > 0 ? { acr_values: acrValues.join(' ') } : {}),
      });
    },

    async signedIn(query, attempt) {
      const oidc = await import('openid-client');
      try {
        const about = await provider();
        const tokens = await oidc.authorizationCodeGrant(about, new URL(redirectUri + query), {
          expectedState: attempt.state,
          expectedNonce: nonceOf(attempt),
          pkceCodeVerifier: verifierOf(attempt),
          maxAge: attempt.needed.maxAgeMs / 1000,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims || claims.auth_time === undefined) throw new Error('there is no auth_time');
        const { iss, sub, acr, auth_time: authTime } = claims;
        const { usernameClaim } = attempt.needed;
        const wanted = [config.claim, ...(usernameClaim === undefined ? [] : [usernameClaim])];
        // Some providers keep the token small, so missing claims are read from the userinfo endpoint.
        const isAllThere = wanted.every((claim) => claims[claim] !== undefined);
        const more =
          !isAllThere && about.serverMetadata().userinfo_endpoint
            ? { ...(await oidc.fetchUserInfo(about, tokens.access_token, sub)), ...claims }
            : claims;
        const textOf = (claim: string) => {
          const value: unknown = more[claim];
          return typeof value === 'string' ? value : null;
        };
        return {
          signIn: {
            issuer: iss,
            subjectHash: textHash(`${iss}\n${sub}`),
            authTime: new Date(authTime * 1000).toISOString(),
            acr: typeof acr === 'string' ? acr.slice(0, 200) : null,
          },
          named: textOf(config.claim),
          ...(usernameClaim === undefined ? {} : { username: textOf(usernameClaim) }),
          isUnverified: config.claim === 'email' && !isTrueIfSaid(more.email_verified),
        };
      } catch (cause) {
        return {
          problem: problemOf(cause, oidc.AuthorizationResponseError),
          detail: detailOf(cause),
        };
      }
    },
  };
}

/** Many providers do not say it, and some write it as a string. */
function isTrueIfSaid(value: unknown): boolean {
  return value === undefined || value === null || value === true || value === 'true';
}

/** PKCE's verifier and the nonce are derived from the browser's secret, so that they are not stored anywhere else. */
function verifierOf({ browser }: Attempt): string {
  return createHmac('sha256', browser).update('verifier').digest('base64url');
}

function nonceOf({ browser }: Attempt): string {
  return createHmac('sha256', browser).update('nonce').digest('base64url');
}

const awayCodes = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT']);

function problemOf(
  error: unknown,
  Refusal: abstract new (...given: never[]) => Error & { readonly error: string },
): Problem {
  if (error instanceof Refusal) {
    // The provider's error code, such as access_denied; anybody could have written it into the address.
    const why = /^[a-z_]{1,60}$/.test(error.error) ? error.error : 'error';
    return problem('sign-in.not-completed', { why });
  }
  const code = codeOf(error);
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return problem('sign-in.not-fresh');
  // The error of `fetch` when no server answers.
  const isAway = awayCodes.has(code) || (error instanceof TypeError && /fetch/.test(error.message));
  return problem(isAway ? 'sign-in.provider-away' : 'sign-in.not-valid');
}

/** The failure for the log: the library's own message, and no other properties of the error, such as claims. */
export function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? ` (${String(error.code)})` : '';
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message}${code}${cause}`;
}
