/** A person has to sign in again before their choice counts: they get a link that works once, for ten minutes. */
import { randomBytes } from 'node:crypto';
import { textHash } from '../audit/audit-event.ts';
import { appendEvent } from '../audit/audit-store.ts';
import type { SignIn } from '../auth/decision-basis.ts';
import type { SignInConfig } from '../config/config.ts';
import { type Problem, problem } from '../errors/problem.ts';
import { boundHash } from '../policy/approval-binding.ts';
import { readRequest } from '../requests/store/requests-store.ts';
import type { Services } from '../services.ts';
import type { Link } from '../slack/ephemeral.ts';
import type { JobData } from '../storage/queues.ts';
import type { RequestRecord } from '../storage/schema.ts';
import { insertSignIn, readSignedIn } from './sign-ins-store.ts';

export const linkOpenMs = 10 * 60_000;
/** A decision that waited longer than this does not count as made just after the sign-in. */
const countsForMs = 10 * 60_000;

/** The path of the pages below the public address. */
export const signInPath = 'sign-in';

/** A new secret for a link, a state or a browser: 256 bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Stores the choice with a new link. Returns the message to the person, with the link if there is one. */
export async function askForSignIn(
  services: Services,
  choice: JobData<'decide'>,
  why: Problem,
): Promise<{ readonly problem: Problem; readonly link?: Link }> {
  const { config, db } = services;
  if (!config.signIn) return { problem: problem('sign-in.not-configured') };
  const { requestId, personId } = choice;
  const record = await readRequest(db, requestId);
  if (!record) return { problem: problem('request.unknown') };
  const now = services.now();
  const secret = newSecret();
  const { signIn: _, ...again } = choice;
  await db.transaction().execute(async (tx) => {
    const id = await insertSignIn(tx, {
      requestId,
      personId,
      bindingHash: boundHash(record) ?? '',
      choice: again,
      linkHash: textHash(secret),
      at: now,
      expiresAt: new Date(now.getTime() + linkOpenMs),
    });
    const details = { signIn: id, choice: choice.what.kind, bindingHash: boundHash(record) ?? '' };
    const event = { kind: 'sign-in-asked', actor: personId, details };
    await appendEvent(tx, requestId, event, now);
  });
  return { problem: why, link: { url: linkOf(config.signIn, secret), text: 'Sign in' } };
}

export function linkOf({ publicUrl }: SignInConfig, secret: string): string {
  return `${publicUrl}${signInPath}?link=${secret}`;
}

/** The sign-in of a choice; undefined when there is none, or it was for another choice. */
export async function signInOf(
  services: Services,
  choice: Pick<JobData<'decide'>, 'signIn' | 'personId'>,
  record: RequestRecord,
): Promise<SignIn | undefined> {
  if (choice.signIn === undefined) return undefined;
  const since = new Date(services.now().getTime() - countsForMs);
  const of = {
    requestId: record.id,
    personId: choice.personId,
    bindingHash: boundHash(record) ?? '',
  };
  return readSignedIn(services.db, choice.signIn, of, since);
}
