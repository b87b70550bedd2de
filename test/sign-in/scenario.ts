/** A scenario whose policy requires a fresh sign-in from approvers, with its own identity provider. */
import type { TestContext } from 'node:test';
import type { Messages } from '../../sandbox/api/messages.ts';
import { type Account, oidcClient } from '../../sandbox/identity/identity-provider.ts';
import type { Config } from '../../src/config/config.ts';
import { rulesOf } from '../policy/policies.ts';
import { type ScenarioOptions, startScenario } from '../scenarios/harness.ts';
import { requestsChannel } from '../scenarios/person.ts';
import { eventually } from '../scenarios/sandbox-calls.ts';
import type { Seen } from '../scenarios/seen.ts';
import { type Browser, openBrowser, type Shown } from './browser.ts';
import { startTestProvider } from './identity-provider.ts';

/** Slack has Ari's email address; Ari approves. */
export const ari = { sub: 'ari-1', email: 'ari.admin@harbour.example', email_verified: true };

export const stepUp = rulesOf(`
- name: Sign in to approve
  requesters: { anyone: true }
  approval: { stepUp: { maxAge: 5 minutes, acrValues: [mfa] } }`);

/**
 * @param options.port where a real browser reaches the pages, without a proxy
 * @param options.accounts who can sign in on the provider's own page
 */
export async function startSignInScenario(
  t: TestContext,
  {
    port,
    accounts,
    ...options
  }: ScenarioOptions & { readonly port?: number; readonly accounts?: readonly Account[] } = {},
) {
  const publicUrl =
    port === undefined ? 'https://bot.harbour.example/' : `http://127.0.0.1:${port}/`;
  const provider = await startTestProvider(t, `${publicUrl}sign-in/callback`, accounts);
  const signIn = {
    issuer: provider.issuer,
    clientId: oidcClient.id,
    clientSecret: oidcClient.secret,
    claim: 'email',
    publicUrl,
    listen: { host: '127.0.0.1', port: port ?? 0 },
  };
  const { config = (all: Config) => all, ...others } = options;
  const scenario = await startScenario(t, {
    instance: { rules: stepUp },
    ...others,
    config: (all) => config({ ...all, signIn }),
  });
  /** The address to which the proxy forwards requests. */
  const bot = () => `http://127.0.0.1:${scenario.signInPort()}`;
  const browser = (to: () => string = bot) => openBrowser({ 'https://bot.harbour.example': to });

  /** Links that were shown to this person only, in order. */
  async function links(userId: string, channel = requestsChannel): Promise<string[]> {
    const query = `/messages?user=${userId}&channel=${channel}`;
    const { messages } = await scenario.sandbox.call<Messages>('GET', query);
    return messages
      .filter(({ ephemeral }) => ephemeral)
      .flatMap(({ text }) => text.match(/https?:\S+link=[\w-]+/g) ?? []);
  }
  /** Presses the button and returns the link that is shown then. */
  async function linkFor(userId: string, card: Seen): Promise<string> {
    const before = (await links(userId)).length;
    await scenario.person(userId).press(card, 'Approve');
    return eventually('a link is shown', async () => (await links(userId))[before]);
  }
  const signedInBy = async (at: Browser, link: string): Promise<Shown> =>
    at.press(await at.open(link));
  return { ...scenario, provider, bot, browser, links, linkFor, signedInBy };
}
