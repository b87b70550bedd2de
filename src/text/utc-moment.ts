/** A moment in words for places where Slack cannot show it in the reader's own time zone, such as under a field. */

/** "2026-12-01 08:00 UTC". */
export function moment(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
