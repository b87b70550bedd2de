/** Parses the state of the form "Add a Connect user": the typed values as a draft, and the fields for errors. */
import { z } from 'zod';
import { findingSentence } from '../../messages/finding-words.ts';
import type {
  ChannelDraft,
  ContactChannel,
  Finding,
  UserDraft,
  UserField,
} from '../../users/new-user.ts';
import { channelField, contactChannels, type FormState, fields } from './form-field-ids.ts';

const metadata = z.object({
  instance: z.string(),
  preset: z.string().nullable().default(null),
  members: z.array(z.string()).default([]),
  like: z.string().nullable().default(null),
  phone: z.enum(['soft', 'desk']),
  password: z.enum(['generate', 'type']),
  more: z.boolean(),
  channels: z.boolean(),
  blank: z.boolean().default(false),
  replaces: z.number().int().optional(),
});

/** The form's own state; null for a view that this bot did not make. */
export function parseFormState(privateMetadata: string): FormState | null {
  try {
    return metadata.parse(JSON.parse(privateMetadata));
  } catch {
    return null;
  }
}

/** One element of `view.state.values`, with the members that the form's elements use. */
const element = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
});
const stateValues = z.record(z.string(), z.record(z.string(), element));

/** The typed or selected values by action id; an empty field is undefined. */
export type FormValues = {
  text(field: string): string | undefined;
  all(field: string): string[];
  /** The selected people; undefined when there is no such field. */
  users(field: string): readonly string[] | undefined;
  ticked(field: string): boolean;
  /** The block that holds this field, for putting an error there. */
  blockOf(field: string): string | undefined;
};

/** Parses `view.state.values`. */
export function readValues(values: unknown): FormValues {
  const elements = new Map<string, { blockId: string; value: z.infer<typeof element> }>();
  for (const [blockId, block] of Object.entries(stateValues.parse(values))) {
    for (const [actionId, value] of Object.entries(block)) {
      elements.set(actionId, { blockId, value });
    }
  }
  const all = (field: string) =>
    (elements.get(field)?.value.selected_options ?? []).map((option) => option.value);
  return {
    text(field) {
      const input = elements.get(field)?.value;
      return input?.value || input?.selected_option?.value || undefined;
    },
    all,
    users: (field) => elements.get(field)?.value.selected_users ?? undefined,
    ticked: (field) => all(field).includes('yes'),
    blockOf: (field) => elements.get(field)?.blockId,
  };
}

/** The draft of the one user that the form describes, its password included. */
export function readDraft(state: FormState, values: FormValues): UserDraft {
  const text = (field: string) => values.text(field);
  const routingProfile = text(fields.routingProfile);
  const hierarchyGroup = text(fields.hierarchyGroup);
  const securityProfiles = values.all(fields.securityProfiles).map((id) => ({ id }));
  const channels = readChannels(values);
  // A setting that a preset fixes has no field in the form.
  const yesNo = (field: string) =>
    values.blockOf(field) === undefined ? undefined : values.ticked(field) ? 'yes' : 'no';
  return present({
    preset: state.preset ?? undefined,
    firstName: text(fields.firstName),
    lastName: text(fields.lastName),
    username: text(fields.username),
    email: text(fields.email),
    secondaryEmail: text(fields.secondaryEmail),
    mobile: text(fields.mobile),
    directoryUserId: text(fields.directoryUserId),
    password: state.password === 'type' ? text(fields.password) : undefined,
    routingProfile: routingProfile ? { id: routingProfile } : undefined,
    securityProfiles: securityProfiles.length > 0 ? securityProfiles : undefined,
    hierarchyGroup: hierarchyGroup ? { id: hierarchyGroup } : undefined,
    phoneType: text(fields.phoneType) ?? state.phone,
    deskPhoneNumber: state.phone === 'desk' ? text(fields.deskPhoneNumber) : undefined,
    autoAccept: state.phone === 'soft' ? yesNo(fields.autoAccept) : undefined,
    persistentConnection:
      state.phone === 'soft' && state.more ? yesNo(fields.persistentConnection) : undefined,
    afterContactWorkSeconds: text(fields.afterContactWorkSeconds),
    voiceEnhancement: text(fields.voiceEnhancement),
    channels: Object.keys(channels).length > 0 ? channels : undefined,
    tags: text(fields.tags),
    proficiencies: text(fields.proficiencies),
  });
}

function readChannels(values: FormValues): Partial<Record<ContactChannel, ChannelDraft>> {
  const channels: Partial<Record<ContactChannel, ChannelDraft>> = {};
  for (const channel of contactChannels) {
    const settings = present({
      autoAccept: values.text(channelField(channel, 'auto_accept')),
      afterContactWorkSeconds: values.text(channelField(channel, 'after_call_work')),
      agentFirstCallbackAutoAccept: values.text(channelField(channel, 'callback_auto_accept')),
      agentFirstCallbackAfterContactWorkSeconds: values.text(
        channelField(channel, 'callback_after_call_work'),
      ),
    });
    if (Object.keys(settings).length > 0) channels[channel] = settings;
  }
  return channels;
}

/** The object without its undefined members. */
function present<T extends object>(object: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}

const fieldOf: Readonly<Partial<Record<UserField, string>>> = {
  preset: fields.preset,
  firstName: fields.firstName,
  lastName: fields.lastName,
  username: fields.username,
  email: fields.email,
  secondaryEmail: fields.secondaryEmail,
  mobile: fields.mobile,
  directoryUserId: fields.directoryUserId,
  password: fields.password,
  routingProfile: fields.routingProfile,
  securityProfiles: fields.securityProfiles,
  hierarchyGroup: fields.hierarchyGroup,
  phoneType: fields.phoneType,
  deskPhoneNumber: fields.deskPhoneNumber,
  autoAccept: fields.autoAccept,
  persistentConnection: fields.persistentConnection,
  afterContactWorkSeconds: fields.afterContactWorkSeconds,
  voiceEnhancement: fields.voiceEnhancement,
  tags: fields.tags,
  proficiencies: fields.proficiencies,
};

/**
 * `response_action: errors`: block id → text. Slack shows errors only at visible inputs, so an error of a collapsed
 * field is shown at the username.
 */
export function fieldErrors(
  findings: readonly Finding[],
  values: FormValues,
): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const finding of findings) {
    const field = fieldOf[finding.field] ?? channelField('VOICE', 'auto_accept');
    const blockId = values.blockOf(field) ?? values.blockOf(fields.username) ?? fields.username;
    const sentence = findingSentence(finding);
    errors[blockId] = errors[blockId] ? `${errors[blockId]} ${sentence}` : sentence;
  }
  return errors;
}
