/** Doctor's checks of the identity provider, if approvers need a fresh sign-in. */
import type { Config } from '../config/config.ts';
import { detailOf, discover } from '../sign-in/provider.ts';
import { fail, type Line, pass, runCheck, warn } from './check/line.ts';

/** Empty when no identity provider is configured. */
export async function signInLines({ signIn, instances, identity }: Config): Promise<Line[]> {
  if (!signIn) return [];
  const line = await runCheck(
    'sign-in.provider',
    async () => {
      const server = (await discover(signIn)).serverMetadata();
      if (server.code_challenge_methods_supported?.includes('S256') === false) {
        return warn(
          `${signIn.issuer} answers, and does not say that it takes PKCE with S256`,
          'Ask whoever runs it: without PKCE a code that is read on its way can be used.',
        );
      }
      const known = server.acr_values_supported;
      const unknown =
        known && wantedWays({ instances, identity }).filter((way) => !known.includes(way));
      return unknown && unknown.length > 0
        ? warn(
            `${signIn.issuer} answers, and does not know the way to sign in ${unknown.join(', ')}`,
            `Look at stepUp.acrValues in the policy; it knows: ${known.join(', ')}.`,
          )
        : pass(`${signIn.issuer} answers; people come back to ${signIn.publicUrl}`);
    },
    (error) =>
      fail(
        `${signIn.issuer} could not be read: ${detailOf(error)}`,
        'Look at OIDC_ISSUER (as …/.well-known/openid-configuration names it) and at the way there: DNS, firewall, proxy.',
      ),
  );
  return [line];
}

function wantedWays({ instances, identity }: Pick<Config, 'instances' | 'identity'>): string[] {
  const rules = instances.flatMap((instance) => instance.rules ?? []);
  const ways = rules.flatMap(({ outcome }) =>
    outcome.kind === 'ask' ? (outcome.approval.stepUp?.acrValues ?? []) : [],
  );
  return [...new Set([...ways, ...(identity.linkBySignIn?.acrValues ?? [])])];
}
