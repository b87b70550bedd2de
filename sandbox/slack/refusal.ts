/** How a method says no. */
import type { JsonObject } from './json.ts';

/** Slack's `{ ok: false, error }`: thrown when a Web API method refuses a call. */
export class Refusal extends Error {
  readonly code: string;
  /** What is beside `error` in the answer, such as `needed` and `provided`. */
  readonly details: JsonObject;

  constructor(code: string, details: JsonObject = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }

  /** With messages that name the place, as `response_metadata.messages` carries them. */
  static withMessages(code: string, messages: readonly string[]): Refusal {
    const lines = messages.map((message) => `[ERROR] ${message}`);
    const metadata = { response_metadata: { messages: lines } };
    // Only message methods repeat the bare messages in `errors` (seen).
    return new Refusal(
      code,
      code === 'invalid_blocks' ? { errors: [...messages], ...metadata } : metadata,
    );
  }
}
