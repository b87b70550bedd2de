/** Finds the person who waits for a delivery that could not be handled, and the place where they wait. */
import { z } from 'zod';
import type { Place } from './ephemeral.ts';

const withId = z.object({ id: z.string() });

/** A command contains the ids of people and channels directly, an interaction contains objects. */
const command = z.object({
  user_id: z.string(),
  channel_id: z.string(),
  command: z.string(),
  response_url: z.string().optional(),
});
const interaction = z.object({
  type: z.enum(['block_actions', 'view_submission', 'message_action', 'shortcut']),
  user: withId,
  channel: withId.nullish(),
  container: z
    .object({
      channel_id: z.string().optional(),
      message_ts: z.string().optional(),
      /** The location of an ephemeral message, which Slack does not send along. */
      thread_ts: z.string().optional(),
    })
    .nullish(),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).nullish(),
  response_url: z.string().optional(),
});
/** Null for a delivery for which nobody waits: an event, a keystroke in a search. */
export function waitingPerson(body: unknown): Place | null {
  const typed = command.safeParse(body);
  if (typed.success) {
    const { channel_id: channel, user_id: person, response_url: responseUrl } = typed.data;
    return { channel, person, ...(responseUrl ? { responseUrl } : {}) };
  }
  const clicked = interaction.safeParse(body);
  if (!clicked.success) return null;
  const { user, response_url: responseUrl } = clicked.data;
  const channel = clicked.data.channel?.id ?? clicked.data.container?.channel_id ?? user.id;
  const threadTs = threadOf(clicked.data);
  return {
    channel,
    person: user.id,
    ...(threadTs ? { threadTs } : {}),
    ...(responseUrl ? { responseUrl } : {}),
  };
}

/** The thread of the message; none for the first message of one, which is in the channel. */
function threadOf({ message, container }: z.infer<typeof interaction>): string | undefined {
  const threadTs = message?.thread_ts ?? container?.thread_ts;
  return threadTs === (message?.ts ?? container?.message_ts) ? undefined : threadTs;
}
