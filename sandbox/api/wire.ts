/** The recorder of each call and delivery, and the faults that affect the next ones. */

/**
 * `GET /sandbox/wire?after=seq&kind=…`: the recorder, which lists each call and delivery in order with its answer.
 * `DELETE /sandbox/wire` empties it.
 */
export type WireEntry = {
  seq: number;
  at: string;
  /**
   * `delivery`: Slack → bot (event, command, interaction); `web-api`: bot → Slack; `response-url`: bot →
   * a response_url; `socket`: hello, disconnect, open, close; `connect`: bot → Amazon Connect.
   */
  kind: 'delivery' | 'web-api' | 'response-url' | 'socket' | 'connect' | 'file';
  /** `views.open`, `slash_commands`, `block_actions`, `CreateUser`, … */
  name: string;
  request: unknown;
  response: unknown;
  /** HTTP status, Slack's `error`, or the Connect error type; null while the call is in progress. */
  status: string | number | null;
  /** Null until the answer is known. */
  ok: boolean | null;
  durationMs: number | null;
  /** The person or username that the entry concerns, so that it can be found. */
  about?: string;
  /** The people whom a message of the bot notifies: user ids, user group ids, `!channel`, `!here`, `!everyone`. */
  mentions?: string[];
};
export type Wire = { entries: WireEntry[]; next: number };

/**
 * `GET|POST /sandbox/faults`, `DELETE /sandbox/faults[/:id]`. A fault affects the next `times` matches and is then
 * removed.
 */
export type Fault = { id: string; times: number; used: number } & FaultSpec;
export type FaultSpec = SlackFault | ConnectFault;

export type SlackFault =
  /**
   * The next deliveries of `match` (delivery name, `*` = all) arrive twice; `retryAttempt` marks the second one as a
   * retry by Slack.
   */
  | { on: 'slack'; kind: 'duplicate'; match: string; retryAttempt?: number }
  | { on: 'slack'; kind: 'late'; match: string; delayMs: number }
  /** Held back until the next delivery has been sent. */
  | { on: 'slack'; kind: 'reorder'; match: string }
  /** The bot's acknowledgement is discarded, so Slack shows a failure and retries events. */
  | { on: 'slack'; kind: 'lose-ack'; match: string }
  | { on: 'slack'; kind: 'drop-socket'; announce: boolean }
  /** A Web API method fails with Slack's error code (`ratelimited` answers 429; `http_500`; `html` a 502 page; `hang` never answers; `reset`). */
  | {
      on: 'slack';
      kind: 'method';
      match: string;
      error: string;
      retryAfterSeconds?: number;
      delayMs?: number;
    }
  /** The method takes effect, but its answer is lost. */
  | { on: 'slack'; kind: 'lose-answer'; match: string }
  | { on: 'slack'; kind: 'file'; as: 'html' | 'slow' | 'cut' | 'redirect' | 'forbidden' }
  /** Trigger ids of the next interactions are expired when they arrive. */
  | { on: 'slack'; kind: 'expired-trigger' }
  /** The workspace does not know the blocks `data_table` and `alert` yet. */
  | { on: 'slack'; kind: 'older-blocks' };

export type ConnectFault =
  /** Fails with a modelled error: `ThrottlingException`, `TooManyRequestsException`, `LimitExceededException`, `InternalServiceException`, `AccessDeniedException`, … */
  | { on: 'connect'; kind: 'error'; operation: string; error: string; message?: string }
  | { on: 'connect'; kind: 'html-502'; operation: string }
  | { on: 'connect'; kind: 'reset'; operation: string }
  | { on: 'connect'; kind: 'slow'; operation: string; delayMs: number }
  | { on: 'connect'; kind: 'hang'; operation: string }
  /** The operation takes effect, but its answer never arrives. */
  | { on: 'connect'; kind: 'lose-answer'; operation: string }
  | { on: 'connect'; kind: 'expired-token'; operation: string };
