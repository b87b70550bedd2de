/**
 * The AWS accounts of the sandbox: which account a key belongs to, and which roles can be assumed. Every key is
 * accepted; a key that is not listed here belongs to the first account.
 */

/** The account that contains most instances of the sandbox. */
export const mainAccount = '123456789012';
/** The account of a second company, and an account in GovCloud. */
export const partnerAccount = '210987654321';
export const govAccount = '345678901234';

/** Keys of the other accounts; their secrets are not checked. */
const keysOfOthers: Readonly<Record<string, string>> = {
  AKIAPARTNEREXAMPLE00: partnerAccount,
  AKIAGOVEXAMPLE000000: govAccount,
};

export const accountOfKey = (accessKeyId: string): string =>
  keysOfOthers[accessKeyId] ?? mainAccount;

/** ARNs begin with the partition; credentials of one partition are invalid in another. */
export function partitionOf(region: string): 'aws' | 'aws-us-gov' | 'aws-cn' {
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('cn-') ? 'aws-cn' : 'aws';
}

export const partitionOfAccount = (account: string) =>
  account === govAccount ? 'aws-us-gov' : 'aws';

export type Role = {
  readonly arn: string;
  readonly account: string;
  /** The account that may assume the role. */
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

/** The caller that the signature identifies. */
export type Caller = { readonly account: string; readonly region: string; readonly arn: string };
