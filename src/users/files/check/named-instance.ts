/** The instance that a row itself names, by its id, its ARN or its alias, which must be the requested one. */
import { type Problem, problem } from '../../../errors/problem.ts';
import { shown } from '../../../text/tidy.ts';
import type { UserContext } from '../../context.ts';

const arn = /^arn:[\w-]+:connect:[^:]*:\d*:instance\/([^/]+)$/;

/** Why a row with this instance cannot be used; undefined when it can, or when that is unknown. */
export function readInstance(cell: string, context: UserContext): Problem | undefined {
  const text = cell.trim();
  const here = context.instance;
  if (text === '' || !here) return undefined;
  const written = arn.exec(text)?.[1] ?? text;
  // Spreadsheets and people change the case of ids.
  const same = (alias: string) => alias.toLowerCase() === written.toLowerCase();
  const id = [here.id, ...here.others.keys()].find(same) ?? written;
  if (id === here.id || id.toLowerCase() === context.alias.toLowerCase()) return undefined;
  const aliases = [...here.others.values()];
  const otherAlias =
    here.others.get(id) ?? aliases.find((alias) => alias.toLowerCase() === id.toLowerCase());
  return otherAlias === undefined
    ? problem('row.unknown-instance', { instance: shown(text), here: context.alias })
    : problem('row.other-instance', { instance: otherAlias, here: context.alias });
}
