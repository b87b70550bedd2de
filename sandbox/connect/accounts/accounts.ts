/**
 * The AWS accounts of the sandbox: who a key belongs to, and which roles can be assumed. Any key is
 * accepted; one that is not named here belongs to the first account.
 */

/** The one account that most of the sandbox lives in. */
export const mainAccount = '123456789012';
/** A second company's account, and one in GovCloud. */
export const partnerAccount = '210987654321';
export const govAccount = '345678901234';

/** Keys of the other accounts; their secrets are not checked. */
const keysOfOthers: Readonly<Record<string, string>> = {
  AKIAPARTNEREXAMPLE00: partnerAccount,
  AKIAGOVEXAMPLE000000: govAccount,
};

export const accountOfKey = (accessKeyId: string): string =>
  keysOfOthers[accessKeyId] ?? mainAccount;

/** An ARN begins with it; credentials of one partition mean nothing in another. */
export function partitionOf(region: string): 'aws' | 'aws-us-gov' | 'aws-cn' {
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('cn-') ? 'aws-cn' : 'aws';
}

export const partitionOfAccount = (account: string) =>
  account === govAccount ? 'aws-us-gov' : 'aws';

export type Role = {
  readonly arn: string;
  readonly account: string;
  /** The account whose people may assume it. */
  readonly trusts: string;
  /** Required by the role's trust policy. */
  readonly externalId?: string;
};

export const roles: readonly Role[] = [
  {
    arn: `arn:aws:iam::${partnerAccount}:role/connect-add-user`,
    account: partnerAccount,
    trusts: mainAccount,
    externalId: 'harbour-7391',
  },
  {
    arn: `arn:aws:iam::${mainAccount}:role/connect-add-user`,
    account: mainAccount,
    trusts: mainAccount,
  },
];

/** Whoever calls, as the signature told. */
export type Caller = { readonly account: string; readonly region: string; readonly arn: string };
