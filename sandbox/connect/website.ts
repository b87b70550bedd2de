/** Changes that an admin makes on the Amazon Connect website, independently of the bot. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SandboxProblem } from './problem.ts';
import { instanceNamed } from './state.ts';
import { type Instance, type User, userNamed, type World } from './world.ts';

const changeSchema = z.strictObject({
  instance: z.string(),
  action: z.enum([
    'delete-routing-profile',
    'delete-security-profile',
    'set-permissions',
    'add-user',
    'delete-user',
    'set-user-profiles',
  ]),
  id: z.string().optional(),
  permissions: z.array(z.string().min(1).max(128)).max(500).optional(),
  user: z
    .strictObject({
      username: z.string().min(1).max(100),
      securityProfileIds: z.array(z.string()).min(1).max(10).optional(),
      routingProfileId: z.string().optional(),
      email: z.string().optional(),
    })
    .optional(),
});
type Change = z.infer<typeof changeSchema>;

/**
 * Profiles and users can be given by name or by id. The website refuses to delete a profile that is in use; here it
 * is deleted, because tests need a profile that has disappeared.
 *
 * @returns the id of the changed instance
 * @throws SandboxProblem 400 for an incomplete change, 404 for an unknown item
 */
export function changeOnWebsite(world: World, given: unknown, now: Date): string {
  const parsed = changeSchema.safeParse(given);
  if (!parsed.success) {
    throw new SandboxProblem(400, 'invalid_change', z.prettifyError(parsed.error));
  }
  const change = parsed.data;
  const instance = instanceNamed(world, change.instance);
  switch (change.action) {
    case 'delete-routing-profile':
      instance.routingProfiles.delete(findNamed(instance.routingProfiles, change.id).id);
      break;
    case 'delete-security-profile':
      instance.securityProfiles.delete(findNamed(instance.securityProfiles, change.id).id);
      break;
    case 'set-permissions': {
      const profile = findNamed(instance.securityProfiles, change.id);
      profile.permissions = [...new Set(needed('permissions', change.permissions))];
      profile.modifiedAt = now;
      break;
    }
    case 'add-user':
      addUser(instance, needed('user', change.user), now);
      break;
    case 'delete-user':
      instance.users.delete(findUser(instance, change).id);
      break;
    case 'set-user-profiles':
      setProfiles(instance, findUser(instance, change), needed('user', change.user), now);
      break;
  }
  return instance.id;
}

function addUser(instance: Instance, given: NonNullable<Change['user']>, now: Date): void {
  if (userNamed(instance, given.username)) {
    throw new SandboxProblem(409, 'user_exists', `There is a user '${given.username}' already`);
  }
  const user: User = {
    id: randomUUID(),
    username: given.username,
    identityInfo: { FirstName: given.username, LastName: 'Website' },
    hasPassword: instance.identity === 'CONNECT_MANAGED',
    routingProfileId: '',
    securityProfileIds: [],
    phone: { PhoneConfig: { PhoneType: 'SOFT_PHONE' } },
    tags: {},
    proficiencies: [],
    createdAt: now,
    modifiedAt: now,
  };
  setProfiles(
    instance,
    user,
    {
      ...given,
      routingProfileId: given.routingProfileId ?? 'Basic Routing Profile',
      securityProfileIds: given.securityProfileIds ?? ['Agent'],
    },
    now,
  );
  instance.users.set(user.id, user);
}

function setProfiles(
  instance: Instance,
  user: User,
  given: NonNullable<Change['user']>,
  now: Date,
): void {
  if (given.securityProfileIds) {
    user.securityProfileIds = given.securityProfileIds.map(
      (id) => findNamed(instance.securityProfiles, id).id,
    );
  }
  if (given.routingProfileId !== undefined) {
    user.routingProfileId = findNamed(instance.routingProfiles, given.routingProfileId).id;
  }
  if (given.email !== undefined) {
    user.identityInfo = { ...user.identityInfo, Email: given.email };
  }
  user.modifiedAt = now;
}

function findUser(instance: Instance, { id, user }: Change): User {
  const wanted = id ?? user?.username;
  if (wanted === undefined) throw missing('id');
  const found = instance.users.get(wanted) ?? userNamed(instance, wanted);
  if (!found) throw new SandboxProblem(404, 'no_such_user', `There is no user '${wanted}'`);
  return found;
}

function findNamed<Item extends { id: string; name: string }>(
  items: ReadonlyMap<string, Item>,
  idOrName: string | undefined,
): Item {
  const wanted = needed('id', idOrName);
  const found = items.get(wanted) ?? [...items.values()].find(({ name }) => name === wanted);
  if (!found) throw new SandboxProblem(404, 'no_such_profile', `There is no profile '${wanted}'`);
  return found;
}

function needed<Value>(name: string, value: Value | undefined): Value {
  if (value === undefined) throw missing(name);
  return value;
}

const missing = (name: string) =>
  new SandboxProblem(400, 'invalid_change', `This change needs '${name}'`);
