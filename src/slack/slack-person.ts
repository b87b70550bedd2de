/** A Slack person as Slack describes them (`users.info`), with the members that verdicts need. */

export type SlackPerson = {
  readonly id: string;
  /** The name people know them by. */
  readonly name: string;
  /** From the profile; absent when it has none. */
  readonly firstName?: string;
  readonly lastName?: string;
  /** Slack's own profile address, which is the only trusted one. Absent without users:read.email. */
  readonly email?: string;
  /** IANA name of the time zone that they set in Slack; absent when it is not known. */
  readonly timeZone?: string;
  readonly deleted: boolean;
  readonly bot: boolean;
  /** Single- or multi-channel guest. */
  readonly guest: boolean;
  /** A member of another workspace, through Slack Connect. */
  readonly stranger: boolean;
};
