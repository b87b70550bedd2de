/**
 * "Check november.csv?": the question to a person who posted a file in a requests channel without mentioning the bot.
 */
import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { listed } from '../../text/lists.ts';
import { button } from '../card-actions.ts';
import { bold, type Inline, lines } from '../rich-text.ts';

export const checkOfferActions = {
  check: 'check_posted_file',
  notNow: 'leave_posted_file',
} as const;

/** Identifies the message with the files. Ids only, because a button's value has room for 2,000 characters. */
const offered = z.object({
  channel: z.string().max(30),
  ts: z.string().max(30),
  threadTs: z.string().max(30).optional(),
  files: z.array(z.string().max(30)).min(1).max(10),
});
export type OfferedFiles = z.infer<typeof offered>;

export function checkOffer(files: OfferedFiles, names: readonly string[]): KnownBlock[] {
  const what = listed([...names]);
  const value = JSON.stringify(files);
  const question: Inline[] = ['Check ', bold(what), ' for new Amazon Connect users?'];
  return [
    lines('check_offer', [question]),
    {
      type: 'actions',
      block_id: 'check_offer_buttons',
      elements: [
        button(checkOfferActions.check, names.length > 1 ? 'Check them' : 'Check it', value, {
          about: what,
          style: 'primary',
        }),
        button(checkOfferActions.notNow, 'Not now', value, { about: what }),
      ],
    },
  ];
}

/** Null for a value that this bot never wrote. */
export function parseOfferedFiles(value: string | undefined): OfferedFiles | null {
  try {
    const parsed = offered.safeParse(JSON.parse(value ?? ''));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
