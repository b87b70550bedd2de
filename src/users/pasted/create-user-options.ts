/** The options of `aws connect create-user`, for reading a pasted command and for writing one. */

export type OptionKind = 'text' | 'texts' | 'structure' | 'structures';

export type CreateUserOption = {
  readonly option: string;
  /** The member of CreateUser's input. */
  readonly member: string;
  readonly kind: OptionKind;
};

export const passwordOption = '--password';

/**
 * In the order of a written command, which begins with the person.
 * https://docs.aws.amazon.com/cli/latest/reference/connect/create-user.html
 */
export const createUserOptions: readonly CreateUserOption[] = [
  { option: '--instance-id', member: 'InstanceId', kind: 'text' },
  { option: '--username', member: 'Username', kind: 'text' },
  { option: passwordOption, member: 'Password', kind: 'text' },
  { option: '--identity-info', member: 'IdentityInfo', kind: 'structure' },
  { option: '--phone-config', member: 'PhoneConfig', kind: 'structure' },
  { option: '--directory-user-id', member: 'DirectoryUserId', kind: 'text' },
  { option: '--security-profile-ids', member: 'SecurityProfileIds', kind: 'texts' },
  { option: '--routing-profile-id', member: 'RoutingProfileId', kind: 'text' },
  { option: '--hierarchy-group-id', member: 'HierarchyGroupId', kind: 'text' },
  { option: '--auto-accept-configs', member: 'AutoAcceptConfigs', kind: 'structures' },
  { option: '--after-contact-work-configs', member: 'AfterContactWorkConfigs', kind: 'structures' },
  { option: '--phone-number-configs', member: 'PhoneNumberConfigs', kind: 'structures' },
  {
    option: '--persistent-connection-configs',
    member: 'PersistentConnectionConfigs',
    kind: 'structures',
  },
  { option: '--voice-enhancement-configs', member: 'VoiceEnhancementConfigs', kind: 'structures' },
  { option: '--tags', member: 'Tags', kind: 'structure' },
];
