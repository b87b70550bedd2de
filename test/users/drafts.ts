/** Drafts for property tests: arbitrary ones, and ones with valid parts. */
import fc from 'fast-check';
import type { UserContext } from '../../src/users/context.ts';
import type { Choice, UserDraft } from '../../src/users/new-user.ts';
import { branch, managed, saml } from './fixtures.ts';

const contexts: readonly UserContext[] = [
  managed,
  { ...managed, defaultCountry: 'US', canTypePassword: false },
  saml,
  { ...saml, samlEmail: 'allow', defaultCountry: 'DE' },
  branch,
];
export const anyContext = fc.constantFrom(...contexts);

/**
 * Strings with everything that people paste: scripts, emoji, control characters, combining marks, whole JSON
 * documents.
 */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.json({ maxDepth: 2 }),
  fc.constantFrom(
    '+1 555 555 1212',
    '__proto__',
    'a@b.de',
    'a=b|c=d',
    '\u202A\u2066 x \u2069',
    'می\u200Cخواهم\u200D\u200D',
    '\uD83D',
    'agent lead',
    'North / Sales',
    '1:30',
    '00491234567',
  ),
);
const anyChoice: fc.Arbitrary<Choice> = fc.oneof(
  fc.record({ name: anyText }),
  fc.record({ id: anyText }),
);
const anyChannel = fc.record(
  {
    autoAccept: anyText,
    afterContactWorkSeconds: anyText,
    agentFirstCallbackAutoAccept: anyText,
    agentFirstCallbackAfterContactWorkSeconds: anyText,
  },
  { requiredKeys: [] },
);
export const anyDraft: fc.Arbitrary<UserDraft> = fc.record(
  {
    firstName: anyText,
    lastName: anyText,
    username: anyText,
    email: anyText,
    secondaryEmail: anyText,
    mobile: anyText,
    directoryUserId: anyText,
    password: anyText,
    routingProfile: anyChoice,
    securityProfiles: fc.array(anyChoice, { maxLength: 12 }),
    hierarchyGroup: anyChoice,
    phoneType: anyText,
    deskPhoneNumber: anyText,
    autoAccept: anyText,
    persistentConnection: anyText,
    afterContactWorkSeconds: anyText,
    voiceEnhancement: anyText,
    channels: fc.record(
      { VOICE: anyChannel, CHAT: anyChannel, TASK: anyChannel, EMAIL: anyChannel },
      { requiredKeys: [] },
    ),
    tags: anyText,
  },
  { requiredKeys: [] },
);

const letters = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCXYZ0123456789');
const word = (minLength: number, maxLength: number) =>
  fc.string({ unit: letters, minLength, maxLength });
const spaces = fc.constantFrom('', ' ', '  ', '\u00A0', '\u200B', '\uFEFF', '\t', '\n');
/** Pasted text, with invisible characters around it. */
const pasted = (text: fc.Arbitrary<string>) =>
  fc.tuple(spaces, text, spaces).map((parts) => parts.join(''));
const yesNo = fc.constantFrom('yes', 'No', 'TRUE', 'false', '');
const seconds = fc.integer({ min: 0, max: 2_000_000 }).map(String);

/** Names that an instance offers. */
export type Offer = {
  readonly routingProfiles: readonly string[];
  readonly securityProfiles: readonly string[];
  readonly hierarchyGroups: readonly string[];
};

/** A draft for a CONNECT_MANAGED instance whose parts are all valid, but untidily typed. */
export const rightDraft = (offer: Offer): fc.Arbitrary<UserDraft> =>
  fc.record(
    {
      firstName: pasted(fc.constantFrom('Mary', 'Zoe\u0308', '李', 'محمد', 'Ann  Lee')),
      lastName: pasted(word(1, 254).map((text) => `L${text}`)),
      username: pasted(word(1, 20)),
      email: pasted(word(1, 30).map((text) => `${text}@example.com`)),
      secondaryEmail: pasted(word(1, 30).map((text) => `${text}@example.org`)),
      mobile: pasted(fc.constantFrom('+15555551212', '+44 20 7946 0000')),
      password: word(5, 50).map((text) => `${text}aA1`),
      routingProfile: fc.record({ name: pasted(fc.constantFrom(...offer.routingProfiles)) }),
      securityProfiles: fc.array(
        fc.record({ name: pasted(fc.constantFrom(...offer.securityProfiles)) }),
        {
          minLength: 1,
          maxLength: 10,
        },
      ),
      hierarchyGroup: fc.record({
        name: pasted(fc.constantFrom(...offer.hierarchyGroups)),
      }),
      phoneType: pasted(fc.constantFrom('soft', 'DESK_PHONE')),
      deskPhoneNumber: fc.constant('+1 (555) 555-1212'),
      autoAccept: yesNo,
      persistentConnection: yesNo,
      afterContactWorkSeconds: pasted(seconds),
      voiceEnhancement: fc.constantFrom('none', 'isolate voice', ''),
      channels: fc.record(
        {
          VOICE: fc.record({ agentFirstCallbackAutoAccept: yesNo }),
          CHAT: fc.record({ afterContactWorkSeconds: seconds }),
        },
        { requiredKeys: [] },
      ),
      tags: fc
        .dictionary(word(1, 20), word(0, 20), { maxKeys: 20 })
        .map((dictionary) => JSON.stringify(dictionary)),
    },
    {
      requiredKeys: [
        'firstName',
        'lastName',
        'username',
        'email',
        'routingProfile',
        'securityProfiles',
        'phoneType',
        'deskPhoneNumber',
      ],
    },
  );
