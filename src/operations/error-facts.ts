/** Facts about a thrown value of any type. Pure. */

/** The error's message; the thrown value as text when it is not an Error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The code that Node, Postgres and their libraries set on errors, such as `ENOTFOUND`; empty when there is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Whether a host name could not be resolved, from Node's message or code. */
export function saysUnknownHost(text: string): boolean {
  return /ENOTFOUND|EAI_AGAIN/.test(text);
}
