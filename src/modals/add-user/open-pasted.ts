/** Opens the form filled in with the options of a pasted `aws connect create-user` command. */
import type { ModalView } from '@slack/types';
import { userContext } from '../../connect/user-context.ts';
import { ProblemError, problem } from '../../errors/problem.ts';
import type { FormServices, Offer } from '../../requests/submit/permitted-instances.ts';
import { shown } from '../../text/tidy.ts';
import { readPhoneType, readYesNo } from '../../users/fields/setting-words.ts';
import type { UserDraft } from '../../users/new-user.ts';
import type { PastedUser } from '../../users/pasted/create-user-command.ts';
import { draftOfInput, type PastedFinding } from '../../users/pasted/draft-of-input.ts';
import { type Opening, openView } from '../open-view.ts';
import {
  chooseInstance,
  formTitle,
  loadView,
  problemView,
  readOffered,
  startState,
} from './open-form.ts';

export type OpenPasted = Opening & {
  readonly pasted: PastedUser;
  /** Informs the person about the parts of the command that are not in the form. */
  readonly tell: (findings: readonly PastedFinding[]) => Promise<unknown>;
};

/** Only the person sees it, and nothing is stored before they submit the form. */
export async function openPasted(services: FormServices, open: OpenPasted): Promise<void> {
  await openView(open, {
    title: formTitle,
    meanwhile: 'One moment: I am filling in the form from your command …',
    load: () => loadPasted(services, open),
  });
}

async function loadPasted(services: FormServices, open: OpenPasted): Promise<ModalView> {
  const { pasted } = open;
  const offer = await services.offers.load(open.personId);
  if (offer.refusal) return problemView(offer.refusal);
  const alias = pasted.instance
    ? offeredInstance(services, offer, pasted.instance)
    : chooseInstance(offer, undefined);
  if (alias === undefined) {
    return problemView(problem('paste.no-instance', { instance: shown(pasted.instance ?? '') }));
  }
  const instanceClient = services.instanceClients.get(alias);
  const snapshot = await readOffered(services, alias);
  if ('code' in snapshot) return problemView(snapshot);
  if (!instanceClient) return problemView(problem('form.unknown-instance', { instance: alias }));
  try {
    const context = userContext(services.config, instanceClient.config, snapshot);
    const { draft, findings: read } = draftOfInput(pasted.input, context);
    const findings = [...read, ...notInForm(draft)];
    if (findings.length > 0) await open.tell(findings);
    const prefill = { instance: alias, draft, reason: null };
    return await loadView(services, offer, startState(offer, alias, prefill), prefill);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return problemView(error.problem);
  }
}

/** The values for which the form has no field with this phone type. */
function notInForm({ phoneType, autoAccept }: UserDraft): PastedFinding[] {
  const isDesk = readPhoneType(phoneType ?? '') === 'desk';
  const isLost = isDesk && readYesNo(autoAccept ?? '') === true;
  return isLost ? [{ problem: problem('paste.auto-accept') }] : [];
}

/** The instance with this id or ARN, if the person may request users for it. */
function offeredInstance(
  services: FormServices,
  offer: Offer,
  instance: string,
): string | undefined {
  const id = instance.slice(instance.lastIndexOf('/') + 1).toLowerCase();
  return offer.instances.find(
    ({ alias }) => services.instanceClients.get(alias)?.config.instanceId.toLowerCase() === id,
  )?.alias;
}
