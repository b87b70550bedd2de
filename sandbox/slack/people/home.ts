/** Opening the App Home tab. */
import type { View } from '../../api/views.ts';
import { bot } from '../../seed.ts';
import { homeOpened } from '../events.ts';
import type { JsonObject } from '../json.ts';
import { shownView } from '../views.ts';
import type { World } from '../world.ts';
import { personOf } from './person.ts';
import { Problem } from './problem.ts';

/** How long a first visit waits for the bot to publish; later visits show the current view immediately. */
const firstVisitMs = 3000;

export async function openHome(world: World, body: JsonObject): Promise<{ view: View | null }> {
  const person = personOf(world, body.user);
  if (!world.app.homeTab) throw new Problem(404, 'no_home', 'the app has no Home tab (app_home)');
  const known = world.views.home(person.id);
  const { conversation } = world.channels.direct([person.id, bot.userId]);
  const published = known ? Promise.resolve() : firstPublish(world, person.id);
  homeOpened(world, person.id, conversation.id, known);
  await published;
  return readHome(world, person.id);
}

/** The Home tab in its current state, without an event to the bot. */
export function readHome(world: World, user: string | null): { view: View | null } {
  const person = personOf(world, user);
  const view = world.views.home(person.id);
  return { view: view ? shownView(view) : null };
}

function firstPublish(world: World, user: string): Promise<void> {
  if (!world.app.events.has('app_home_opened')) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(done, firstVisitMs);
    timer.unref();
    const stop = world.live.listen({
      user,
      send: (event) => {
        if (event.type === 'home') done();
      },
    });
  });
}
