/** The displayed names of the fields of a new user. */
import type { UserField } from '../new-user.ts';

const names: Record<UserField, string> = {
  preset: 'Preset',
  firstName: 'First name',
  lastName: 'Last name',
  username: 'Username',
  email: 'Email',
  secondaryEmail: 'Secondary email',
  mobile: 'Mobile number',
  directoryUserId: 'Directory user ID',
  password: 'Password',
  routingProfile: 'Routing profile',
  securityProfiles: 'Security profiles',
  hierarchyGroup: 'Hierarchy group',
  phoneType: 'Phone',
  deskPhoneNumber: 'Desk phone number',
  autoAccept: 'Auto-accept calls',
  persistentConnection: 'Persistent connection',
  afterContactWorkSeconds: 'After-call work',
  voiceEnhancement: 'Audio enhancement',
  channels: 'Channel settings',
  tags: 'Tags',
  proficiencies: 'Proficiencies',
};

export function fieldName(field: UserField): string {
  return names[field];
}
