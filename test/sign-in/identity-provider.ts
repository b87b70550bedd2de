/** The sandbox's identity provider, with the test deciding who signs in. */
import type { TestContext } from 'node:test';
import {
  type Account,
  type IdentityProvider,
  type Sitting,
  startIdentityProvider,
} from '../../sandbox/identity/identity-provider.ts';

/**
 * @param redirectUri where the provider sends people after the sign-in
 * @param accounts who can sign in on the provider's own page; when absent, the account that `sits` has set is signed
 *   in without a page
 */
export async function startTestProvider(
  t: TestContext,
  redirectUri: string,
  accounts?: readonly Account[],
): Promise<
  IdentityProvider & {
    /** Sets who signs in, and how (`acr`); with null, the sign-in is declined. */
    sits(account: Account | null, acr?: string): void;
  }
> {
  let sitting: Sitting = 'nobody';
  const provider = await startIdentityProvider({
    port: 0,
    redirectUri,
    accounts: accounts ?? [],
    ...(accounts ? {} : { sitting: () => sitting }),
  });
  t.after(() => provider.stop());
  return {
    ...provider,
    sits: (account, acr = '') => {
      sitting = account ? { account, acr } : 'nobody';
    },
  };
}
