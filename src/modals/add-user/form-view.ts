/**
 * The form "Add a Connect user" as a view. It matches the instance: the identity mode determines password, email and
 * directory id; the phone type determines the fields after it; rarely used fields are collapsed until requested.
 *
 * Action ids are the names of fields and are the same in every shape of the form. Block ids contain the instance when
 * a value is only valid in that instance: Slack keeps the value of a block while its ids stay the same, so a change
 * of instance drops profiles and keeps names.
 */
import type { KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { InstanceConfig } from '../../config/config.ts';
import type { DirectorySnapshot } from '../../connect/directory.ts';
import { explain, sentenceOf } from '../../errors/problem.ts';
import { approvalsNeeded, type LikelyApproval, whoDecides } from '../../messages/approval-lines.ts';
import { warning } from '../../messages/newer-blocks.ts';
import { quotaNotice } from '../../requests/check/notices.ts';
import { requestNumber } from '../../text/request-number.ts';
import type { UserDraft } from '../../users/new-user.ts';
import type { Preset } from '../../users/preset.ts';
import { presetNamed } from '../../users/presets/apply-preset.ts';
import { usernameBy } from '../../users/presets/username-pattern.ts';
import { context, plain } from '../blocks.ts';
import { longestReason, text, tick, unfold, wholeNumber } from '../inputs.ts';
import { addUserCallback, type FormState, fields } from './form-field-ids.ts';
import { draftValues, type Initial } from './initial-values.ts';
import {
  channelBlocks,
  moreBlocks,
  secondaryEmailBlock,
  secondaryEmailIsShown,
  tagsAreShown,
  tagsBlock,
} from './more-settings.ts';
import {
  fixedBlocks,
  likeUser,
  likeUserBlocks,
  memberBlocks,
  presetBlocks,
  severalBlocks,
  withPreset,
} from './preset-blocks.ts';
import { profileBlocks } from './profile-blocks.ts';

/** What the person may do in the chosen instance. */
export type FormFacts = {
  readonly instance: InstanceConfig;
  /** Aliases from which the person may choose; with a single one there is no choice. */
  readonly choices: readonly string[];
  readonly snapshot: DirectorySnapshot;
  readonly canTypePassword: boolean;
  /** The approvals that the request is likely to need; null when the user would be created without an approval. */
  readonly approval: LikelyApproval | null;
  /** Presets that the person may use there. */
  readonly presets?: readonly Preset[];
  /** The selected people, as far as they are known. */
  readonly identities?: readonly UserDraft[];
  /** Number of the earlier request whose choices are filled in. */
  readonly likeRequest?: number;
  readonly initial?: {
    readonly draft: UserDraft;
    readonly reason: string | null;
    readonly notBefore?: Date | null;
  };
};

export function addUserView(state: FormState, facts: FormFacts): ModalView {
  const initial = draftValues(facts.initial, facts.snapshot);
  const preset = presetNamed(facts.presets, state.preset ?? '');
  const isSeveral = state.members.length > 1;
  const user: KnownBlock[] = [
    ...(isSeveral
      ? severalBlocks(facts.identities ?? [])
      : ofMember(state, identityBlocks(state, facts, initial))),
    ...(preset ? fixedBlocks(preset) : []),
    ...likeUserBlocks(state),
    ...profileBlocks(state, initial),
    ...likeBlocks(facts),
    ...phoneBlocks(state, initial),
    ...(isSeveral ? [] : passwordBlocks(state, facts)),
    ...(tagsAreShown(facts) ? [tagsBlock(facts, initial)] : []),
    ...moreBlocks(state, facts, initial),
    ...channelBlocks(state, initial),
    text(fields.reason, 'Reason', {
      optional: true,
      multiline: true,
      maxLength: longestReason,
      initial: initial.reason,
      placeholder: 'Back-fill for J. Ortiz',
    }),
    ...quotaWarning(state, facts),
    ...outcome(facts),
  ];
  const blocks = [
    ...instanceBlocks(state, facts),
    ...presetBlocks(state, facts.presets ?? []),
    ...memberBlocks(state),
    ...(preset ? withPreset(user, preset) : state.like ? likeUser(user, state.like) : user),
  ];
  return {
    type: 'modal',
    callback_id: addUserCallback,
    title: plain('Add a Connect user'),
    submit: plain(facts.approval === null ? 'Create user' : 'Send request'),
    close: plain('Cancel'),
    private_metadata: JSON.stringify(state),
    blocks,
  };
}

/** A selected person fills in these fields; values that were typed for another person are dropped. */
function ofMember({ members }: FormState, blocks: readonly KnownBlock[]): KnownBlock[] {
  const [member] = members;
  if (member === undefined) return [...blocks];
  return blocks.map((block) => ({ ...block, block_id: `${block.block_id}~${member}` }));
}

function instanceBlocks(state: FormState, facts: FormFacts): KnownBlock[] {
  if (facts.choices.length < 2) return [];
  const option = (alias: string): PlainTextOption => ({
    text: plain(alias.slice(0, 75)),
    value: alias,
  });
  return [
    {
      type: 'input',
      block_id: fields.instance,
      dispatch_action: true,
      label: plain('Instance'),
      element: {
        type: 'static_select',
        action_id: fields.instance,
        options: facts.choices.slice(0, 100).map(option),
        initial_option: option(state.instance),
      },
    },
  ];
}

/** An example person, for whom the username of a pattern is shown. */
const example = { firstName: 'Mary', lastName: 'Major', email: 'mary.major@example.com' };

function identityBlocks(state: FormState, facts: FormFacts, initial: Initial): KnownBlock[] {
  const mode = facts.snapshot.facts.identityMode;
  const namesOptional = mode === 'EXISTING_DIRECTORY';
  const pattern = presetNamed(facts.presets, state.preset ?? '')?.usernamePattern;
  const blocks: KnownBlock[] = [
    text(fields.firstName, 'First name', {
      optional: namesOptional,
      initial: initial.firstName,
      focus: true,
    }),
    text(fields.lastName, 'Last name', { optional: namesOptional, initial: initial.lastName }),
    text(fields.username, 'Username', {
      initial: initial.username,
      optional: pattern !== undefined,
      hint: pattern
        ? `Left empty: made from the names, such as ${usernameBy(pattern, example) ?? pattern}`
        : mode === 'SAML'
          ? 'Exactly as your identity provider sends it, capital letters included. Up to 64 characters.'
          : 'Up to 20 characters. An @ only in an email address.',
    }),
  ];
  if (secondaryEmailIsShown(facts)) blocks.push(secondaryEmailBlock(initial));
  if (mode === 'SAML' && facts.instance.samlEmail === 'refuse') return blocks;
  const typed = state.password === 'type';
  const optional = mode !== 'CONNECT_MANAGED' || typed;
  blocks.push({
    type: 'input',
    block_id: fields.email,
    optional,
    label: plain('Email'),
    ...(mode === 'CONNECT_MANAGED'
      ? { hint: plain('“Forgot password” on the sign-in page goes to this address') }
      : {}),
    element: {
      type: 'email_text_input',
      action_id: fields.email,
      ...(initial.email ? { initial_value: initial.email } : {}),
    },
  });
  return blocks;
}

/** Says where the choices come from, with a button that removes them. */
function likeBlocks(facts: FormFacts): KnownBlock[] {
  if (facts.likeRequest === undefined) return [];
  const text = `Profiles and group as in ${requestNumber(facts.likeRequest)}, your latest request.`;
  return [context('like_request', text), unfold(fields.startEmpty, 'Clear these choices')];
}

function phoneBlocks(state: FormState, initial: Initial): KnownBlock[] {
  const soft: PlainTextOption = {
    text: plain('Soft phone'),
    value: 'soft',
    description: plain('In the browser'),
  };
  const desk: PlainTextOption = {
    text: plain('Desk phone'),
    value: 'desk',
    description: plain('Calls go to a number'),
  };
  const blocks: KnownBlock[] = [
    {
      type: 'input',
      block_id: fields.phoneType,
      dispatch_action: true,
      label: plain('Phone'),
      element: {
        type: 'radio_buttons',
        action_id: fields.phoneType,
        options: [soft, desk],
        initial_option: state.phone === 'desk' ? desk : soft,
      },
    },
  ];
  if (state.phone === 'desk') {
    blocks.push(
      text(fields.deskPhoneNumber, 'Desk phone number', {
        initial: initial.deskPhoneNumber,
        placeholder: '+1 555 555 1212',
      }),
    );
  } else {
    blocks.push(
      tick(fields.autoAccept, 'Incoming calls', 'Accept calls automatically', initial.autoAccept),
    );
  }
  blocks.push(
    wholeNumber(fields.afterContactWorkSeconds, 'After-call work (seconds)', {
      initial: initial.afterContactWorkSeconds ?? '0',
      hint: '0 means no limit',
    }),
  );
  return blocks;
}

function passwordBlocks(state: FormState, facts: FormFacts): KnownBlock[] {
  if (facts.snapshot.facts.identityMode !== 'CONNECT_MANAGED' || !facts.canTypePassword) return [];
  const generate: PlainTextOption = {
    text: plain('Generate one that nobody sees'),
    value: 'generate',
    description: plain('They choose “Forgot password” the first time'),
  };
  const type: PlainTextOption = { text: plain('Type one'), value: 'type' };
  const blocks: KnownBlock[] = [
    {
      type: 'input',
      block_id: fields.passwordChoice,
      dispatch_action: true,
      label: plain('Password'),
      element: {
        type: 'radio_buttons',
        action_id: fields.passwordChoice,
        options: [generate, type],
        initial_option: state.password === 'type' ? type : generate,
      },
    },
  ];
  if (state.password === 'type') {
    blocks.push(
      text(fields.password, 'Their first password', {
        maxLength: 64,
        hint: '8 to 64 characters with a lowercase letter, an uppercase letter and a digit, without spaces. Encrypted until the user is created, then deleted.',
      }),
    );
  }
  return blocks;
}

/** Shown before the request is sent; the check repeats it for approvers. */
function quotaWarning({ members }: FormState, { instance, snapshot }: FormFacts): KnownBlock[] {
  const asked = Math.max(1, members.length);
  const notices = quotaNotice(instance, snapshot.userCount, asked);
  return notices.map((notice) => warning('quota', sentenceOf(notice)));
}

function outcome(facts: FormFacts): KnownBlock[] {
  const { approval } = facts;
  if (approval === null) {
    return [
      context(
        'what_happens',
        'You hold Users – Create, so the user is created at once, unless a security profile has permissions that you don’t have.',
      ),
    ];
  }
  // The only use of mrkdwn, because nothing else can name a channel here; it contains no text from people.
  const text = `Goes to <#${facts.instance.requestsChannel}>. Needs ${approvalsNeeded(approval.needed)}.`;
  const who = whoDecides(approval);
  return [
    { type: 'context', block_id: 'what_happens', elements: [{ type: 'mrkdwn', text }] },
    ...(who === '' ? [] : [context('who_decides', who)]),
    ...(approval.warning ? [warning('no_approver', explain(approval.warning))] : []),
  ];
}
