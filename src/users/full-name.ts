/** The displayed name of a new user. */
import type { NewUser } from './new-user.ts';

/** First and last name, or the username when an instance has no names. */
export function fullName(user: Pick<NewUser, 'firstName' | 'lastName' | 'username'>): string {
  return [user.firstName, user.lastName].filter(Boolean).join(' ') || user.username;
}
