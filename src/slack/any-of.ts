/**
 * One listener for several buttons. Bolt asks every listener about every delivery, so that each further one
 * makes all deliveries a little slower, slash commands too. Action ids are letters and underscores.
 */
export function anyOf(actionIds: readonly string[]): RegExp {
  return new RegExp(`^(?:${actionIds.join('|')})$`);
}
