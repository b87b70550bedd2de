/**
 * A rule of the policy in the form that the bot uses, with every default filled in. For its syntax see
 * rule-schema.ts.
 */

/** People, by any of these. */
export type Who = {
  /** Every full member of the workspace. */
  readonly anyone: boolean;
  /** Ids of Slack user groups. */
  readonly usergroups: readonly string[];
  /** Slack member ids. */
  readonly people: readonly string[];
  /** Everybody who holds Users – Create in the instance. */
  readonly creators: boolean;
};

/** Names with `*` for any text; null allows every name. */
export type Names = readonly string[] | null;

/** The limits for every user of a request. */
export type Allowed = {
  readonly securityProfiles: Names;
  readonly routingProfiles: Names;
  /** Hierarchy groups with everything below them, each as the path from the top. */
  readonly hierarchy: readonly (readonly string[])[] | null;
  /** Tag key → values. Each user must have the key with one of these values. */
  readonly tags: Readonly<Record<string, readonly string[]>>;
};

/** Conditions on the request as a whole. Null means no condition. */
export type Conditions = {
  readonly fewestUsers: number;
  readonly mostUsers: number;
  /** At least one user gets one of these. */
  readonly securityProfiles: Names;
  /** `any`: at least one risk; `none`: no risk; or at least one of these. */
  readonly risks: 'any' | 'none' | readonly string[] | null;
  /** At least one requested profile has one of these permissions. */
  readonly permissions: Names;
  /** At least one user is in or below one of these groups. */
  readonly hierarchy: readonly (readonly string[])[] | null;
  /** At least one user carries one of these tags. */
  readonly tags: Readonly<Record<string, readonly string[]>> | null;
};

/**
 * Approvals by people who hold Users – Create and are in one of the groups or named; without groups and names, by all
 * holders.
 */
export type Stage = {
  readonly name: string;
  readonly count: number;
  readonly usergroups: readonly string[];
  readonly people: readonly string[];
};

export type Escalation = {
  readonly afterMs: number;
  readonly usergroups: readonly string[];
  readonly people: readonly string[];
};

export type BreakGlass = {
  /** Who may create users alone, without an approval. */
  readonly people: readonly string[];
  readonly usergroups: readonly string[];
  /** The people who are informed by direct message. */
  readonly tell: readonly string[];
};

/** A fresh sign-in at the company's identity provider, which each approval needs. */
export type StepUp = {
  /** How long ago the person may have signed in there. */
  readonly maxAgeMs: number;
  /** Methods of signing in (`acr`), one of which is required; empty means any. */
  readonly acrValues: readonly string[];
};

export type Approval = {
  readonly stages: readonly Stage[];
  /** Whether one person counts in one stage only. */
  readonly distinctPeople: boolean;
  /** Whether each approver must hold everything that is requested, or all approvers together. */
  readonly ceiling: 'each' | 'together';
  readonly allowOwn: boolean;
  readonly expiresAfterMs: number;
  /** When people are reminded, counted from the time of the request. */
  readonly remindAfterMs: readonly number[];
  readonly escalation: Escalation | null;
  readonly breakGlass: BreakGlass | null;
  /**
   * Approvals of the whole list stay valid for the rest when an approver leaves rows out. Absent unless the policy
   * sets it: approvals are bound to this object, and those from before the setting existed stay valid.
   */
  readonly keepsWhenLeftOut?: true;
  /** Absent unless the policy sets it, for the same reason. */
  readonly stepUp?: StepUp;
};

export type Rule = {
  readonly name: string;
  readonly requesters: Who;
  readonly allow: Allowed;
  readonly when: Conditions;
  readonly outcome:
    | { readonly kind: 'refuse'; readonly why: string }
    /** Created at once by a person who could create all of it in Amazon Connect. */
    | { readonly kind: 'create' }
    | { readonly kind: 'ask'; readonly approval: Approval };
  /** The minimum number of characters of the reason; 0 when no reason is required. */
  readonly reasonLength: number;
  readonly ticket: { readonly pattern: string; readonly link: string | null } | null;
  /** Who may grant more than they hold; recorded in the audit trail. */
  readonly aboveCeiling: {
    readonly usergroups: readonly string[];
    readonly people: readonly string[];
  };
};

export const everythingAllowed: Allowed = {
  securityProfiles: null,
  routingProfiles: null,
  hierarchy: null,
  tags: {},
};

export const always: Conditions = {
  fewestUsers: 0,
  mostUsers: Number.POSITIVE_INFINITY,
  securityProfiles: null,
  risks: null,
  permissions: null,
  hierarchy: null,
  tags: null,
};

/** How many people have to approve. */
export function approvalsOf({ stages }: Approval): number {
  return stages.reduce((sum, { count }) => sum + count, 0);
}

/** All user groups in a rule, whose members must be known for a decision. */
export function usergroupsOf(rule: Rule): string[] {
  const { requesters, aboveCeiling, outcome } = rule;
  const groups = new Set([...requesters.usergroups, ...aboveCeiling.usergroups]);
  if (outcome.kind === 'ask') {
    const { stages, escalation, breakGlass } = outcome.approval;
    for (const { usergroups } of [...stages, escalation, breakGlass].filter(isThere)) {
      for (const group of usergroups) groups.add(group);
    }
  }
  return [...groups];
}

function isThere<Value>(value: Value | null): value is Value {
  return value !== null;
}
