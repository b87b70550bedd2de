/** The names that a composer completes. */
import type { Names } from '../mrkdwn.ts';
import type { World } from '../world.ts';

/** The entries of the composer's `@` and `#` lists. */
export function namesIn(world: World): Names {
  const people = world.roster.all().filter((person) => !person.deleted);
  const channels = world.channels.all().filter((channel) => channel.kind === 'public');
  return {
    people: new Map(people.map((person) => [person.name.toLowerCase(), person.id])),
    channels: new Map(channels.map((channel) => [channel.name, channel.id])),
    usergroups: new Map(world.roster.usergroups().map((group) => [group.handle, group.id])),
  };
}
