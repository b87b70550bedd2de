/** Settings of an instance about the limits of Amazon Connect and the defaults of its users. */
import { z } from 'zod';
import { personId, sources, usergroupId } from '../../policy/slack-ids.ts';
import { roleArnPattern } from '../arns.ts';
import { presets, usernamePattern } from './presets.ts';

const pace = (calls: string) =>
  z.strictObject({
    ratePerSecond: z.number().positive().max(1000).describe(calls),
    burst: z.int().min(1).max(1000).describe('Calls that may come at once.'),
  });

/** TagKey in the API's model. */
const tagKey = z
  .string()
  .min(1)
  .max(128)
  .regex(/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/iu, {
    error: 'must be a tag’s key: letters, digits, spaces and _ . : / = + - @, and not aws:…',
  });

export const instanceSettings = {
  roleArn: z
    .string()
    .regex(roleArnPattern, { error: 'must look like arn:aws:iam::<account>:role/<name>' })
    .optional()
    .describe(
      'The role that the bot assumes for this instance (STS), when it is in another AWS account than the bot’s own credentials.',
    )
    .register(sources, {
      source: 'IAM console of the instance’s account → Roles; docs/install.md',
    }),
  externalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/, {
      error: 'must be 2 to 1224 letters, digits or + = , . @ : / -',
    })
    .optional()
    .describe('The external ID that the role’s trust policy requires.'),
  roleSessionName: z
    .string()
    .regex(/^[\w+=,.@-]{2,64}$/, { error: 'must be 2 to 64 letters, digits or + = , . @ -' })
    .optional()
    .describe(
      'What CloudTrail calls the bot in the instance’s account. Default: connect-add-user.',
    ),
  userQuota: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe(
      'How many users the instance may have. Before anybody approves, the card says how many would be too many. Left out: 500, what AWS gives at first, unless there are more already.',
    )
    .register(sources, {
      source: 'AWS console → Service Quotas → Amazon Connect → Users per instance',
    }),
  defaultTags: z
    .record(tagKey, z.string().max(256))
    .optional()
    .describe('Tags that every new user gets, unless the form or the file says otherwise.'),
  usernamePattern: usernamePattern
    .optional()
    .describe(
      'How a username is made for somebody who is picked out of Slack, where a preset does not say; as username of a preset. Default: {first}.{last}; with single sign-on none, and it is typed.',
    ),
  welcome: z
    .boolean()
    .optional()
    .describe(
      'Whether somebody who was picked out of Slack gets a direct message once their user was created: address, username and how to get in, never a password. The receipt says whether it arrived. Default: false.',
    ),
  presets: presets.optional(),
  requiredTags: z
    .array(tagKey)
    .max(48)
    .optional()
    .describe('Keys of tags that every new user needs, out of the form, the file or defaultTags.'),
  trafficDistributionGroups: z
    .array(
      z.string().regex(/^[a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12}$/, {
        error: 'must be the id of a traffic distribution group',
      }),
    )
    .max(10)
    .optional()
    .describe(
      'Traffic distribution groups that every new user joins, in an instance with global resiliency. Default: none.',
    )
    .register(sources, { source: 'aws connect list-traffic-distribution-groups' }),
  serviceCloudVoice: z
    .boolean()
    .optional()
    .describe(
      'Whether Salesforce Service Cloud Voice manages the instance: cards then say that Salesforce creates its users itself. Default: false.',
    ),
  pace: pace('Calls of CreateUser a second, as the account’s quota allows.')
    .optional()
    .describe(
      'The pace of creating, shared with everything else in the account and Region. Default: 2 a second, 5 at once.',
    )
    .register(sources, { source: 'AWS console → Service Quotas → Amazon Connect → CreateUser' }),
  readPace: pace('Calls a second of each operation that reads.')
    .optional()
    .describe('The pace of reading, for each operation by itself. Default: 2 a second, 5 at once.')
    .register(sources, { source: 'AWS console → Service Quotas → Amazon Connect' }),
  tagUsers: z
    .boolean()
    .optional()
    .describe(
      'Whether created users are tagged with their request, so that one whose answer was lost is known again. Requires connect:TagResource. Default: true.',
    ),
};

const somebody = z
  .array(
    z.union([usergroupId, personId], {
      error: 'must be a user group’s id (S…) or a member id (U… or W…)',
    }),
  )
  .max(20)
  .default([]);
const where =
  'Slack → People → User groups → the group → ⋮ → Copy group ID; or a profile → ⋮ → Copy member ID';

export const cardSettings = z
  .strictObject({
    notify: somebody
      .describe('User groups and people that a card mentions, once, when it is posted.')
      .register(sources, { source: where }),
    directMessage: somebody
      .describe(
        'User groups and people that get a direct message about each card that waits for an approval.',
      )
      .register(sources, { source: where }),
    confirmAbove: z
      .int()
      .min(0)
      .max(10_000)
      .nullable()
      .default(null)
      .describe('Approving more users than this asks once more. Left out: approving never asks.'),
  })
  .describe('Who is made aware of a card, and when its buttons ask once more.');
