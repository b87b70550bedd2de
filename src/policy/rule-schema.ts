/**
 * The syntax of a rule in the policy file. Descriptions are shown in editors (docs/config.schema.json) and are the
 * text of docs/policy.md.
 */
import { z } from 'zod';
import { durationMs, durationPattern } from '../text/durations.ts';
import { type RiskName, riskNames } from './risk-names.ts';
import { memberIdSource, personId, sources, usergroupId, usergroupIdSource } from './slack-ids.ts';

/** A time such as “3 days”, between two bounds. */
export function duration(least: string, most: string) {
  const bound = (text: string) => durationMs(text) ?? Number.NaN;
  return z
    .string()
    .regex(durationPattern, { error: 'must be a time such as “3 days” or “36 hours”' })
    .refine(
      (text) => {
        const ms = durationMs(text);
        return ms === undefined || (ms >= bound(least) && ms <= bound(most));
      },
      { error: `must be between ${least} and ${most}` },
    );
}

const usergroups = (words: string) =>
  z.array(usergroupId).default([]).describe(words).register(sources, { source: usergroupIdSource });
const people = (words: string) =>
  z.array(personId).default([]).describe(words).register(sources, { source: memberIdSource });

const whoMembers = {
  anyone: z.boolean().default(false).describe('Every full member of the workspace.'),
  usergroups: usergroups('Members of these Slack user groups.'),
  people: people('These Slack people.'),
};

const isSomebody = (who: {
  anyone?: boolean;
  creators?: boolean;
  usergroups: readonly string[];
  people: readonly string[];
}) => who.anyone || who.creators || who.usergroups.length > 0 || who.people.length > 0;

/** Who may make requests, in a rule; `creators` has to be written explicitly. */
const requesters = z
  .strictObject({
    ...whoMembers,
    usergroups: usergroups(
      'Members of these Slack user groups. While Slack does not tell who is in one, what a later rule with less to ask would let through is refused.',
    ),
    creators: z.boolean().default(false).describe('Whoever holds Users – Create in the instance.'),
  })
  .refine(isSomebody, {
    error: 'is nobody: name people or usergroups, or set anyone or creators',
  });

const names = (words: string) =>
  z
    .array(z.string().min(1).max(127))
    .min(1, { error: 'must name at least one; leave it out to allow all' })
    .describe(words);

const hierarchy = z
  .array(
    z
      .string()
      .min(1)
      .refine((path) => path.split('/').every((part) => part.trim() !== ''), {
        error: 'must be a path such as “EMEA / Support”',
      }),
  )
  .min(1, { error: 'must name at least one; leave it out to allow all' })
  .describe(
    'Hierarchy groups with everything below them, as paths from the top: “EMEA / Support”.',
  );

const tags = z
  .record(z.string().min(1).max(128), z.array(z.string().max(256)).min(1))
  .describe('Tag key: values, with * for any text.');

const allow = z
  .strictObject({
    securityProfiles: names('Security profiles by name, with * for any text.').optional(),
    routingProfiles: names('Routing profiles by name, with * for any text.').optional(),
    hierarchy: hierarchy.optional(),
    tags: tags.optional(),
  })
  .describe('What every user of the request has to stay within. What is left out allows all.');

const risk = z.enum(Object.keys(riskNames) as [RiskName, ...RiskName[]]);

const when = z
  .strictObject({
    users: z
      .strictObject({
        atLeast: z.int().min(1).optional().describe('As many users or more.'),
        atMost: z.int().min(1).optional().describe('As many users or fewer.'),
      })
      .refine((bounds) => (bounds.atLeast ?? 1) <= (bounds.atMost ?? Number.POSITIVE_INFINITY), {
        error: 'is never so: atLeast is more than atMost',
      })
      .optional()
      .describe('How many users the request has.'),
    securityProfiles: names(
      'At least one user requests one of these, with * for any text.',
    ).optional(),
    risks: z
      .union([z.enum(['any', 'none']), z.array(risk).min(1)], {
        error: `must be any, none, or a list of: ${Object.keys(riskNames).join(', ')}`,
      })
      .optional()
      .describe(
        `Risks of the requested security profiles: any, none, or at least one of ${Object.keys(riskNames).join(', ')}.`,
      ),
    permissions: names(
      'At least one requested security profile holds one of these permissions, by AWS’s name, with * for any text.',
    ).optional(),
    hierarchy: hierarchy
      .optional()
      .describe('At least one user is in or below one of these groups.'),
    tags: tags.optional().describe('At least one user carries one of these tags.'),
  })
  .describe('What has to be true of the request. All of it has to be.');

const from = z
  .strictObject({ usergroups: whoMembers.usergroups, people: whoMembers.people })
  .describe(
    'Narrows the approvers: only these holders of Users – Create. Left out: everybody who holds it.',
  );

const count = z.int().min(1).max(10);

const stage = z
  .strictObject({
    name: z.string().min(1).max(40).describe('What people call this stage, such as Security.'),
    count: count.default(1).describe('How many approvals it needs.'),
    from: from.optional(),
  })
  .describe('One stage; the next one begins when it is complete.');

const breakGlass = z
  .strictObject({
    usergroups: whoMembers.usergroups,
    people: whoMembers.people,
    tell: z
      .array(personId)
      .min(1, { error: 'must name somebody who is told' })
      .describe('Who is told at once, each in a direct message.')
      .register(sources, { source: memberIdSource }),
  })
  .refine((who) => who.people.length > 0 || who.usergroups.length > 0, {
    error: 'is nobody: name people or usergroups',
  })
  .describe(
    'Who may have the request created at once, alone, with a reason. They still need Users – Create and all that is requested.',
  );

export const stepUp = z
  .strictObject({
    maxAge: duration('1 minute', '1 hour')
      .default('5 minutes')
      .describe('How long ago the person may have signed in there.'),
    acrValues: z
      .array(z.string().regex(/^\S{1,200}$/, { error: 'must be a word without spaces' }))
      .max(10)
      .default([])
      .describe(
        'Ways of signing in, as the provider calls them (acr), such as one with a second factor. One of them is required. Left out: any.',
      ),
  })
  .describe(
    'Each approval, also break-glass and going on above a limit, needs a fresh sign-in at the company’s identity provider (OpenID Connect, settings OIDC_…), as the person who approves.',
  );

const approval = z
  .strictObject({
    count: count.optional().describe('How many approvals are needed. Default: 1.'),
    from: from.optional(),
    stages: z
      .array(stage)
      .min(1)
      .max(5)
      .optional()
      .describe('Approvals one after the other, instead of count and from.'),
    distinctPeople: z
      .boolean()
      .default(true)
      .describe('Whether a person counts in one stage only.'),
    ceiling: z
      .enum(['each', 'together'])
      .default('each')
      .describe('Whether each approver must hold all that is requested, or all of them together.'),
    allowOwn: z.boolean().default(false).describe('Whether people may approve their own requests.'),
    expiresAfter: duration('1 minute', '90 days')
      .default('3 days')
      .describe('How long a request stays open for approval.'),
    remindAfter: z
      .array(duration('1 minute', '90 days'))
      .max(10)
      .default([])
      .describe('When the people who can decide are reminded, counted from the request.'),
    escalate: z
      .strictObject({
        after: duration('1 minute', '90 days').describe('How long after the request.'),
        usergroups: whoMembers.usergroups,
        people: whoMembers.people,
      })
      .refine((who) => who.people.length > 0 || who.usergroups.length > 0, {
        error: 'is to nobody: name people or usergroups',
      })
      .optional()
      .describe('Who may approve too when nobody has decided by then; they need Users – Create.'),
    breakGlass: breakGlass.optional(),
    stepUp: stepUp.optional(),
    keepWhenRowsLeftOut: z
      .boolean()
      .default(false)
      .describe(
        'Whether approvals of the whole list hold for the rest when an approver leaves rows out of it. Otherwise they are void.',
      ),
  })
  .refine(
    (approval) => !approval.stages || (approval.count === undefined && approval.from === undefined),
    {
      error: 'has stages and count or from: give one of the two',
    },
  );

const pattern = z
  .string()
  .min(1)
  .max(200)
  .superRefine((text, context) => {
    try {
      new RegExp(text);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      context.addIssue({ code: 'custom', message: `is no regular expression: ${why}` });
    }
  });

export const ruleSchema = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .max(80)
      .describe('What the rule is called: people read it on cards and in the audit trail.'),
    requesters: requesters.describe('Who may ask under this rule.'),
    allow: allow.optional(),
    when: when.optional(),
    approval: z
      .union([z.literal('none'), approval], {
        error: 'must be none, or a group of settings such as count, from and stages',
      })
      .optional()
      .describe(
        'none: created at once, where the requester holds Users – Create and all that is requested. Otherwise who has to agree. Left out: one approval by a holder of Users – Create.',
      ),
    refuse: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe(
        'Refuses what this rule matches, with this reason. Instead of approval. While Slack does not tell who is in its user groups, everybody is refused.',
      ),
    reason: z
      .strictObject({
        minLength: z.int().min(1).max(500).describe('Fewest characters.'),
      })
      .optional()
      .describe(
        'The request needs a reason. For a file it can also be given when its rows are requested.',
      ),
    ticket: z
      .strictObject({
        pattern: pattern.describe('A regular expression, such as “OPS-[0-9]+”.'),
        link: z
          .string()
          .regex(/^https:\/\/\S*\{ticket\}\S*$/, {
            error: 'must be an https:// address with {ticket} in it',
          })
          .optional()
          .describe('Where a ticket is found; {ticket} is its number.'),
      })
      .optional()
      .describe('The reason has to name a ticket; the card links to it.'),
    aboveCeiling: z
      .strictObject({ usergroups: whoMembers.usergroups, people: whoMembers.people })
      .optional()
      .describe('Who may give more than they hold themselves. The audit trail says so.'),
  })
  .refine((rule) => rule.refuse === undefined || rule.approval === undefined, {
    error: 'has refuse and approval: give one of the two',
  })
  .describe('One rule. The first one that matches decides; if none does, the request is refused.');

export const rulesSchema = z.array(ruleSchema).min(1).max(500);

export type WrittenRule = z.infer<typeof ruleSchema>;
