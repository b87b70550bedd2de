/** `--record FILE`: writes the whole recorder as JSON Lines, for validators that are independent of this sandbox. */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { WireEntry } from './api/wire.ts';

export type RecordFile = {
  write(entry: WireEntry): void;
  /** Writes the entries that were never answered and closes the file. */
  close(underWay: readonly WireEntry[]): void;
};

/**
 * Truncates the file. Each line is one `WireEntry` (sandbox/api/wire.ts), written at once when its answer is known,
 * so that a killed process leaves no partial line.
 *
 * @throws when the file cannot be written
 */
export function openRecordFile(path: string): RecordFile {
  const file = openSync(path, 'w');
  const write = (entry: WireEntry) => void writeSync(file, `${JSON.stringify(entry)}\n`);
  return {
    write,
    close(underWay) {
      for (const entry of underWay) write(entry);
      closeSync(file);
    },
  };
}
