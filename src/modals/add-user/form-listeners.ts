/** The listeners of the form "Add a Connect user": its searches, the fields that change it, its submission. */
import type { BlockAction } from '@slack/bolt';
import type { DirectorySnapshot } from '../../connect/directory.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { explain, type Problem, problem, sentenceOf } from '../../errors/problem.ts';
import { rulesOf } from '../../policy/read-rules.ts';
import { whyNoReasonTaken } from '../../policy/verdict.ts';
import { wasDelivered } from '../../requests/store/deliveries-store.ts';
import { draftLikeUser, longestLike, searchUsers } from '../../requests/submit/like-user.ts';
import type { FormServices, Offer } from '../../requests/submit/permitted-instances.ts';
import type { RecentChoices } from '../../requests/submit/recent-choices.ts';
import { submitRequest } from '../../requests/submit/submit-request.ts';
import type { Listeners } from '../../slack/listener-table.ts';
import { isDatabaseUnavailable } from '../../storage/unavailable.ts';
import { requestNumber } from '../../text/request-number.ts';
import { isStorable } from '../../text/storable.ts';
import { readPhoneType } from '../../users/fields/setting-words.ts';
import type { UserDraft } from '../../users/new-user.ts';
import { pathLabel } from '../directory-options.ts';
import { readReason } from '../inputs.ts';
import { snapshotSoon } from '../menus.ts';
import { notBeforeField, readNotBefore, whyNotBefore } from '../not-before-field.ts';
import { updateView } from '../open-view.ts';
import { addUserCallback, type FormState, fields } from './form-field-ids.ts';
import { type FormValues, parseFormState, readValues } from './form-state.ts';
import { addUserView } from './form-view.ts';
import { createManagementMarks } from './management-marks.ts';
import { choosePreset, formFacts, loadView } from './open-form.ts';
import { mostMembers, noPreset } from './preset-blocks.ts';
import { type MenuItem, menuOptions } from './profile-options.ts';
import { readMembers, readUsers } from './submitted-users.ts';
import { createViewChanges } from './view-changes.ts';

/** Slack accepts 100 options; people search a longer list instead of scrolling it. */
const optionsShown = 50;

export function registerAddUser(listeners: Listeners, services: FormServices): void {
  registerSearches(listeners, services);
  const changes = createViewChanges();

  const changing = [
    fields.instance,
    fields.preset,
    fields.members,
    fields.askLike,
    fields.like,
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
    const isLatest = await services.updates.wait(body.user.id);
    const offer = services.offers.peek(body.user.id) ?? (await services.offers.load(body.user.id));
    const click = { viewId: view.id, at: action.action_ts, state: chosen };
    await changes.inTurn(click, async (asked) => {
      // The view of the later click contains all choices, and the sections that this one expanded.
      if (!isLatest) return;
      // A preset also determines the phone, but only when it is chosen.
      const next =
        action.action_id === fields.preset
          ? choosePreset(services, offer, asked, asked.preset)
          : asked;
      await readMembers(services, next.members);
      const like = action.action_id === fields.like ? await readLike(services, offer, next) : null;
      const state = like ? likeState(next, like) : next;
      const facts = formFacts(services, offer, state, like ? { draft: like } : undefined);
      const form = facts ? addUserView(state, facts) : await loadView(services, offer, state);
      await updateView({ client, newerBlocks: services.newerBlocks }, view.id, form);
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
    const chosen = changed(state, '', values);
    const reason = readReason(values.text(fields.reason)) || null;
    const deliveryId = `view_submission ${view.id}`;
    // The form was submitted before, and the answer was lost. Its own request would then count as the one that
    // already has the username.
    const sentBefore = await wasDelivered(services.intake, deliveryId).catch(() => false);
    const { drafts, errors: found } = await readUsers(services, instanceClient, chosen, values, {
      check: !sentBefore,
    });
    const notBefore = readNotBefore(view.state.values);
    const hasPassword = drafts.some(({ password }) => password !== undefined);
    const tooSoon = whyNotBefore(services, notBefore, hasPassword);
    const unreasoned = sentBefore
      ? null
      : whyNoReason(services, body.user.id, instanceClient, drafts.length, reason);
    const errors = {
      ...found,
      ...(unreasoned ? { [fields.reason]: sentenceOf(unreasoned) } : {}),
      ...(reason && !isStorable(reason)
        ? { [fields.reason]: explain(problem('field.unprintable')) }
        : {}),
      ...(tooSoon ? { [notBeforeField]: explain(tooSoon) } : {}),
    };
    if (Object.keys(errors).length > 0) {
      await ack({ response_action: 'errors', errors });
      return;
    }
    try {
      // Slack is not called before the acknowledgement, because it can be slow. The check reads the person later.
      const person = services.people.peek(body.user.id);
      const outcome = await submitRequest(services, {
        deliveryId,
        requester: { id: body.user.id, name: person?.name ?? body.user.name },
        instance: instanceClient.config,
        drafts,
        members: chosen.members,
        reason,
        notBefore,
        replaces: state.replaces ?? null,
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

/** The search of one menu: the matching items, and the ids that the person chose recently. */
type Menu = {
  readonly find: (
    snapshot: DirectorySnapshot,
    text: string,
    instance: InstanceClient,
  ) => readonly MenuItem[];
  readonly recent: (choices: RecentChoices) => readonly string[];
};

function registerSearches(listeners: Listeners, services: FormServices): void {
  listeners.options(fields.like, async ({ ack, body, payload }) => {
    const alias = parseFormState(body.view?.private_metadata ?? '')?.instance ?? '';
    const instance = services.instanceClients.get(alias);
    // Names of other people are shown only to people who may request users in this instance.
    const offer = services.offers.peek(body.user.id) ?? (await services.offers.load(body.user.id));
    const isOffered = offer.instances.some((instance) => instance.alias === alias);
    if (!instance || !isOffered) return ack({ options: [] });
    const items = await searchUsers(instance, payload.value, {
      limit: optionsShown,
      withinMs: services.timing.beforeAcknowledging.offerMs,
    });
    await ack({ options: menuOptions(items, [], payload.value) });
  });
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
      const snapshot = await snapshotSoon(services, alias);
      if (!instance || !snapshot) return ack({ options: [] });
      const choices = services.offers.peek(body.user.id)?.recent.get(alias);
      const recent = choices ? menu.recent(choices) : [];
      const items = menu.find(snapshot, payload.value, instance);
      await ack({ options: menuOptions(items, recent, payload.value) });
    });
  }
}

/** The form's state after a change of one of the fields that change the form. */
function changed(state: FormState, field: string, values: FormValues): FormState {
  // The current value of a field is used, not the one from an older delivery.
  const chosen: FormState = {
    ...state,
    instance: values.text(fields.instance) ?? state.instance,
    phone: choiceOf(values.text(fields.phoneType), { desk: 'desk', soft: 'soft' }) ?? state.phone,
    preset: field === fields.instance ? null : presetIn(values, state),
    // The maximum number of the field; a forged submission could name everybody.
    members: (values.users(fields.members) ?? state.members).slice(0, mostMembers),
    like: field === fields.instance ? null : likeIn(values, state),
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
    case fields.askLike:
      return { ...chosen, like: '' };
    default:
      return chosen;
  }
}

function presetIn(values: FormValues, state: FormState): string | null {
  const chosen = values.text(fields.preset);
  return chosen === undefined ? state.preset : chosen === noPreset ? null : chosen;
}

function likeIn(values: FormValues, { like }: FormState): string | null {
  if (values.blockOf(fields.like) === undefined) return like;
  // A longer one is not from the menu, and Slack would refuse a form that contains it.
  const chosen = values.text(fields.like) ?? '';
  return chosen.length <= longestLike ? chosen : '';
}

/** The values that are copied from the selected user, if the person may request users in this instance. */
async function readLike(
  services: FormServices,
  offer: Offer,
  { instance, like }: FormState,
): Promise<UserDraft | null> {
  const instanceClient = services.instanceClients.get(instance);
  const isOffered = offer.instances.some(({ alias }) => alias === instance);
  return like && instanceClient && isOffered ? draftLikeUser(instanceClient, like) : null;
}

/** The form's state after an example user was selected, with the sections expanded that contain copied values. */
function likeState(state: FormState, draft: UserDraft): FormState {
  return {
    ...state,
    phone: readPhoneType(draft.phoneType ?? '') ?? state.phone,
    more:
      state.more ||
      draft.tags !== undefined ||
      draft.proficiencies !== undefined ||
      draft.persistentConnection === 'yes',
  };
}

function choiceOf<Choice>(
  value: string | undefined,
  choices: Readonly<Record<string, Choice>>,
): Choice | undefined {
  return value === undefined ? undefined : choices[value];
}

/** Why no rule of the policy accepts this reason, as far as this is known without waiting. */
function whyNoReason(
  services: FormServices,
  personId: string,
  { config }: InstanceClient,
  users: number,
  reason: string | null,
): Problem | null {
  const offer = services.offers.peek(personId);
  const known = offer?.instances.find(({ alias }) => alias === config.alias);
  return whyNoReasonTaken(rulesOf(config), known?.requester ?? null, users, reason);
}
