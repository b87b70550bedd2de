/** A welcome for a new user, for copying or for a direct message from the bot. It never contains a password. */
import type { IdentityMode, PasswordPlan } from '../users/new-user.ts';
import { type Post, post } from './post.ts';
import type { RequestViewModel } from './request-view-model.ts';
import { lines } from './rich-text.ts';

export type Newcomer = {
  readonly firstName?: string | undefined;
  readonly username: string;
  readonly email?: string | undefined;
  readonly passwordPlan: PasswordPlan | null;
  /** How the users of their instance sign in; null before Connect has returned it. */
  readonly signIn: RequestViewModel['signIn'];
};

/** The address, the username, and how they sign in for the first time. */
export function welcomeText(newcomer: Newcomer): string {
  const { firstName, username, signIn } = newcomer;
  return [
    firstName ? `Hello ${firstName},` : 'Hello,',
    'your user in Amazon Connect is ready.',
    '',
    ...(signIn?.url ? [`Sign in at: ${signIn.url}`] : []),
    `Username: ${username}`,
    ...(signIn ? [firstTime(newcomer, signIn.mode)] : []),
  ].join('\n');
}

/** Key of a newcomer's welcome among the posts of the request. */
export function welcomeKey(position: number): string {
  return `welcome-${position}`;
}

/** The welcome as the bot's direct message to the newcomer. */
export function welcomePost(newcomer: Newcomer, person: string, position: number): Post {
  const key = welcomeKey(position);
  const rows = welcomeText(newcomer)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => [line]);
  return post({ key, to: { person }, blocks: [lines(key, rows)] });
}

function firstTime({ passwordPlan, email }: Newcomer, mode: IdentityMode): string {
  switch (mode) {
    case 'SAML':
      return 'Sign in through your company’s single sign-on. There is no other password.';
    case 'EXISTING_DIRECTORY':
      return 'Sign in with the password of your directory account.';
    case 'CONNECT_MANAGED':
      if (passwordPlan === 'typed') {
        return 'Password: whoever requested your user gives it to you, in person or by phone.';
      }
      return email
        ? `The first time, choose “Forgot password”. The link goes to ${email}.`
        : 'The first time, choose “Forgot password”, or ask your administrator for a password.';
  }
}
