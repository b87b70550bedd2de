import { accountId, region } from '../../seed.ts';
import type { Pages } from '../pages.ts';
import { invalidRequest, notFound } from '../protocol/errors.ts';
import type { Settings } from '../settings.ts';
import { type Instance, instanceArn, type World } from '../world.ts';

/** What an operation may look at and touch. */
export type Context = {
  world: World;
  settings: Settings;
  pages: Pages;
  now: () => Date;
  /** Tells whoever shows the instance that it looks different now. */
  changed: (instanceId: string) => void;
};

/**
 * @param idOrArn as the caller sent it: both forms are documented.
 * @throws ServiceError ResourceNotFoundException; also for an ARN of another account or Region (a guess).
 */
export function findInstance(world: World, idOrArn: string | undefined): Instance {
  if (idOrArn === undefined) throw invalidRequest('Required parameter missing: InstanceId');
  const prefix = instanceArn('');
  const id = idOrArn.startsWith(prefix) ? idOrArn.slice(prefix.length) : idOrArn;
  const instance = world.instances.get(id);
  if (!instance) {
    throw notFound(`Instance ${idOrArn} not found in account ${accountId}, Region ${region}`);
  }
  return instance;
}

/** @throws ServiceError ResourceNotFoundException; its text is a guess. */
export function findIn<Item>(items: ReadonlyMap<string, Item>, id: string, what: string): Item {
  const item = items.get(id);
  if (!item) throw notFound(`${what} ${id} not found`);
  return item;
}
