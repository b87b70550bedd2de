/** The template as JSON. */
import type { IdentityMode } from '../../new-user.ts';
import { exampleCells, exampleRouting, exampleSecurity, type TemplateOffer } from './example.ts';

/**
 * One user in the format of `aws connect create-user --generate-cli-skeleton`, without the members that are an error
 * in this identity mode. Profiles and groups are written as ids, as in CreateUser; names are accepted too. More users
 * follow one after the other, or are in a list.
 *
 * Connect refuses empty text for a phone number or an id, so such members are left out: the AWS CLI sends the file
 * unchanged (`--cli-input-json`), with `--password` in addition if Connect stores the passwords.
 */
export function templateJson(
  mode: IdentityMode,
  offer: TemplateOffer,
  filled: readonly Record<string, unknown>[] = [exampleInput(mode, offer)],
): Uint8Array {
  const [first, ...others] = filled;
  const users = others.length > 0 ? filled : first;
  return Buffer.from(`${JSON.stringify(users, null, 2)}\n`, 'utf8');
}

function exampleInput(mode: IdentityMode, offer: TemplateOffer): Record<string, unknown> {
  const cells = exampleCells(offer);
  const [group] = offer.hierarchyGroups;
  return {
    Username: cells.get('username'),
    ...(mode === 'CONNECT_MANAGED' && { Password: '' }),
    IdentityInfo: {
      FirstName: cells.get('firstName'),
      LastName: cells.get('lastName'),
      ...(mode !== 'SAML' && { Email: cells.get('email') }),
      SecondaryEmail: cells.get('secondaryEmail'),
    },
    PhoneConfig: {
      PhoneType: 'SOFT_PHONE',
      AutoAccept: false,
      AfterContactWorkTimeLimit: Number(cells.get('afterContactWorkSeconds')),
      PersistentConnection: false,
    },
    SecurityProfileIds: [exampleSecurity(offer)?.id ?? ''],
    RoutingProfileId: exampleRouting(offer)?.id ?? '',
    ...(group && { HierarchyGroupId: group.id }),
    InstanceId: offer.instanceId,
    VoiceEnhancementConfigs: [{ Channel: 'VOICE', VoiceEnhancementMode: 'NONE' }],
    Tags: { team: 'north', site: 'York' },
  };
}
