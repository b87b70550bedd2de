/** `--record FILE`: the whole wire as JSON Lines, for validators that are not this sandbox's own. */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { WireEntry } from './api/wire.ts';

export type RecordFile = {
  write(entry: WireEntry): void;
  /** Writes what was never answered and closes the file. */
  close(underWay: readonly WireEntry[]): void;
};

/**
 * Starts the file anew. Each line is one `WireEntry` (sandbox/api/wire.ts), written in one piece when its answer is
 * known, so a reader never meets half a line of a process that was killed between two.
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
