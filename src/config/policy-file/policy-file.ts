/**
 * The policy file (config.yaml): the Amazon Connect instances, and who may do what. The schema is also
 * docs/config.schema.json, for editors. Descriptions are shown there and in problems; `source` says where a value is
 * found.
 */
import { isSupportedCountry } from 'libphonenumber-js/min';
import { z } from 'zod';

import { duration, rulesSchema } from '../../policy/rule-schema.ts';
import { personId, sources, usergroupId } from '../../policy/slack-ids.ts';
import { addressTrouble, linkTrouble } from '../address.ts';
import { arnPattern } from '../arns.ts';
import { identitySettings } from './identity-settings.ts';
import { cardSettings, instanceSettings } from './instance-settings.ts';

const channelId = z.string().regex(/^[CG][A-Z0-9]{2,}$/, {
  error: 'must be a channel’s id, which begins with C (a name such as #agents can change)',
});
const address = (troubleOf: (text: string) => string | undefined) =>
  z
    .string()
    .superRefine((text, context) => {
      const trouble = troubleOf(text);
      if (trouble !== undefined) context.addIssue({ code: 'custom', message: trouble });
    })
    .meta({ format: 'uri' });

const whoMayRequest = z
  .strictObject({
    anyone: z.boolean().default(false).describe('Every full member of the workspace.'),
    usergroups: z
      .array(usergroupId)
      .default([])
      .describe('Members of these Slack user groups.')
      .register(sources, {
        source: 'Slack → People → User groups → the group → ⋮ → Copy group ID',
      }),
    people: z
      .array(personId)
      .default([])
      .describe('These Slack people.')
      .register(sources, { source: 'Slack → the person’s profile → ⋮ → Copy member ID' }),
    creators: z
      .boolean()
      .default(true)
      .describe('Whoever holds Users – Create in the instance anyway.'),
  })
  .refine(
    (who) => who.anyone || who.creators || who.usergroups.length > 0 || who.people.length > 0,
    { error: 'lets nobody request anything: name people or usergroups, or set anyone or creators' },
  )
  .describe(
    'Who may request new users. Left out: only people who hold Users – Create. In an instance it takes the place of the general one as a whole.',
  );

const approval = z
  .strictObject({
    needed: z
      .enum(['always', 'unless-permitted'])
      .optional()
      .describe(
        'always (the default): every request waits for an approval. unless-permitted: somebody who holds Users – Create creates at once.',
      ),
    allowOwn: z
      .boolean()
      .optional()
      .describe('Whether people may approve their own requests. Default: false.'),
    iKnow: z
      .literal(true)
      .optional()
      .describe(
        'Needed where allowOwn and unless-permitted stand together: nobody but the requester ever looks at a request then.',
      ),
    expiresAfter: duration('1 minute', '90 days')
      .optional()
      .describe('How long a request stays open for approval. Default: 3 days.'),
  })
  .describe('How requests are approved. In an instance each setting given there takes the place.');

const whereInstances =
  'AWS console → Amazon Connect → the instance’s alias → Distribution settings or Overview; or: aws connect list-instances';

const most = z.int().min(1).max(100_000);

const limits = z
  .strictObject({
    perHour: most.optional().describe('Users an hour.'),
    perDay: most.optional().describe('Users a day (24 hours).'),
    perApprover: z
      .strictObject({
        perHour: most.optional().describe('Users an hour.'),
        perDay: most.optional().describe('Users a day (24 hours).'),
      })
      .default({})
      .describe('The same, for the requests that one person approved.'),
    tell: z.array(personId).default([]).describe('Who is told when creating pauses.'),
  })
  .describe(
    'How many users may be created. Beyond it creating pauses, and somebody who has not approved the request has to let it go on, with a reason. Left out: no limit.',
  );

const instance = z
  .strictObject({
    alias: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, {
        error: 'must be 1 to 40 letters, digits, dots, dashes or underscores',
      })
      .describe('What people call this instance in Slack, such as production.'),
    arn: z
      .string()
      .regex(arnPattern, {
        error: 'must look like arn:aws:connect:<region>:<account>:instance/<instance id>',
      })
      .optional()
      .describe('The Connect instance, by its ARN. Or give instanceId and region.')
      .register(sources, { source: whereInstances }),
    instanceId: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,100}$/, { error: 'must be an instance’s id (or use arn)' })
      .optional()
      .describe('The Connect instance, by its id. Or give arn.')
      .register(sources, { source: whereInstances }),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: 'must be an AWS Region such as eu-central-1' })
      .optional()
      .describe('The AWS Region of the instance; part of arn.')
      .register(sources, { source: whereInstances }),
    endpoint: address(addressTrouble)
      .optional()
      .describe('Another address for Amazon Connect’s API, for a VPC endpoint or a stand-in.'),
    requestsChannel: channelId
      .describe('The Slack channel where requests for this instance are shown and decided.')
      .register(sources, {
        source: 'Slack → the channel’s name on top → About → Channel ID; invite the bot there',
      }),
    defaultCountry: z
      .string()
      .refine(isSupportedCountry, {
        error: 'must be a country’s two capital letters, such as US or DE',
      })
      .optional()
      .describe(
        'The country that phone numbers without + are read in. Left out: such numbers are refused.',
      ),
    samlEmail: z
      .enum(['refuse', 'allow'])
      .optional()
      .describe(
        'Whether users of a SAML instance may have an email address; AWS’s pages contradict each other. Default: refuse.',
      ),
    loginUrl: address(linkTrouble)
      .optional()
      .describe('Where people sign in, when it is not the address that Connect tells (SAML).'),
    card: cardSettings.optional(),
    sharedChannel: z
      .enum(['warn', 'refuse'])
      .optional()
      .describe(
        'What to do when that channel is shared with another company, which then sees names and addresses. warn (the default): say so at the start and on every card. refuse: do not start, and post no card.',
      ),
    ...instanceSettings,
    limits: limits.optional(),
    mayRequest: whoMayRequest.optional(),
    approval: approval.optional(),
    rules: rulesSchema
      .optional()
      .describe(
        'The rules of this instance, instead of mayRequest and approval. The first that matches decides.',
      ),
  })
  .describe('One Amazon Connect instance.');

const operators = z
  .array(
    z.string().regex(/^[UWCG][A-Z0-9]{2,}$/, {
      error: 'must be a member id (begins with U or W) or a channel’s id (begins with C)',
    }),
  )
  .max(20)
  .describe(
    'Slack people or channels that are told when the bot gives up on something. Left out: only the log says so.',
  )
  .register(sources, {
    source: 'Slack → the person’s profile → ⋮ → Copy member ID; or the channel’s name → About',
  });

/** The whole file, as written. */
export const policyFile = z
  .strictObject({
    $schema: z.string().optional().describe('For editors.'),
    instances: z
      .array(instance)
      .min(1, { error: 'must list at least one instance' })
      .describe('The Amazon Connect instances that users are added to.'),
    mayRequest: whoMayRequest.optional(),
    openRequestsPerPerson: z
      .int()
      .min(1)
      .max(10_000)
      .default(20)
      .describe('Requests, forms and files, that one person may have open at a time. Default: 20.'),
    approval: approval.optional(),
    rules: rulesSchema
      .optional()
      .describe(
        'Who may request what, and who has to agree, instead of mayRequest and approval; for every instance without rules of its own. The first that matches decides.',
      ),
    permissionsThatNeverCount: z
      .array(
        z.string().regex(/^[A-Za-z]+(\.[A-Za-z]+)*$/, {
          error: 'must be a permission as Connect spells it, such as RestrictTaskCreation.Access',
        }),
      )
      .optional()
      .describe(
        'Permissions that never count when an approver’s permissions are compared with those of a security profile, because they take something away from their holder. Added to the bot’s own table.',
      )
      .register(sources, {
        source: 'aws connect list-security-profile-permissions; or docs/install.md',
      }),
    passwordsExpireAfter: duration('1 minute', '90 days')
      .optional()
      .describe(
        'How long a typed password is kept at most, from when it was sent. Then it is deleted, and its user is not created. Default: 24 hours.',
      ),
    identity: identitySettings.optional(),
    card: cardSettings.optional(),
    operators: operators.optional(),
    retentionDays: z
      .int()
      .min(1)
      .max(3650)
      .optional()
      .describe(
        'Days after which names, addresses and cells of requests that ended are erased; the audit trail stays. Default: 90.',
      ),
  })
  .meta({
    title: 'connect-add-user: policy file',
    description: 'Which Amazon Connect instances there are, and who may do what in them.',
  });

export type PolicyFile = z.infer<typeof policyFile>;

/** The schema for editors (docs/config.schema.json). */
export function policyJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(policyFile, { io: 'input', override: withSource });
}

/** Adds the place where a value is found to the description as well, because editors show nothing else. */
function withSource(made: {
  zodSchema: z.core.$ZodTypes;
  jsonSchema: { description?: string };
}): void {
  const source = sources.get(made.zodSchema)?.source;
  if (source !== undefined) {
    made.jsonSchema.description =
      `${made.jsonSchema.description ?? ''} Found at: ${source}.`.trim();
  }
}
