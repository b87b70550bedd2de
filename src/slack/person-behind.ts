/** Who is waiting for something to happen, when what Slack delivered could not be dealt with. */
import { z } from 'zod';
import type { Place } from './ephemeral.ts';

const withId = z.object({ id: z.string() });

/** A command names people and channels flat, an interaction as objects. */
const command = z.object({ user_id: z.string(), channel_id: z.string(), command: z.string() });
const interaction = z.object({
  type: z.enum(['block_actions', 'view_submission', 'message_action', 'shortcut']),
  user: withId,
  channel: withId.nullish(),
});

/** Null for what nobody waits for: an event, a keystroke in a search. */
export function personBehind(body: unknown): Place | null {
  const typed = command.safeParse(body);
  if (typed.success) return { channel: typed.data.channel_id, person: typed.data.user_id };
  const clicked = interaction.safeParse(body);
  if (!clicked.success) return null;
  const { user, channel } = clicked.data;
  return { channel: channel?.id ?? user.id, person: user.id };
}
