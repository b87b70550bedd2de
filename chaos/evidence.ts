/** What a run is judged by: plain facts, most of them seen from the outside. */

/** A request as the database tells it: only what the rest is compared with. */
export type RequestFact = {
  readonly id: number;
  /** In the tag of every user that it creates. */
  readonly uid: string;
  readonly source: 'form' | 'file';
  readonly state: string;
  readonly approved: boolean;
  readonly rows: readonly RowFact[];
};

export type RowFact = {
  readonly position: number;
  readonly state: string;
  readonly username: string;
  readonly userId: string | null;
};

/** A user in Amazon Connect that carries the bot's tag. */
export type UserFact = {
  readonly id: string;
  readonly username: string;
  /** `CU-1001/3/<uid>`: request, row, and the request's random id. */
  readonly tag: string;
};

/** A CreateUser that took effect, whether or not the bot heard of it. */
export type CreateFact = { readonly tag: string; readonly username: string };

/** A message of the bot that is in Slack at the end. */
export type MessageFact = {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
  /** Which post of which request; a file carries none. */
  readonly request: number | null;
  readonly key: string | null;
  readonly text: string;
  readonly buttons: readonly string[];
  readonly files: readonly string[];
};

/** One line of a results file. */
export type ResultFact = {
  readonly username: string;
  readonly status: string;
  readonly userId: string;
  readonly problem: string;
};

export type Evidence = {
  readonly requests: readonly RequestFact[];
  readonly users: readonly UserFact[];
  readonly creates: readonly CreateFact[];
  readonly messages: readonly MessageFact[];
  /** Request → its results file. */
  readonly results: ReadonlyMap<number, readonly ResultFact[]>;
  /** Usernames of forms that Slack showed as sent. */
  readonly acknowledged: readonly string[];
  /** What people began and nobody answered until the end. */
  readonly unanswered: readonly string[];
};

export const findingKinds = [
  /** An approved row that is neither one user nor a reported failure; a form that was taken and is gone. */
  'lost',
  /** A row that was created more than once. */
  'doubled',
  /** A request that has not ended. */
  'stuck',
  /** A message or a results file that says what is not so, or that is missing. */
  'untrue',
  /** A message or a file that is in Slack twice. */
  'posted-twice',
  /** A user that nobody approved. */
  'unapproved',
  /** A secret in a log. */
  'secret',
] as const;

export type FindingKind = (typeof findingKinds)[number];

export type Finding = {
  readonly kind: FindingKind;
  /** CU-1001, or where it was found. */
  readonly where: string;
  readonly detail: string;
};

export function requestName(id: number): string {
  return `CU-${id}`;
}

/** The tag of a row's user, as src/provisioning/row-tag.ts writes it. */
export function tagOf(request: Pick<RequestFact, 'id' | 'uid'>, position: number): string {
  return `${requestName(request.id)}/${position}/${request.uid}`;
}
