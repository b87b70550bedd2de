/** The form "Add a Connect user" at work: its searches, the fields that change it, its submission. */
import type { BlockAction } from '@slack/bolt';
import type { Directory, DirectorySnapshot } from '../../connect/directory.ts';
import { readExistingUsers } from '../../connect/existing-users.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { userContext } from '../../connect/user-context.ts';
import { explain, problem } from '../../errors/problem.ts';
import { requestNumber } from '../../messages/request-view-model.ts';
import { withTimeout } from '../../operations/with-timeout.ts';
import { requestedUsernames } from '../../requests/check/requested-usernames.ts';
import { wasDelivered } from '../../requests/store/deliveries-store.ts';
import type { FormServices } from '../../requests/submit/permitted-instances.ts';
import type { RecentChoices } from '../../requests/submit/recent-choices.ts';
import { submitRequest } from '../../requests/submit/submit-request.ts';
import type { Listeners } from '../../slack/listeners.ts';
import { isDatabaseUnavailable } from '../../storage/unavailable.ts';
import { isStorable } from '../../text/storable.ts';
import { checkUser } from '../../users/fields/check-user.ts';
import type { UserDraft } from '../../users/new-user.ts';
import { updateView } from '../open-view.ts';
import { addUserCallback, type FormState, fields } from './fields.ts';
import {
  type FormValues,
  fieldErrors,
  parseFormState,
  readDraft,
  readValues,
} from './form-state.ts';
import { addUserView } from './form-view.ts';
import { pathLabel } from './initial-values.ts';
import { createManagementMarks } from './management-marks.ts';
import { formFacts, loadView } from './open-form.ts';
import { type MenuItem, menuOptions } from './profile-options.ts';
import { createViewChanges } from './view-changes.ts';

/** Slack takes 100 options; more than a screenful is searched, not scrolled. */
const optionsShown = 50;

/**
 * Longest wait for a directory before an acknowledgement. Slack gives 3 s in all, and storing may take its time
 * too (`intake` in storage/database.ts).
 */
const directoryWithinMs = 800;

export function registerAddUser(listeners: Listeners, services: FormServices): void {
  registerSearches(listeners, services);
  const changes = createViewChanges();

  const changing = [
    fields.instance,
    fields.phoneType,
    fields.passwordChoice,
    fields.more,
    fields.perChannel,
    fields.startEmpty,
  ];
  listeners.action<BlockAction>(changing, async ({ ack, body, action, client }) => {
    await ack();
    const { view } = body;
    const state = view && parseFormState(view.private_metadata);
    if (!view || !state) return;
    const chosen = changed(state, action.action_id, readValues(view.state.values));
    const offer = services.offers.peek(body.user.id) ?? (await services.offers.load(body.user.id));
    await changes.inTurn(view.id, chosen, async ({ more, channels, blank }) => {
      const next = { ...chosen, more, channels, blank };
      const facts = formFacts(services, offer, next);
      const form = facts ? addUserView(next, facts) : await loadView(services, offer, next);
      await updateView(client, view.id, form, view.hash);
    });
  });

  listeners.view(addUserCallback, async ({ ack, body, view }) => {
    const state = parseFormState(view.private_metadata);
    const instanceClient = state ? services.instanceClients.get(state.instance) : undefined;
    const values = readValues(view.state.values);
    const lastBlock = fields.reason;
    if (!state || !instanceClient) {
      const gone = problem('form.unknown-instance', { instance: state?.instance ?? '' });
      await ack({ response_action: 'errors', errors: { [lastBlock]: explain(gone) } });
      return;
    }
    const draft = readDraft(state, values);
    const reason = values.text(fields.reason)?.trim() || null;
    const deliveryId = `view_submission ${view.id}`;
    // Sent before, when its answer was lost: its own request would count as the one that has the username.
    const sentBefore = await wasDelivered(services.intake, deliveryId).catch(() => false);
    const errors = {
      ...(sentBefore ? {} : await findErrors(services, state.instance, draft, values)),
      ...(reason && !isStorable(reason)
        ? { [fields.reason]: explain(problem('field.unprintable')) }
        : {}),
    };
    if (Object.keys(errors).length > 0) {
      await ack({ response_action: 'errors', errors });
      return;
    }
    try {
      // Slack is not asked before the acknowledgement: it may be slow. The check reads who somebody is.
      const person = services.people.peek(body.user.id);
      const outcome = await submitRequest(services, {
        deliveryId,
        requester: { id: body.user.id, name: person?.name ?? body.user.name },
        instance: instanceClient.config,
        drafts: [draft],
        reason,
      });
      services.offers.forget(body.user.id);
      const { kind, requestId } = outcome;
      if (kind !== 'stored') {
        services.log.info({ request: requestId, kind }, 'a form was sent that was stored before');
      }
      if (outcome.kind === 'changed') {
        const what = `username “${outcome.username}”`;
        const already = problem('form.already-sent', { number: requestNumber(requestId), what });
        await ack({ response_action: 'errors', errors: { [lastBlock]: explain(already) } });
        return;
      }
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      services.log.warn({ err: error }, 'a submission could not be stored');
      await ack({
        response_action: 'errors',
        errors: { [lastBlock]: explain(problem('form.not-saved')) },
      });
      return;
    }
    await ack();
  });
}

/** What one menu searches: the items that match, and the ids that the person chose lately. */
type Menu = {
  readonly find: (
    snapshot: DirectorySnapshot,
    text: string,
    instance: InstanceClient,
  ) => readonly MenuItem[];
  readonly recent: (choices: RecentChoices) => readonly string[];
};

function registerSearches(listeners: Listeners, services: FormServices): void {
  const marks = createManagementMarks(services.now);
  const menus: Readonly<Record<string, Menu>> = {
    [fields.routingProfile]: {
      find: (snapshot, text) => snapshot.searchRoutingProfiles(text, optionsShown),
      recent: (choices) => choices.routingProfiles,
    },
    [fields.securityProfiles]: {
      find: (snapshot, text, instance) => {
        marks.read(instance, snapshot.searchSecurityProfiles('', Number.POSITIVE_INFINITY));
        return snapshot
          .searchSecurityProfiles(text, optionsShown)
          .map(({ id, name }) => ({ id, name, management: marks.of(instance, id) }));
      },
      recent: (choices) => choices.securityProfiles,
    },
    [fields.hierarchyGroup]: {
      find: (snapshot, text) =>
        snapshot
          .searchHierarchyGroups(text, optionsShown)
          .map(({ id, path }) => ({ id, name: pathLabel(path) })),
      recent: (choices) => choices.hierarchyGroups,
    },
  };
  for (const [field, menu] of Object.entries(menus)) {
    listeners.options(field, async ({ ack, body, payload }) => {
      const alias = parseFormState(body.view?.private_metadata ?? '')?.instance ?? '';
      const instance = services.instanceClients.get(alias);
      const snapshot = instance && (instance.directory.peek() ?? (await soon(instance.directory)));
      if (!instance || !snapshot) return ack({ options: [] });
      const choices = services.offers.peek(body.user.id)?.recent.get(alias);
      const recent = choices ? menu.recent(choices) : [];
      const items = menu.find(snapshot, payload.value, instance);
      await ack({ options: menuOptions(items, recent, payload.value) });
    });
  }
}

/** The form's state after one of the fields that change it. */
function changed(state: FormState, field: string, values: FormValues): FormState {
  // What a field holds is taken from it, not from what an older delivery remembered.
  const chosen: FormState = {
    ...state,
    instance: values.text(fields.instance) ?? state.instance,
    phone: choiceOf(values.text(fields.phoneType), { desk: 'desk', soft: 'soft' }) ?? state.phone,
    password:
      choiceOf(values.text(fields.passwordChoice), { type: 'type', generate: 'generate' }) ??
      state.password,
  };
  switch (field) {
    case fields.more:
      return { ...chosen, more: true };
    case fields.startEmpty:
      return { ...chosen, blank: true };
    case fields.perChannel:
      return { ...chosen, channels: true };
    default:
      return chosen;
  }
}

function choiceOf<Choice>(
  value: string | undefined,
  choices: Readonly<Record<string, Choice>>,
): Choice | undefined {
  return value === undefined ? undefined : choices[value];
}

/**
 * Everything wrong with what was typed, at its field. Nothing when the directory cannot be had in time: the
 * request is stored then, and the check that follows tells the requester.
 */
async function findErrors(
  services: FormServices,
  alias: string,
  draft: UserDraft,
  values: FormValues,
): Promise<Record<string, string>> {
  const instanceClient = services.instanceClients.get(alias);
  if (!instanceClient) return {};
  const { config, directory, gateway } = instanceClient;
  const [snapshot, requested] = await Promise.all([
    directory.peek() ?? soon(directory),
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
  const existingUsers = await withTimeout(existing, directoryWithinMs);
  const again = existingUsers ? checkUser(draft, { ...rules, existingUsers }) : result;
  return again.ok ? {} : fieldErrors(again.findings, values);
}

/** Whether a request under way asks for this username. When it cannot be told in time, the check finds out. */
async function requestedNow(services: FormServices, alias: string, username: string | undefined) {
  if (username === undefined) return undefined;
  try {
    return await requestedUsernames(services.intake, alias, { usernames: [username.trim()] });
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    return undefined;
  }
}

/** What an instance offers, if it is known in time: nobody waits longer for an acknowledgement. */
function soon(directory: Directory): Promise<DirectorySnapshot | undefined> {
  return withTimeout(
    directory.get().catch(() => undefined),
    directoryWithinMs,
  );
}
