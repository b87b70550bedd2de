/** The facts by which a run is judged, most of them observed from outside. */

/** A request as the database stores it, reduced to what the other facts are compared with. */
export type RequestFact = {
  readonly id: number;
  /** The random id in the tag of each user that the request creates. */
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

/** A call of CreateUser that took effect, whether or not the bot received the answer. */
export type CreateFact = { readonly tag: string; readonly username: string };

/** A message of the bot that Slack shows at the end. */
export type MessageFact = {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
  /** Which post of which request it is; null for a file. */
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
  /** Usernames of submitted forms that Slack showed as accepted. */
  readonly acknowledged: readonly string[];
  /** Forms and files that were not answered before the end. */
  readonly unanswered: readonly string[];
};

export const findingKinds = [
  /** An approved row without exactly one user or a reported failure, or an accepted form that was lost. */
  'lost',
  /** A row that was created more than once. */
  'doubled',
  /** A request that has not ended. */
  'stuck',
  /** A message or results file that is missing or makes a false statement. */
  'untrue',
  /** A message or file that is in Slack twice. */
  'posted-twice',
  /** A user that nobody approved. */
  'unapproved',
  /** A secret in a log. */
  'secret',
] as const;

export type FindingKind = (typeof findingKinds)[number];

export type Finding = {
  readonly kind: FindingKind;
  /** CU-1001, or the place where the finding was made. */
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
