/** CreateUser's input as a command line, for whoever creates the user by hand. Pure. */

/** Members in the order in which AWS's page has their options. */
const options: readonly (readonly [member: string, option: string])[] = [
  ['InstanceId', '--instance-id'],
  ['Username', '--username'],
  ['IdentityInfo', '--identity-info'],
  ['PhoneConfig', '--phone-config'],
  ['DirectoryUserId', '--directory-user-id'],
  ['SecurityProfileIds', '--security-profile-ids'],
  ['RoutingProfileId', '--routing-profile-id'],
  ['HierarchyGroupId', '--hierarchy-group-id'],
  ['AutoAcceptConfigs', '--auto-accept-configs'],
  ['AfterContactWorkConfigs', '--after-contact-work-configs'],
  ['PhoneNumberConfigs', '--phone-number-configs'],
  ['PersistentConnectionConfigs', '--persistent-connection-configs'],
  ['VoiceEnhancementConfigs', '--voice-enhancement-configs'],
  ['Tags', '--tags'],
];

/**
 * One option a line, quoted for a POSIX shell, structures as JSON. Never with a password: whoever runs it adds one,
 * where the instance needs one.
 */
export function createUserCommand(input: Readonly<Record<string, unknown>>): string {
  const lines = options.flatMap(([member, option]) => {
    const value = input[member];
    if (value === undefined) return [];
    const texts = Array.isArray(value) && value.every((each) => typeof each === 'string');
    const words = texts ? value : [typeof value === 'string' ? value : JSON.stringify(value)];
    return [[option, ...words.map(quoted)].join(' ')];
  });
  return ['aws connect create-user', ...lines].join(' \\\n  ');
}

/** In single quotation marks nothing means anything; one inside ends them, is escaped, and begins them anew. */
function quoted(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./][A-Za-z0-9_@%+=:,./-]*$/.test(word)
    ? word
    : `'${word.replaceAll("'", "'\\''")}'`;
}
