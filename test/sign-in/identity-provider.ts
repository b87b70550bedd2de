/** The sandbox's identity provider, where a test says who sits at the keyboard. */
import type { TestContext } from 'node:test';
import {
  type Account,
  type IdentityProvider,
  type Sitting,
  startIdentityProvider,
} from '../../sandbox/identity/identity-provider.ts';

/**
 * @param redirectUri where it hands people back
 * @param accounts who can sign in by the provider's own page; absent: whoever `sits` at the keyboard does, without a page
 */
export async function startTestProvider(
  t: TestContext,
  redirectUri: string,
  accounts?: readonly Account[],
): Promise<
  IdentityProvider & {
    /** Who signs in when asked, and how (`acr`); null: nobody wants to. */
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
