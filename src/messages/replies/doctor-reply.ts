/**
 * Doctor's result for the operator who requested it in Slack: first the problems, then the rest, in as few lines as
 * possible.
 */
import type { KnownBlock } from '@slack/types';
import { bold, clipped, code, type Inline, icons, lines } from '../rich-text.ts';

export type Examined = {
  readonly name: string;
  readonly status: 'pass' | 'warn' | 'fail' | 'skip';
  readonly found: string;
  readonly todo?: string;
};

/** A message could hold more, but more is hard to read on a phone. */
const mostLines = 15;

export function doctorBlocks(examined: readonly Examined[]): KnownBlock[] {
  const wrong = examined.filter(({ status }) => status === 'fail');
  const doubtful = examined.filter(({ status }) => status === 'warn');
  const shown = [...wrong, ...doubtful].slice(0, mostLines);
  const rest = wrong.length + doubtful.length - shown.length;
  const well = examined.filter(({ status }) => status === 'pass').length;
  const head: Inline[] =
    wrong.length === 0
      ? [icons.good, ' ', bold('All is well.'), ` ${well} things were looked at.`]
      : [icons.bad, ' ', bold(`${wrong.length} to correct.`), ` ${well} are well.`];
  const rows = shown.flatMap(({ name, status, found, todo }): Inline[][] => [
    [status === 'fail' ? icons.bad : icons.warning, ' ', code(name), ` ${clipped(found, 300)}`],
    ...(todo === undefined ? [] : [[`→ ${clipped(todo, 300)}`]]),
  ]);
  const more: Inline[][] = rest > 0 ? [[`… and ${rest} more: npm run doctor lists all.`]] : [];
  return [lines('doctor', [head, ...rows, ...more])];
}
