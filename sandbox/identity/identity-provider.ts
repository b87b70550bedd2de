/**
 * A company's identity provider: the real `oidc-provider` (OpenID Connect) on this machine, for approvals that
 * require a fresh sign-in. It has no passwords: the user of the browser chooses an account.
 */
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { keyboardPage } from './keyboard-page.ts';

/** The claims of a person who can sign in. */
export type Account = {
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly preferred_username?: string;
};

/** The person who signs in, and the authentication method (`acr`); `nobody` cancels the sign-in. */
export type Sitting = { readonly account: Account; readonly acr: string } | 'nobody';

export type IdentityProvider = {
  readonly issuer: string;
  /** The parameters of the last sign-in request. */
  asked(): Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
};

/** The bot's client id and client secret. */
export const oidcClient = {
  id: 'connect-add-user',
  secret: 'sandbox-oidc-client-secret-0123456789',
};

/** Authentication methods, by their `acr` values. */
export const ways = ['mfa', 'password'] as const;

/**
 * @param options.redirectUri the URI to which people are redirected after the sign-in
 * @param options.sitting chooses the account in place of the page
 */
export async function startIdentityProvider(options: {
  readonly port: number;
  readonly redirectUri: string;
  readonly accounts: readonly Account[];
  readonly sitting?: () => Sitting;
}): Promise<IdentityProvider> {
  const { port, redirectUri, accounts, sitting } = options;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const known = new Map(accounts.map((account) => [account.sub, account]));
  let asked: Readonly<Record<string, unknown>> = {};
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      { client_id: oidcClient.id, client_secret: oidcClient.secret, redirect_uris: [redirectUri] },
    ],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'preferred_username'],
    },
    acrValues: [...ways],
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/keyboard/${uid}` },
    cookies: { keys: ['a key of the sandbox'] },
    pkce: { required: () => true },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    findAccount: (_context: unknown, id: string) => {
      const account = known.get(id);
      return account && { accountId: id, claims: () => ({ ...account }) };
    },
  });
  const answer = provider.callback();

  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    if (!url.pathname.startsWith('/keyboard/')) return answer(request, response);
    void (async () => {
      const { prompt, params, session } = await provider.interactionDetails(request, response);
      asked = params;
      const finish = (result: object) =>
        provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
      if (prompt.name !== 'login') {
        const grant = new provider.Grant({
          accountId: session?.accountId,
          clientId: oidcClient.id,
        });
        grant.addOIDCScope('openid email profile');
        return finish({ consent: { grantId: await grant.save() } });
      }
      const chosen = sitting ? sitting() : chosenIn(url.searchParams);
      if (!chosen) {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        return response.end(keyboardPage(accounts, ways, params));
      }
      if (chosen === 'nobody') return finish({ error: 'access_denied' });
      known.set(chosen.account.sub, chosen.account);
      return finish({ login: { accountId: chosen.account.sub, acr: chosen.acr } });
    })().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });

  /** The choice made on the page; null before a choice is made. */
  function chosenIn(pressed: URLSearchParams): Sitting | null {
    const sub = pressed.get('sub');
    if (sub === null) return null;
    const account = known.get(sub);
    return account ? { account, acr: pressed.get('acr') ?? '' } : 'nobody';
  }

  return {
    issuer,
    asked: () => asked,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
