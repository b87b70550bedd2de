/** Links that an admin has confirmed: which Connect user somebody in Slack is. */

export type StoredLink = {
  readonly userId: string;
  readonly username: string;
  /** Slack id of the admin who confirmed it. */
  readonly confirmedBy?: string;
};

export type StoredLinks = {
  /** The Connect user that this person is linked to; null where they are not. */
  of(personId: string, instance: string): Promise<StoredLink | null>;
  /** People who are linked to this Connect user; there is one at most. */
  to(userId: string, instance: string): Promise<readonly string[]>;
};
