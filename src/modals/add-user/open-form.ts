/** Opens the form for one user, in the state that fits the person and the instance. */
import type { ModalView } from '@slack/types';
import type { DirectorySnapshot } from '../../connect/directory.ts';
import { ConnectReadError } from '../../connect/gateway.ts';
import { userContext } from '../../connect/user-context.ts';
import { type Problem, problem, sentenceOf, todoOf } from '../../errors/problem.ts';
import { likelyApproval } from '../../requests/submit/approver-candidates.ts';
import type { FormServices, Offer } from '../../requests/submit/permitted-instances.ts';
import { draftLike } from '../../requests/submit/recent-choices.ts';
import { identitiesOf, patternOf } from '../../requests/submit/slack-members.ts';
import { readPhoneType, readYesNo } from '../../users/fields/setting-words.ts';
import type { UserDraft } from '../../users/new-user.ts';
import type { Preset } from '../../users/preset.ts';
import { presetNamed } from '../../users/presets/apply-preset.ts';
import { noticeView } from '../blocks.ts';
import { type Opening, openView } from '../open-view.ts';
import type { FormState } from './form-field-ids.ts';
import { addUserView, type FormFacts } from './form-view.ts';
import { presetDraft } from './preset-blocks.ts';

export const formTitle = 'Add a Connect user';

/** An earlier request whose values are filled in. */
export type Prefill = {
  readonly instance: string;
  readonly draft: UserDraft;
  readonly reason: string | null;
  /** Nothing is created before; absent: as soon as it is approved. */
  readonly notBefore?: Date | null;
  /** Number of the request that the new one replaces. */
  readonly replaces?: number;
};

export type OpenForm = Opening & {
  readonly prefill?: Prefill;
  /** A preset that is selected at the beginning, and its instance. */
  readonly preset?: { readonly instance: string; readonly name: string };
};

export async function openForm(services: FormServices, open: OpenForm): Promise<void> {
  const known = peekForm(services, open);
  const meanwhile = 'One moment: I am looking up what Amazon Connect offers …';
  await openView(
    open,
    known ?? { title: formTitle, meanwhile, load: () => loadForm(services, open) },
  );
}

/** The form, if it can be built without waiting. */
function peekForm(services: FormServices, open: OpenForm): ModalView | null {
  const offer = services.offers.peek(open.personId);
  const chosen = offer && chooseInstance(offer, open.prefill?.instance ?? open.preset?.instance);
  if (!chosen) return null;
  const instanceClient = services.instanceClients.get(chosen);
  const snapshot = instanceClient?.directory.peek();
  const approval = offer.instances.find(({ alias }) => alias === chosen)?.approval;
  const audience = instanceClient && approval && services.audiences.peek(instanceClient, approval);
  const isEmpty = !open.prefill && !open.preset;
  const built = isEmpty ? emptyForms.get(offer) : undefined;
  if (built && built.snapshot === snapshot && built.audience === audience) return built.view;
  const state = stateOf(services, offer, chosen, open);
  const facts = formFacts(services, offer, state, open.prefill);
  if (!facts) return null;
  const view = addUserView(state, facts);
  if (isEmpty) emptyForms.set(offer, { snapshot: facts.snapshot, audience, view });
  return view;
}

/**
 * The same person's next form is identical as long as the known facts about the person and the instance are. Building
 * it costs more than everything else that this bot does for a command.
 */
const emptyForms = new WeakMap<
  Offer,
  { readonly snapshot: unknown; readonly audience: unknown; readonly view: ModalView }
>();

async function loadForm(services: FormServices, open: OpenForm): Promise<ModalView> {
  const offer = await services.offers.load(open.personId);
  const chosen = chooseInstance(offer, open.prefill?.instance ?? open.preset?.instance);
  if (!chosen) return problemView(offer.refusal ?? problem('person.not-active'));
  return loadView(services, offer, stateOf(services, offer, chosen, open), open.prefill);
}

/** The form's first state, with the named preset, or the preset of the person's latest request. */
function stateOf(
  services: FormServices,
  offer: Offer,
  instance: string,
  { prefill, preset }: OpenForm,
): FormState {
  const state = startState(offer, instance, prefill);
  const wanted = prefill
    ? prefill.draft.preset
    : preset?.instance === instance
      ? preset.name
      : offer.recent.get(instance)?.preset;
  return wanted === undefined ? state : choosePreset(services, offer, state, wanted);
}

/** The state with this preset, if the person may use it. */
export function choosePreset(
  services: FormServices,
  offer: Offer,
  state: FormState,
  name: string | null,
): FormState {
  const preset = presetNamed(presetsIn(services, offer, state.instance), name ?? '');
  if (!preset) return { ...state, preset: null };
  const phone = readPhoneType(preset.values.phoneType ?? '') ?? state.phone;
  return { ...state, preset: preset.name, phone };
}

/** The presets of this instance that the person may use. */
function presetsIn(services: FormServices, offer: Offer, alias: string): readonly Preset[] {
  const config = services.instanceClients.get(alias)?.config;
  const chosen = offer.instances.find((instance) => instance.alias === alias);
  return (config?.presets ?? []).filter(({ name }) => chosen?.presets.includes(name));
}

/** The directory of the instance, after waiting if necessary; or why it is not known. */
export async function readOffered(
  services: FormServices,
  instance: string,
): Promise<DirectorySnapshot | Problem> {
  const instanceClient = services.instanceClients.get(instance);
  if (!instanceClient) return problem('form.unknown-instance', { instance });
  try {
    return await instanceClient.directory.get();
  } catch (error) {
    if (!(error instanceof ConnectReadError)) throw error;
    services.log.warn({ err: error, instance }, 'no directory for the form');
    const why = whyUnreachable[error.kind];
    return problem('form.directory-unreachable', { instance, why });
  }
}

/** The form in this state, after waiting for the directory if necessary; or why there is none. */
export async function loadView(
  services: FormServices,
  offer: Offer,
  state: FormState,
  prefill?: Prefill,
): Promise<ModalView> {
  const offered = await readOffered(services, state.instance);
  if ('code' in offered) return problemView(offered);
  const facts = formFacts(services, offer, state, prefill);
  return facts
    ? addUserView(state, facts)
    : problemView(problem('form.unknown-instance', { instance: state.instance }));
}

const whyUnreachable: Record<ConnectReadError['kind'], string> = {
  throttled: 'it is limiting the rate of requests',
  unavailable: 'it isn’t responding',
  denied: 'AWS doesn’t allow me to read them',
  'not-found': 'this instance doesn’t exist',
  invalid: 'it refused the call',
};

export function startState(offer: Offer, instance: string, prefill?: Prefill): FormState {
  const latest = offer.recent.get(instance);
  const draft = prefill?.draft ?? (latest && draftLike(latest));
  const rare =
    draft &&
    (draft.secondaryEmail ??
      draft.mobile ??
      draft.directoryUserId ??
      draft.voiceEnhancement ??
      draft.tags ??
      draft.proficiencies ??
      draft.channels);
  return {
    instance,
    preset: null,
    members: [],
    like: null,
    phone: readPhoneType(draft?.phoneType ?? '') ?? 'soft',
    password: 'generate',
    more:
      rare !== undefined ||
      Boolean(prefill?.notBefore) ||
      readYesNo(draft?.persistentConnection ?? '') === true,
    channels: draft?.channels !== undefined,
    blank: false,
    ...(prefill?.replaces === undefined ? {} : { replaces: prefill.replaces }),
  };
}

export function chooseInstance(offer: Offer, wanted: string | undefined): string | undefined {
  const aliases = offer.instances.map((instance) => instance.alias);
  const latest = [...offer.recent.keys()];
  return [wanted, ...latest, aliases[0]].find(
    (alias) => alias !== undefined && aliases.includes(alias),
  );
}

/** The facts for the view; null while the directory is not known. */
export function formFacts(
  services: FormServices,
  offer: Offer,
  state: FormState,
  prefill?: Pick<Prefill, 'draft'> & Partial<Prefill>,
): FormFacts | null {
  const { instance: alias, blank, members } = state;
  const presets = presetsIn(services, offer, alias);
  const preset = presetNamed(presets, state.preset ?? '');
  const latest = prefill || blank || preset ? undefined : offer.recent.get(alias);
  const instanceClient = services.instanceClients.get(alias);
  const snapshot = instanceClient?.directory.peek();
  if (!instanceClient || !snapshot) return null;
  const chosen = offer.instances.find((instance) => instance.alias === alias);
  const { config } = instanceClient;
  const people = members.flatMap((id) => services.people.peek(id) ?? []);
  const rules = userContext(services.config, config, snapshot);
  const identities = identitiesOf(people, patternOf(preset, config, rules.identityMode), rules);
  const [identity] = identities.length === 1 ? identities : [];
  const started = {
    ...(latest && draftLike(latest)),
    ...(preset && presetDraft(preset, snapshot)),
    ...prefill?.draft,
    ...identity,
  };
  return {
    instance: config,
    presets,
    identities,
    choices: offer.instances.map((instance) => instance.alias),
    snapshot,
    canTypePassword: services.config.secretsKey !== undefined,
    approval: chosen
      ? likelyApproval(services, instanceClient, offer.personId, chosen.approval)
      : null,
    initial: {
      draft: started,
      reason: prefill?.reason ?? null,
      notBefore: prefill?.notBefore ?? null,
    },
    ...(latest ? { likeRequest: latest.requestId } : {}),
  };
}

export function problemView(problem: Problem): ModalView {
  return noticeView(formTitle, [sentenceOf(problem), todoOf(problem)]);
}
