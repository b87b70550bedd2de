/** Settings of the card: who is made aware of it, and when a button asks once more. */
import { z } from 'zod';
import { personId, sources, usergroupId } from '../policy/slack-ids.ts';

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

export const card = z
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
