/** Chooses the Amazon Connect instance: from the account's list, or by its ARN. */
import { partsOfArn } from '../config/arns.ts';
import type { InstanceSummary } from '../connect/aws/list-instances.ts';
import { messageOf, saysUnknownHost } from '../operations/error-facts.ts';
import { type Answers, SetupError } from './read-answer.ts';

export type ChosenInstance = { readonly arn: string; readonly alias: string | undefined };

/**
 * @param wanted an alias, id or ARN from a flag; undefined: the person chooses, or there is only one
 * @param list the instances of a Region, read with the credentials of the person who runs the setup
 */
export async function chooseInstance(deps: {
  readonly wanted: string | undefined;
  readonly isAsked: boolean;
  readonly answers: Answers;
  readonly knownRegion: string | undefined;
  readonly list: (region: string) => Promise<readonly InstanceSummary[]>;
}): Promise<ChosenInstance> {
  const { wanted, answers } = deps;
  if (wanted !== undefined && partsOfArn(wanted)) return { arn: wanted, alias: undefined };
  const otherwise = deps.knownRegion === undefined ? {} : { otherwise: deps.knownRegion };
  const region = await answers.of('region', otherwise);
  const found = await listed(region, deps);
  if (wanted !== undefined) return oneOf(found, wanted, region);
  const [only] = found;
  if (only && found.length === 1) {
    answers.print(`The only instance in ${region}: ${nameOf(only)}`);
    return only;
  }
  if (found.length > 0) {
    answers.print(`Amazon Connect instances in ${region}:`);
    for (const [index, instance] of found.entries()) {
      answers.print(`  ${index + 1}  ${nameOf(instance)}`);
    }
  }
  for (;;) {
    const typed = await answers.of('instance', {});
    if (partsOfArn(typed)) return { arn: typed, alias: undefined };
    const byNumber = /^\d+$/.test(typed) ? found[Number(typed) - 1] : undefined;
    if (byNumber) return byNumber;
    try {
      return oneOf(found, typed, region);
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      answers.print(`  ${error.message}`);
    }
  }
}

async function listed(
  region: string,
  deps: Parameters<typeof chooseInstance>[0],
): Promise<readonly InstanceSummary[]> {
  let why = `There is no Amazon Connect instance in ${region} that these credentials show.`;
  try {
    const found = await deps.list(region);
    if (found.length > 0) return found;
  } catch (error) {
    const message = messageOf(error);
    const hint = saysUnknownHost(message) ? ` Is the Region ${region} spelled right?` : '';
    why = `The instances of ${region} could not be listed: ${message}.${hint}`;
  }
  if (!deps.isAsked) {
    throw new SetupError(`${why} Give the instance by its ARN: --instance arn:aws:connect:…`);
  }
  deps.answers.print(why);
  return [];
}

function oneOf(found: readonly InstanceSummary[], wanted: string, region: string): InstanceSummary {
  const match = found.find(({ id, alias }) => id === wanted || alias === wanted);
  if (match) return match;
  const there = found.map(nameOf).join('; ') || 'none';
  throw new SetupError(`There is no instance “${wanted}” in ${region}. There is: ${there}`);
}

function nameOf({ id, alias }: InstanceSummary): string {
  return alias === undefined ? id : `${alias} (${id})`;
}
