/**
 * The file that is measured: it has the 16 columns of the newest template of Amazon Connect's website, with typical
 * values.
 */

const header = [
  'first name',
  'last name',
  'email address',
  'secondary email address',
  'mobile',
  'password',
  'user login',
  'agent hierarchy',
  'routing profile name',
  'security_profile_name_1|security_profile_name_2',
  'user_hierarchy_1|user_hierarchy_2',
  'phone type (soft/desk)',
  'phone number',
  'soft phone auto accept (yes/no)',
  'ACW timeout (seconds)',
  'tags',
].join(',');

/** @param routingProfileOf returns the name of the routing profile for a row; rows count from 0 */
export function fileOfUsers(count: number, routingProfileOf: (row: number) => string): Uint8Array {
  const rows = Array.from({ length: count }, (_, at) =>
    [
      `Mary${at}`,
      at % 3 === 0 ? '"Major, Jr."' : 'Müller',
      `mary${at}@example.com`,
      at % 2 === 0 ? `mary${at}@example.org` : '',
      at % 4 === 0 ? `+49301${200_000 + (at % 100_000)}` : '',
      '',
      `mary${at}`,
      '',
      routingProfileOf(at),
      at % 5 === 0
        ? `Security Profile ${at % 100}|Security Profile 7`
        : `Security Profile ${at % 100}`,
      `Region ${at % 5}`,
      at % 2 === 0 ? 'soft' : 'desk',
      at % 2 === 0 ? '' : `+1555${2_000_000 + at}`,
      'yes',
      '60',
      at % 2 === 0 ? 'team=north|site=York' : '',
    ].join(','),
  );
  return Buffer.from([header, ...rows, ''].join('\r\n'), 'utf8');
}
