/** The template as JSON. */
import type { IdentityMode } from '../../new-user.ts';
import { exampleCells, exampleRouting, exampleSecurity, type TemplateOffer } from './example.ts';

/**
 * One user in the shape of `aws connect create-user --generate-cli-skeleton`, without the members that are
 * an error in this identity mode. Profiles and groups by id, as CreateUser wants them; names are read too.
 * More users follow one after the other, or stand in a list.
 */
export function templateJson(mode: IdentityMode, offer: TemplateOffer): Uint8Array {
  const cells = exampleCells(offer);
  const [group] = offer.hierarchyGroups;
  const input = {
    Username: cells.get('username'),
    ...(mode === 'CONNECT_MANAGED' && { Password: '' }),
    IdentityInfo: {
      FirstName: cells.get('firstName'),
      LastName: cells.get('lastName'),
      ...(mode !== 'SAML' && { Email: cells.get('email') }),
      SecondaryEmail: cells.get('secondaryEmail'),
      Mobile: '',
    },
    PhoneConfig: {
      PhoneType: 'SOFT_PHONE',
      AutoAccept: false,
      AfterContactWorkTimeLimit: Number(cells.get('afterContactWorkSeconds')),
      DeskPhoneNumber: '',
      PersistentConnection: false,
    },
    ...(mode === 'EXISTING_DIRECTORY' && { DirectoryUserId: '' }),
    SecurityProfileIds: [exampleSecurity(offer)?.id ?? ''],
    RoutingProfileId: exampleRouting(offer)?.id ?? '',
    HierarchyGroupId: group?.id ?? '',
    InstanceId: offer.instanceId,
    VoiceEnhancementConfigs: [{ Channel: 'VOICE', VoiceEnhancementMode: 'NONE' }],
    Tags: { team: 'north', site: 'York' },
  };
  return Buffer.from(`${JSON.stringify(input, null, 2)}\n`, 'utf8');
}
