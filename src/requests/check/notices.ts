/** What an approver should read before deciding, in addition to what the profiles allow. */
import type { InstanceConfig } from '../../config/config.ts';
import type { DirectorySnapshot } from '../../connect/directory.ts';
import type { SecurityProfileFacts } from '../../connect/security-profile.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import type { RowRecord } from '../../storage/schema.ts';
import { fullName } from '../../users/full-name.ts';
import type { NewUser } from '../../users/new-user.ts';
import { resemblanceOf } from '../submit/picked-member.ts';

/** Service Quotas → Amazon Connect → Users per instance: AWS's default for new instances. */
export const defaultUserQuota = 500;

/**
 * Warnings about possible failures. The card shows them after the anomalies.
 *
 * @param asked how many users the request has
 * @param warnings of its rows, if it is a form
 */
export function noticesOf(
  instance: InstanceConfig,
  snapshot: Pick<DirectorySnapshot, 'userCount'>,
  asked: number,
  warnings: readonly Problem[] = [],
): Problem[] {
  const { alias } = instance;
  return [
    ...(instance.serviceCloudVoice ? [problem('notice.service-cloud-voice', { alias })] : []),
    ...quotaNotice(instance, snapshot.userCount, asked),
    ...warnings,
  ];
}

/** A notice when the users would exceed the quota, as far as it is known. */
export function quotaNotice(
  { alias, userQuota }: Pick<InstanceConfig, 'alias' | 'userQuota'>,
  users: number,
  asked: number,
): Problem[] {
  // An instance with more users than the default quota must have another quota, which is not known.
  if (userQuota === undefined && users > defaultUserQuota) return [];
  const quota = userQuota ?? defaultUserQuota;
  const beyond = Math.min(asked, users + asked - quota);
  if (beyond <= 0) return [];
  const params = { beyond, asked, quota, users, alias };
  return [problem(asked === 1 ? 'notice.quota-one' : 'notice.quota', params)];
}

/** The profiles of which a user can have at most two. */
export function granularProfilesOf(asked: readonly SecurityProfileFacts[]): ReadonlySet<string> {
  return new Set(asked.filter(({ isGranular }) => isGranular).map(({ id }) => id));
}

/**
 * A notice about the recipient of the welcome, when the Slack person does not match the new user, or only partly.
 * Empty when Slack does not answer, because the same check is repeated before a welcome is sent.
 */
export async function welcomeNotices(
  { people }: Pick<Services, 'people'>,
  config: InstanceConfig,
  rows: readonly Pick<RowRecord, 'position' | 'slack_member' | 'draft'>[],
  checked: readonly { readonly position: number; readonly user: NewUser }[],
): Promise<Problem[]> {
  if (!config.welcome) return [];
  const noticeOf = async ({ position, slack_member: picked, draft }: (typeof rows)[number]) => {
    const user = checked.find((row) => row.position === position)?.user;
    const person = user && picked !== null ? await people.person(picked) : null;
    if (!user || !person) return [];
    const resemblance = await resemblanceOf(people, config, person, user, draft.preset);
    if (resemblance === 'same') return [];
    const code = resemblance === 'other' ? 'notice.welcome-nobody' : 'notice.welcome-similar';
    return [problem(code, { name: fullName(user), member: person.name })];
  };
  const found = await Promise.all(rows.map((row) => noticeOf(row).catch(() => [])));
  return found.flat();
}
