import type { Caller } from '../accounts/accounts.ts';
import type { Pages } from '../pages.ts';
import { invalidRequest, notFound } from '../protocol/errors.ts';
import type { Settings } from '../settings.ts';
import { type Instance, instanceArn, type World } from '../world.ts';

/** What an operation can read and change. */
export type Context = {
  world: World;
  settings: Settings;
  pages: Pages;
  now: () => Date;
  caller: Caller;
  /** Notifies the page that the instance has changed. */
  changed: (instanceId: string) => void;
};

/** The instances of the caller's account in the Region of the signature. */
export function instancesOf({ world, caller }: Pick<Context, 'world' | 'caller'>): Instance[] {
  return [...world.instances.values()].filter(
    ({ account, region }) => account === caller.account && region === caller.region,
  );
}

/**
 * @param idOrArn as the caller sent it: both forms are documented
 * @throws ServiceError ResourceNotFoundException; also for an ARN of another account or Region (a guess)
 */
export function findInstance(
  context: Pick<Context, 'world' | 'caller'>,
  idOrArn: string | undefined,
): Instance {
  if (idOrArn === undefined) throw invalidRequest('Required parameter missing: InstanceId');
  const instance = instancesOf(context).find(
    (candidate) => candidate.id === idOrArn || instanceArn(candidate) === idOrArn,
  );
  if (!instance) {
    const { account, region } = context.caller;
    throw notFound(`Instance ${idOrArn} not found in account ${account}, Region ${region}`);
  }
  return instance;
}

/** @throws ServiceError ResourceNotFoundException; its text is a guess. */
export function findIn<Item>(items: ReadonlyMap<string, Item>, id: string, what: string): Item {
  const item = items.get(id);
  if (!item) throw notFound(`${what} ${id} not found`);
  return item;
}
