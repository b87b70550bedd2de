/** Links from people in Slack to Connect users that an admin has confirmed. */

export type StoredLink = {
  readonly userId: string;
  readonly username: string;
  /** Slack id of the admin who confirmed it. */
  readonly confirmedBy?: string;
};

export type StoredLinks = {
  /** The Connect user to which this person is linked; null without a link. */
  of(personId: string, instance: string): Promise<StoredLink | null>;
  /** People who are linked to this Connect user; there is at most one. */
  to(userId: string, instance: string): Promise<readonly string[]>;
};
