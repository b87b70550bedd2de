/** The number of a request as people see it: `CU-1042`. */

/** `CU-1042`. */
export function requestNumber(id: number | string): string {
  return `CU-${id}`;
}

/** The id in `CU-1042`, `cu1042` or `1042`; undefined for any other text. */
export function requestIdIn(text: string | undefined): number | undefined {
  const [, id] = /^(?:cu-?)?(\d{1,9})$/i.exec(text ?? '') ?? [];
  return id === undefined ? undefined : Number(id);
}
