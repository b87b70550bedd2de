/** The ground of a decision: why somebody may decide, or why no approval was needed. */

/** Why somebody may decide, or why nobody had to: the verdict's reason, kept with the decision. */
export type Ground =
  | {
      readonly kind: 'holds-users-create';
      readonly connectUser: string;
      readonly profiles: readonly string[];
    }
  /** `unless-permitted`: the requester could have created the user themselves. */
  | {
      readonly kind: 'own-permission';
      readonly connectUser: string;
      readonly profiles: readonly string[];
    };
