/** The users of a submitted form: one that was typed, or several people selected from Slack. */
import { readExistingUsers } from '../../connect/existing-users.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { userContext } from '../../connect/user-context.ts';
import { explain, problem } from '../../errors/problem.ts';
import { findingSentence } from '../../messages/finding-words.ts';
import { clipped } from '../../messages/rich-text.ts';
import { withTimeout } from '../../operations/with-timeout.ts';
import { requestedUsernames } from '../../requests/check/requested-usernames.ts';
import type { FormServices } from '../../requests/submit/permitted-instances.ts';
import { identitiesOf, patternOf, whyNotAdded } from '../../requests/submit/slack-members.ts';
import type { SlackPerson } from '../../slack/slack-person.ts';
import { isDatabaseUnavailable } from '../../storage/unavailable.ts';
import { checkUser } from '../../users/check/check-user.ts';
import type { UserDraft } from '../../users/new-user.ts';
import { presetNamed } from '../../users/presets/apply-preset.ts';
import { freeUsernameBy } from '../../users/presets/username-pattern.ts';
import { snapshotSoon } from '../menus.ts';
import { type FormState, fields } from './form-field-ids.ts';
import { type FormValues, fieldErrors, readDraft } from './form-state.ts';

/** Slack's limit for the text of an error is not documented; a longer text is not readable on a phone. */
const longestErrors = 500;

export type SubmittedUsers = {
  readonly drafts: readonly UserDraft[];
  /** By block, as Slack shows them. */
  readonly errors: Readonly<Record<string, string>>;
};

/** Reads the selected people, so that they are cached for a short time; people who cannot be read are skipped. */
export async function readMembers(services: FormServices, ids: readonly string[]): Promise<void> {
  await Promise.all(ids.map((id) => services.people.person(id).catch(() => null)));
}

/** @param options.check false skips the check of the users */
export async function readUsers(
  services: FormServices,
  instanceClient: InstanceClient,
  state: FormState,
  values: FormValues,
  options: { readonly check: boolean },
): Promise<SubmittedUsers> {
  const draft = readDraft(state, values);
  const why = await whyNotMembers(services, state.members);
  if (why !== null) return { drafts: [draft], errors: { [fields.members]: why } };
  if (state.members.length < 2) {
    const typed = await withUsername(services, instanceClient, draft);
    const { alias } = instanceClient.config;
    const errors = options.check ? await findErrors(services, alias, typed, values) : {};
    return { drafts: [typed], errors };
  }
  return readSeveral(services, instanceClient, state, draft, options);
}

async function readSeveral(
  services: FormServices,
  instanceClient: InstanceClient,
  state: FormState,
  shared: UserDraft,
  { check }: { readonly check: boolean },
): Promise<SubmittedUsers> {
  const { config } = instanceClient;
  const snapshot = await snapshotSoon(services, config.alias);
  const people = state.members.flatMap((id) => services.people.peek(id) ?? []);
  if (!snapshot || people.length < state.members.length) {
    const instance = config.alias;
    const late = problem('form.directory-unreachable', { instance, why: 'it isn’t responding' });
    return { drafts: [shared], errors: { [fields.members]: explain(late) } };
  }
  const rules = userContext(services.config, config, snapshot);
  const preset = presetNamed(config.presets, state.preset ?? '');
  const identities = identitiesOf(people, patternOf(preset, config, rules.identityMode), rules);
  const drafts = identities.map((identity) => ({ ...shared, ...identity }));
  if (!check) return { drafts, errors: {} };
  const wrong = drafts.flatMap((draft) => {
    const result = checkUser(draft, rules);
    const name = clipped([draft.firstName, draft.lastName].filter(Boolean).join(' '), 60);
    return result.ok ? [] : [`${name}: ${result.findings.map(findingSentence).join(' ')}`];
  });
  const errors =
    wrong.length > 0 ? { [fields.members]: clipped(wrong.join(' '), longestErrors) } : {};
  return { drafts, errors };
}

/** The draft with a username from its preset's pattern, when none was typed. */
async function withUsername(
  services: FormServices,
  { config }: InstanceClient,
  draft: UserDraft,
): Promise<UserDraft> {
  if (draft.username !== undefined || draft.preset === undefined) return draft;
  const pattern = presetNamed(config.presets, draft.preset)?.usernamePattern;
  const snapshot = pattern && (await snapshotSoon(services, config.alias));
  if (!pattern || !snapshot) return draft;
  // Whether the bot has a key for passwords does not matter for a username.
  const rules = userContext({}, config, snapshot);
  const username = freeUsernameBy(pattern, draft, rules);
  return username === undefined ? draft : { ...draft, username };
}

/** The sentence why one of these people cannot be added; null when all can. */
async function whyNotMembers(
  services: FormServices,
  ids: readonly string[],
): Promise<string | null> {
  const read = (id: string): Promise<SlackPerson | null> | SlackPerson =>
    services.people.peek(id) ?? services.people.person(id).catch(() => null);
  const { readMs } = services.timing.beforeAcknowledging;
  const people = await withTimeout(Promise.all(ids.map(read)), readMs);
  if (!people) return explain(problem('slack.unavailable'));
  for (const person of people) {
    const why = whyNotAdded(person);
    if (why !== null) return `${clipped(person?.name ?? 'Somebody here', 60)} ${why}.`;
  }
  return null;
}

/**
 * All errors of the typed values, at their fields. Empty when the directory is not available in time: the request is
 * then stored, and the later check informs the requester.
 */
async function findErrors(
  services: FormServices,
  alias: string,
  draft: UserDraft,
  values: FormValues,
): Promise<Record<string, string>> {
  const instanceClient = services.instanceClients.get(alias);
  if (!instanceClient) return {};
  const { config, gateway } = instanceClient;
  const [snapshot, requested] = await Promise.all([
    snapshotSoon(services, alias),
    requestedNow(services, alias, draft.username),
  ]);
  if (!snapshot) return {};
  const context = userContext(services.config, config, snapshot);
  const rules = { ...context, ...(requested ? { requested } : {}) };
  const result = checkUser(draft, rules);
  if (result.ok) return {};
  const [first] = result.findings;
  if (first?.problem.code !== 'username.taken' || result.findings.length > 1) {
    return fieldErrors(result.findings, values);
  }
  const existing = readExistingUsers(gateway, [draft.username?.trim() ?? '']);
  const existingUsers = await withTimeout(existing, services.timing.beforeAcknowledging.readMs);
  const again = existingUsers ? checkUser(draft, { ...rules, existingUsers }) : result;
  return again.ok ? {} : fieldErrors(again.findings, values);
}

/** Whether an open request has this username. If the answer takes too long, the later check detects it. */
async function requestedNow(services: FormServices, alias: string, username: string | undefined) {
  if (username === undefined) return undefined;
  try {
    return await requestedUsernames(services.intake, alias, { usernames: [username.trim()] });
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    return undefined;
  }
}
