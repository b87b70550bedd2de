/** A Slack person as Slack describes them (`users.info`), as far as a verdict needs to know. */

export type SlackPerson = {
  readonly id: string;
  /** The name people know them by. */
  readonly name: string;
  /** As the profile has them; absent where it has none. */
  readonly firstName?: string;
  readonly lastName?: string;
  /** Slack's own profile address, the only one to trust. Absent without users:read.email. */
  readonly email?: string;
  /** IANA name of the time zone that they set in Slack; absent where it is not known. */
  readonly timeZone?: string;
  readonly deleted: boolean;
  readonly bot: boolean;
  /** Single- or multi-channel guest. */
  readonly guest: boolean;
  /** Of another workspace, met through Slack Connect. */
  readonly stranger: boolean;
};
