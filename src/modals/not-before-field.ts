/** "Not before": a form field for the time of a later creation. Slack shows it in the person's own time zone. */
import type { InputBlock } from '@slack/types';
import { furthestDays, whyNotThen } from '../requests/model/not-before.ts';
import type { Services } from '../services.ts';
import { plain } from './blocks.ts';

export const notBeforeField = 'not_before';

export function notBeforeBlock(initial?: Date | null): InputBlock {
  return {
    type: 'input',
    block_id: notBeforeField,
    optional: true,
    label: plain('Not before'),
    hint: plain(
      `Approved now, created then; in your own time zone, up to ${furthestDays} days ahead. Empty: once approved.`,
    ),
    element: {
      type: 'datetimepicker',
      action_id: notBeforeField,
      ...(initial ? { initial_date_time: Math.floor(initial.getTime() / 1000) } : {}),
    },
  };
}

/** https://tc39.es/ecma262/#sec-time-values-and-time-range */
const lastDateMs = 8.64e15;

/** The selected time in `view.state.values`; null when it is empty. */
export function readNotBefore(values: {
  readonly [block: string]: { readonly [action: string]: { selected_date_time?: number | null } };
}): Date | null {
  const seconds = values[notBeforeField]?.[notBeforeField]?.selected_date_time;
  // Dates cannot be later than this; the value is reported like any other that is too far ahead.
  return typeof seconds === 'number' ? new Date(Math.min(seconds * 1000, lastDateMs)) : null;
}

/** The problem of the time; a typed password must not expire before it. */
export function whyNotBefore(
  services: Pick<Services, 'now' | 'config'>,
  at: Date | null,
  hasPassword: boolean,
) {
  if (!at) return null;
  const now = services.now();
  const typedPasswordUntil = hasPassword
    ? new Date(now.getTime() + services.config.passwordsExpireAfterMs)
    : null;
  return whyNotThen(at, { now, typedPasswordUntil });
}
