/** How large a file of users may be: bytes, rows, columns, text. */

export type FileLimits = {
  readonly bytes: number;
  readonly rows: number;
  readonly columns: number;
  /** Of a cell in a known column. No field allows as many. */
  readonly cellCharacters: number;
  /**
   * Of all cells together. A text that a workbook stores once counts for each cell that shows it, so a file of a few
   * kilobytes can contain gigabytes. A real file of 10,000 users has about 2 million.
   */
  readonly characters: number;
  /** The total unpacked size of the parts of a workbook that are read. */
  readonly unpackedBytes: number;
};

export const standardLimits: FileLimits = {
  bytes: 10 * 1024 * 1024,
  rows: 10_000,
  columns: 100,
  cellCharacters: 1_000,
  characters: 20_000_000,
  unpackedBytes: 64 * 1024 * 1024,
};
