/** The policy's names for risks, and the permissions that cause them. */

/** https://docs.aws.amazon.com/connect/latest/adminguide/security-profile-list.html */
export const riskNames = {
  'listen-in': ['ManagerListenIn'],
  'barge-in': ['ManagerBargeIn'],
  'delete-recordings': ['DeleteCallRecordings'],
  'create-users': ['Users.Create'],
  'edit-users': ['Users.Edit', 'Users.Delete'],
  'give-permissions': ['Users.EditPermission', 'SecurityProfiles.Create', 'SecurityProfiles.Edit'],
} as const satisfies Record<string, readonly string[]>;

export type RiskName = keyof typeof riskNames;

/** The risks that these permissions carry. */
export function risksIn(permissions: ReadonlySet<string>): RiskName[] {
  return (Object.keys(riskNames) as RiskName[]).filter((risk) =>
    riskNames[risk].some((permission) => permissions.has(permission)),
  );
}
