/** Formats the audit trail for other programs: one JSON object or one CSV line per event. Pure. */
import { requestNumber } from '../text/request-number.ts';
import { guardedCell } from '../users/files/table/formula-guard.ts';
import type { ChainedEvent } from './audit-store.ts';

export type ExportFormat = 'csv' | 'jsonl';

const columns = [
  'seq',
  'at',
  'request',
  'kind',
  'actor',
  'details',
  'previous_hash',
  'hash',
  'body',
];

/** The line before the first event; empty for JSON lines. */
export function exportHeader(format: ExportFormat): string {
  return format === 'csv' ? `${columns.join(',')}\r\n` : '';
}

/**
 * One event, with its line break. `body` is the text that was hashed, so that a reader can verify the chain from the
 * file alone: SHA-256 of the previous hash, a line feed, and the body.
 */
export function exportLine(event: ChainedEvent, format: ExportFormat): string {
  const { seq, at, requestId, kind, actor, details, previousHash, hash, body } = event;
  if (format === 'jsonl') {
    const line = { seq, at, request: requestId, kind, actor, details: JSON.parse(details) };
    return `${JSON.stringify({ ...line, previousHash, hash, body })}\n`;
  }
  const cells = [String(seq), at, requestId === null ? '' : requestNumber(requestId), kind, actor];
  return `${[...cells, details, previousHash, hash, body].map(cellOf).join(',')}\r\n`;
}

function cellOf(text: string): string {
  const guarded = guardedCell(text);
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
