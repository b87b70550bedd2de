/** When the users of a file are created: according to its form, or to the message that it came with. */
import { type Problem, ProblemError, problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { moment } from '../../text/utc-moment.ts';
import { notBeforeIn, timeShownTwice } from '../../text/written-moment.ts';
import { whyNotThen } from '../model/not-before.ts';

/**
 * Null: as soon as they are approved. The text is read in the requester's time zone. Throws `ProblemError` for an
 * invalid time, and for a time at which the file's passwords have expired.
 */
export async function readNotBefore(
  services: Services,
  request: RequestRecord,
  hasPasswords: boolean,
): Promise<Date | null> {
  const at = request.not_before ?? (await writtenIn(services, request));
  if (!at) return null;
  const typedPasswordUntil = hasPasswords
    ? new Date(request.created_at.getTime() + services.config.passwordsExpireAfterMs)
    : null;
  // A time from the form was valid at its submission; only the passwords of the file are known now.
  const now = request.not_before ? request.created_at : services.now();
  const why = whyNotThen(at, { now, typedPasswordUntil });
  if (why) throw new ProblemError(why);
  return at;
}

/**
 * Which of two moments is meant when the requester's clocks show the time twice, because Slack shows only the time of
 * the clock.
 */
export async function ambiguousTimeNotice(
  services: Pick<Services, 'people'>,
  requesterId: string,
  at: Date | null,
): Promise<Problem[]> {
  if (!at) return [];
  const zone = (await services.people.person(requesterId))?.timeZone ?? 'UTC';
  const twice = timeShownTwice(at, zone);
  if (!twice) return [];
  return [problem('not-before.twice', { zone, ...twice, moment: moment(at) })];
}

async function writtenIn(services: Services, request: RequestRecord): Promise<Date | null> {
  const { reason, requester_id: requesterId } = request;
  if (!reason) return null;
  const person = await services.people.person(requesterId);
  const zone = person?.timeZone ?? 'UTC';
  const found = notBeforeIn(reason, zone);
  if (!found) return null;
  if (found.kind === 'moment') return found.at;
  throw new ProblemError(whyUnclear(found, zone));
}

function whyUnclear(
  found: Exclude<ReturnType<typeof notBeforeIn>, null | { kind: 'moment' }>,
  zone: string,
): Problem {
  const { written } = found;
  return found.kind === 'gap'
    ? problem('not-before.gap', { written, zone, instead: found.instead })
    : problem('not-before.unreadable', { written });
}
