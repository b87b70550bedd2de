/**
 * Permissions that are excluded from the comparison "nobody grants more than they hold": they restrict their holder,
 * or show nothing but the holder's own data. A full administrator does not need them.
 */

/** Permission string → why it gives its holder no access to other people's data. */
const reasons: Readonly<Record<string, string>> = {
  // https://docs.aws.amazon.com/connect/latest/adminguide/security-profile-list.html
  'RestrictTaskCreation.Access': 'its holder may create fewer tasks',
  'RestrictPhoneTypeSettings.Access': 'its holder cannot change the type of their phone',
  'RequireEndContactConfirmation.Enabled': 'its holder confirms before a contact ends',
  // https://docs.aws.amazon.com/connect/latest/adminguide/contact-search.html (access by hierarchy)
  'RestrictContactAccessByHierarchy.View': 'its holder sees the contacts of their own group only',
  // https://docs.aws.amazon.com/connect/latest/adminguide/dashboards.html
  'AccessMetrics.DashboardsWithMyData.View': 'its holder sees their own numbers only',
};

/**
 * Whether a permission counts when two people's permissions are compared.
 *
 * @param neverCount permissions that the policy file adds to the table
 */
export function isComparedPermission(
  permission: string,
  neverCount: readonly string[] = [],
): boolean {
  return !Object.hasOwn(reasons, permission) && !neverCount.includes(permission);
}
