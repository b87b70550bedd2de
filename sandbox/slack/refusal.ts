/** The errors with which a Web API method refuses a call. */
import type { JsonObject } from './json.ts';

/** Slack's `{ ok: false, error }`: thrown when a Web API method refuses a call. */
export class Refusal extends Error {
  readonly code: string;
  /** Members of the answer besides `error`, such as `needed` and `provided`. */
  readonly details: JsonObject;

  constructor(code: string, details: JsonObject = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }

  /** With messages that contain the position, as in `response_metadata.messages`. */
  static withMessages(code: string, messages: readonly string[]): Refusal {
    const lines = messages.map((message) => `[ERROR] ${message}`);
    const metadata = { response_metadata: { messages: lines } };
    // Only message methods repeat the messages without positions in `errors` (seen).
    return new Refusal(
      code,
      code === 'invalid_blocks' ? { errors: [...messages], ...metadata } : metadata,
    );
  }
}
