/** Facts about a thrown value of any type. Pure. */

/** The error's message; the thrown value as text when it is not an Error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The code that Node, Postgres and their libraries put on errors, such as `ENOTFOUND`; empty where there is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Whether the name of a host could not be looked up, by Node's message or code. */
export function saysUnknownHost(text: string): boolean {
  return /ENOTFOUND|EAI_AGAIN/.test(text);
}
