/**
 * Detects placeholder values. People fill in the output of `aws connect create-user --generate-cli-skeleton` and
 * leave unneeded members unchanged. The CLI writes `""`, `0`, `true`, `KeyName` and any value of an enumeration
 * there, so a `PhoneNumberConfigs` for CHAT has no meaning.
 */

export type WithoutPlaceholders = {
  readonly entry: Record<string, unknown>;
  /** Members that were left out although their values could be intended. */
  readonly leftOut: readonly string[];
};

/** Lists with a single entry in the skeleton. */
const lists = [
  'PhoneNumberConfigs',
  'AutoAcceptConfigs',
  'AfterContactWorkConfigs',
  'PersistentConnectionConfigs',
  'VoiceEnhancementConfigs',
];

/** The skeleton contains any value of the enumeration under these names. */
const enumerations = new Set(['Channel', 'PhoneType', 'VoiceEnhancementMode']);

/** The same entry without the members that have the skeleton's values. */
export function withoutPlaceholders(entry: Record<string, unknown>): WithoutPlaceholders {
  const { Tags: tags, PhoneConfig: phone } = entry;
  const hasTagOfSkeleton = isObject(tags) && tags.KeyName === '';
  const untagged = hasTagOfSkeleton ? { ...entry, Tags: without(tags, ['KeyName']) } : entry;
  const number = onlyEntry(entry.PhoneNumberConfigs);
  const hasPhone = isObject(phone) && typeof phone.PhoneType === 'string' && phone.PhoneType !== '';
  const hasNumberOfSkeleton =
    number !== undefined && number.PhoneNumber === '' && (hasPhone || number.Channel !== 'VOICE');
  if (!hasTagOfSkeleton && !hasNumberOfSkeleton) return { entry: untagged, leftOut: [] };
  const untouched = lists.filter((name) => {
    const config = onlyEntry(entry[name]);
    if (config === undefined || !isUntouched(config)) return false;
    return name !== 'PhoneNumberConfigs' || hasNumberOfSkeleton;
  });
  const isNumberMeant = number !== undefined && !untouched.includes('PhoneNumberConfigs');
  if (isNumberMeant && isObject(phone) && isUntouchedPhone(phone)) untouched.push('PhoneConfig');
  return {
    entry: without(untagged, untouched),
    leftOut: untouched.filter((name) => name !== 'PhoneNumberConfigs'),
  };
}

function isUntouchedPhone(phone: Record<string, unknown>): boolean {
  const members = ['AutoAccept', 'AfterContactWorkTimeLimit', 'DeskPhoneNumber'];
  return members.every((name) => Object.hasOwn(phone, name)) && isUntouched(phone);
}

function isUntouched(value: Record<string, unknown>): boolean {
  return Object.entries(value).every(([name, inside]) => {
    if (isObject(inside)) return isUntouched(inside);
    return inside === '' || inside === 0 || inside === true || enumerations.has(name);
  });
}

function onlyEntry(value: unknown): Record<string, unknown> | undefined {
  const first: unknown = Array.isArray(value) && value.length === 1 ? value[0] : undefined;
  return isObject(first) ? first : undefined;
}

function without(
  value: Record<string, unknown>,
  names: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
