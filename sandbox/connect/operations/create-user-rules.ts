/**
 * The rules of CreateUser beyond the model. Each rule is from the operation's documentation unless its comment calls
 * it a guess. The error type and the text for a rule are always a guess, except for "Required parameter missing:
 * Password".
 */
import type { CreateUserRequest } from '@aws-sdk/client-connect';
import { invalidParameter, invalidRequest } from '../protocol/errors.ts';
import type { Settings } from '../settings.ts';
import type { IdentityManagement } from '../world.ts';

type UsernameLimits = Readonly<Record<IdentityManagement, number>>;
/** CreateUser's documentation. */
const documentedLimits: UsernameLimits = { CONNECT_MANAGED: 20, EXISTING_DIRECTORY: 20, SAML: 64 };
/**
 * What passes in public acceptance tests against AWS (CONNECT_MANAGED, more than 40 characters); there is no evidence
 * for the other modes.
 */
const observedLimits: UsernameLimits = { ...documentedLimits, CONNECT_MANAGED: 100 };
/** 24 days, in seconds. */
const LONGEST_AFTER_CONTACT_WORK = 2_000_000;
/** Documented for SecondaryEmail only; that the rule also applies to Email is a guess. */
const emailForm = /^(?=.{0,265}$)[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,63}$/;

/** @throws ServiceError for the first violated rule */
export function checkCreateUser(
  request: CreateUserRequest,
  identity: IdentityManagement,
  settings: Settings,
): void {
  checkIdentity(request, identity, settings);
  checkUsername(request.Username ?? '', identity, settings);
  checkNames(request);
  checkPhone(request);
  warnAboutChannels(request);
  checkProfilesAndTags(request);
}

function checkIdentity(
  request: CreateUserRequest,
  identity: IdentityManagement,
  settings: Settings,
): void {
  const { Password, DirectoryUserId, IdentityInfo } = request;
  const required = (name: string, value: string | undefined) => {
    // That whitespace counts as missing is a guess; the model allows an empty name.
    if (!value?.trim()) throw invalidRequest(`Required parameter missing: ${name}`);
  };
  const unwanted = (name: string, value: string | undefined) => {
    if (value !== undefined) {
      throw invalidParameter(`${name} is not allowed for instances with ${identity} identity`);
    }
  };
  switch (identity) {
    case 'CONNECT_MANAGED':
      required('Password', Password);
      required('FirstName', IdentityInfo?.FirstName);
      required('LastName', IdentityInfo?.LastName);
      // Documented as "for an existing directory"; that it is an error here is a guess.
      unwanted('DirectoryUserId', DirectoryUserId);
      return;
    case 'SAML':
      unwanted('Password', Password);
      unwanted('DirectoryUserId', DirectoryUserId);
      required('FirstName', IdentityInfo?.FirstName);
      required('LastName', IdentityInfo?.LastName);
      // AWS's pages contradict each other: one requires the email, one calls it an error.
      if (settings.samlEmail === 'required') required('Email', IdentityInfo?.Email);
      if (settings.samlEmail === 'refused') unwanted('Email', IdentityInfo?.Email);
      return;
    case 'EXISTING_DIRECTORY':
      unwanted('Password', Password);
      return;
  }
}

function checkUsername(
  username: string,
  identity: IdentityManagement,
  { usernames }: Settings,
): void {
  const observed = usernames === 'as-observed';
  const limit = (observed ? observedLimits : documentedLimits)[identity];
  if ([...username].length > limit) {
    throw invalidParameter(`Username must not be longer than ${limit} characters`);
  }
  // A guess: the model has no pattern, and identity providers send more than the documentation lists.
  if (observed && identity === 'SAML' && /^[!-~]+$/.test(username)) return;
  // Documented for SAML; that the other modes accept the same characters is a guess.
  if (!/^[a-zA-Z0-9_.@-]+$/.test(username)) {
    throw invalidParameter('Username may contain only a-z, A-Z, 0-9, "_", "-", "." and "@"');
  }
  if (username.includes('@') && !/^[^@]+@[^@.]+(\.[^@.]+)+$/.test(username)) {
    throw invalidParameter('Username may contain "@" only in the form of an email address');
  }
}

function checkNames({ IdentityInfo }: CreateUserRequest): void {
  for (const member of ['FirstName', 'LastName'] as const) {
    const value = IdentityInfo?.[member];
    if (value !== undefined && value !== value.normalize('NFC')) {
      throw invalidParameter(`${member} must be in Unicode Normalization Form C`);
    }
  }
  for (const member of ['Email', 'SecondaryEmail'] as const) {
    const value = IdentityInfo?.[member];
    if (value !== undefined && !emailForm.test(value)) {
      throw invalidParameter(`${member} is not a valid email address`);
    }
  }
}

/** "Fields in PhoneConfig cannot be set simultaneously with their corresponding channel-specific configuration." */
function checkPhone(request: CreateUserRequest): void {
  const { PhoneConfig: phone } = request;
  if (!phone) return;
  const conflict = (
    field: string,
    value: unknown,
    configs: string,
    list: readonly unknown[] = [],
  ) => {
    // That an empty list counts as absent is a guess.
    if (value !== undefined && list.length > 0) {
      throw invalidRequest(`PhoneConfig.${field} and ${configs} cannot be set at the same time`);
    }
  };
  conflict('AutoAccept', phone.AutoAccept, 'AutoAcceptConfigs', request.AutoAcceptConfigs);
  conflict(
    'AfterContactWorkTimeLimit',
    phone.AfterContactWorkTimeLimit,
    'AfterContactWorkConfigs',
    request.AfterContactWorkConfigs,
  );
  conflict('PhoneType', phone.PhoneType, 'PhoneNumberConfigs', request.PhoneNumberConfigs);
  conflict(
    'DeskPhoneNumber',
    phone.DeskPhoneNumber,
    'PhoneNumberConfigs',
    request.PhoneNumberConfigs,
  );
  conflict(
    'PersistentConnection',
    phone.PersistentConnection,
    'PersistentConnectionConfigs',
    request.PersistentConnectionConfigs,
  );
  if (phone.PhoneType === 'DESK_PHONE' && phone.DeskPhoneNumber === undefined) {
    throw invalidRequest('Required parameter missing: DeskPhoneNumber');
  }
  checkAfterContactWork(phone.AfterContactWorkTimeLimit);
}

function checkAfterContactWork(seconds: number | undefined): void {
  if (seconds !== undefined && seconds > LONGEST_AFTER_CONTACT_WORK) {
    throw invalidParameter(
      `AfterContactWorkTimeLimit must not be more than ${LONGEST_AFTER_CONTACT_WORK} seconds`,
    );
  }
}

function warnAboutChannels(request: CreateUserRequest): void {
  oncePerChannel('AutoAcceptConfigs', request.AutoAcceptConfigs);
  oncePerChannel('AfterContactWorkConfigs', request.AfterContactWorkConfigs);
  for (const list of [
    'PhoneNumberConfigs',
    'PersistentConnectionConfigs',
    'VoiceEnhancementConfigs',
  ] as const) {
    const configs: readonly { Channel: string | undefined }[] = request[list] ?? [];
    if (configs.some(({ Channel }) => Channel !== 'VOICE')) {
      throw invalidParameter(`${list} supports the VOICE channel only`);
    }
    oncePerChannel(list, configs);
  }
  for (const config of request.AutoAcceptConfigs ?? []) {
    voiceOnly('AgentFirstCallbackAutoAccept', config.AgentFirstCallbackAutoAccept, config.Channel);
  }
  for (const config of request.AfterContactWorkConfigs ?? []) {
    const callback = config.AgentFirstCallbackAfterContactWorkConfig;
    voiceOnly('AgentFirstCallbackAfterContactWorkConfig', callback, config.Channel);
    checkAfterContactWork(config.AfterContactWorkConfig?.AfterContactWorkTimeLimit);
    checkAfterContactWork(callback?.AfterContactWorkTimeLimit);
  }
  for (const config of request.PhoneNumberConfigs ?? []) {
    if (config.PhoneType === 'DESK_PHONE' && config.PhoneNumber === undefined) {
      throw invalidRequest('Required parameter missing: PhoneNumber');
    }
  }
}

function voiceOnly(field: string, value: unknown, channel: string | undefined): void {
  if (value !== undefined && channel !== 'VOICE') {
    throw invalidParameter(`${field} applies to the VOICE channel only`);
  }
}

/** A guess: the effect of a second entry for the same channel is not documented. */
function oncePerChannel(
  list: string,
  configs: readonly { Channel: string | undefined }[] = [],
): void {
  if (new Set(configs.map(({ Channel }) => Channel)).size < configs.length) {
    throw invalidParameter(`${list} names a channel more than once`);
  }
}

function checkProfilesAndTags({ SecurityProfileIds, Tags }: CreateUserRequest): void {
  const ids = SecurityProfileIds ?? [];
  // A guess: the model calls it a list, not a set.
  if (new Set(ids).size < ids.length) {
    throw invalidParameter('SecurityProfileIds names a security profile more than once');
  }
  // The model refuses "aws:" in lower case; that it is reserved in any case is AWS's general rule.
  for (const key of Object.keys(Tags ?? {})) {
    if (/^aws:/i.test(key)) throw invalidParameter(`Tag keys may not begin with "aws:": ${key}`);
  }
}
