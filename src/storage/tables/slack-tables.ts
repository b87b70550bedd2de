/** The tables about messages in Slack and people's identities there, as Kysely uses them. */
import type { ColumnType, Generated } from 'kysely';
import type { SignIn } from '../../auth/decision-basis.ts';
import type { JsonText } from '../../text/storable.ts';

type Fixed<T> = ColumnType<T, T, never>;

export type PostsTable = {
  request_id: Fixed<number>;
  /** The message within the request: `card`, `decision`, `receipt`, `dm`, … */
  key: Fixed<string>;
  channel: string;
  /** Null while the first post is running or its answer was lost. */
  ts: string | null;
  /** Hash of what Slack shows now. */
  hash: string | null;
  attempted_at: Date;
  /** The edit that is running or whose answer was lost, and when it was sent. */
  edit_mark: string | null;
  edit_sent_at: Date | null;
  /** When an edit without an answer was sent that may still take effect; null when there is none. */
  unsettled_at: Date | null;
  /** How often the message was edited again because of that. */
  edited_again: Generated<number>;
  /** How often Slack answered with an internal failure, so that it is unknown whether the message was posted. */
  unsure_answers: Generated<number>;
};

export type RefusedPostsTable = {
  request_id: Fixed<number>;
  key: Fixed<string>;
  place: string;
  code: string;
  hash: string;
  whole_place: boolean;
  tries: Generated<number>;
  retry_at: Date;
};

/** One version of a person's message in a card's thread. */
export type ThreadMessagesTable = {
  request_id: Fixed<number>;
  ts: Fixed<string>;
  version: Fixed<string>;
  kind: Fixed<string>;
  person_id: Fixed<string>;
  person_name: Fixed<string>;
  text: Fixed<string>;
};

/** Identity links of people whose email address does not identify their Connect user. */
export type IdentityLinksTable = {
  id: Generated<number>;
  instance: Fixed<string>;
  person_id: Fixed<string>;
  person_name: Fixed<string>;
  connect_user_id: Fixed<string>;
  connect_username: Fixed<string>;
  state: 'asked' | 'confirmed' | 'refused' | 'removed' | 'expired';
  asked_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  removed_by: string | null;
  removed_at: Date | null;
  /** Since when the link request is being posted; its message may exist although `message_ts` is null. */
  posting_at: Date | null;
  message_ts: string | null;
  /** The state that was last shown in Slack. */
  shown_state: string | null;
  /** The sign-in that proved it, instead of an admin. */
  proven: ColumnType<SignIn | null, undefined, JsonText>;
};

/** A workflow's step, and the request that it made. */
export type WorkflowStepsTable = {
  request_id: Fixed<number>;
  execution_id: Fixed<string>;
  ended_at: Date | null;
};

/** A fresh sign-in for which an approval waits, or which an approval has used. */
export type SignInsTable = {
  id: Generated<number>;
  /** Its purpose: a request, or an identity link. */
  request_id: Fixed<number | null>;
  link_id: Fixed<number | null>;
  person_id: Fixed<string>;
  binding_hash: Fixed<string>;
  choice: ColumnType<unknown, JsonText, never>;
  link_hash: Fixed<string>;
  created_at: Fixed<Date>;
  expires_at: Fixed<Date>;
  state_hash: ColumnType<string | null, undefined, string>;
  browser_hash: ColumnType<string | null, undefined, string>;
  ended_at: ColumnType<Date | null, undefined, Date>;
  signed_in: ColumnType<SignIn | null, undefined, JsonText>;
  spent_at: ColumnType<Date | null, undefined, Date>;
};
