/** What a decision rests on: the rights of the person who decided, and a fresh sign-in where the policy requires one. */

/** A fresh sign-in at the identity provider, as it is stored: the account is stored only as a hash. */
export type SignIn = {
  readonly issuer: string;
  /** SHA-256 (hex) of the issuer, a line break and the subject. */
  readonly subjectHash: string;
  /** When the person authenticated, ISO 8601. */
  readonly authTime: string;
  /** The method, by the provider's name for it; null when the provider does not specify it. */
  readonly acr: string | null;
};

/**
 * The basis of a decision: why a person may decide, or why no approval was needed. It is stored with the decision.
 */
export type DecisionBasis = {
  /**
   * `holds-users-create`: an approver. `own-permission`: the requester could have created the users themselves.
   * `break-glass`: one person had them created without approvals, which the policy allows in an emergency.
   */
  readonly kind: 'holds-users-create' | 'own-permission' | 'break-glass';
  readonly connectUser: string;
  readonly connectUserId?: string;
  /** Security profiles that give Users – Create. */
  readonly profiles: readonly string[];
  /** The policy's rule. */
  readonly rule?: string;
  readonly stage?: string;
  /** Slack id of the person whose deputy this is. */
  readonly deputyFor?: string;
  /** The Connect user of that person, so that their other accounts are recognized. */
  readonly deputyForUserId?: string;
  /** Slack ids of the admins who confirmed the Connect user of this person. */
  readonly vouchedBy?: readonly string[];
  /** More is granted than the person holds, which the policy allows. */
  readonly aboveCeiling?: true;
  /** The sign-in that the policy required for it. */
  readonly signIn?: SignIn;
};
