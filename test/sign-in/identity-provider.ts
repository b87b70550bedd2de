/** A company's identity provider: the real `oidc-provider` on this machine, where a test says who sits at the keyboard. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { TestContext } from 'node:test';
import { Provider } from 'oidc-provider';
import { listenOnLoopback } from '../loopback.ts';

export type Person = {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly preferred_username?: string;
};

export type IdentityProvider = {
  readonly issuer: string;
  /** Who signs in when asked, and how (`acr`); null: nobody wants to. */
  sits(person: Person | null, acr?: string): void;
  /** What the bot asked for, the last time. */
  asked(): Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
};

export const client = {
  id: 'connect-add-user',
  secret: 'a-secret-of-the-test-s-own-32-characters',
};

/** @param redirectUri where it hands people back */
export async function startIdentityProvider(
  t: TestContext,
  redirectUri: string,
): Promise<IdentityProvider> {
  let sitting: { readonly person: Person; readonly acr: string | undefined } | null = null;
  let asked: Readonly<Record<string, unknown>> = {};
  const people = new Map<string, Person>();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const server = createServer();
  const port = await listenOnLoopback(server);
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [redirectUri] }],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['preferred_username'],
    },
    acrValues: ['mfa', 'password'],
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/keyboard/${uid}` },
    cookies: { keys: ['a key of the test’s own'] },
    pkce: { required: () => true },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    findAccount: (_context: unknown, id: string) => {
      const person = people.get(id);
      return person && { accountId: id, claims: () => ({ ...person }) };
    },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/keyboard/')) return answer(request, response);
    void (async () => {
      const { prompt, params } = await provider.interactionDetails(request, response);
      asked = params;
      const finish = (result: object) =>
        provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
      if (!sitting) return finish({ error: 'access_denied' });
      const { person, acr } = sitting;
      people.set(person.sub, person);
      if (prompt.name === 'login') {
        return finish({ login: { accountId: person.sub, ...(acr ? { acr } : {}) } });
      }
      const grant = new provider.Grant({ accountId: person.sub, clientId: client.id });
      grant.addOIDCScope('openid email profile');
      return finish({ consent: { grantId: await grant.save() } });
    })().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  t.after(stop);
  return {
    issuer,
    sits: (person, acr) => {
      sitting = person && { person, acr };
    },
    asked: () => asked,
    stop,
  };
}
