/** The App Home of one person, rendered from the database. */
import type { WebClient } from '@slack/web-api';
import { type HomePages, homeView } from '../../messages/home/home.ts';
import { createPerUserQueue } from '../../pacing/per-user-queue.ts';
import type { Services } from '../../services.ts';
import { retryOnRateLimit } from '../../slack/retry-on-rate-limit.ts';
import type { Tx } from '../../storage/database.ts';
import { readHealth } from '../overview/read-health.ts';
import {
  instancesToDecide,
  readOwnRequests,
  readWaitingFor,
  whyMayNotSeeRequests,
} from '../overview/read-overview.ts';
import { readHomeViewer, readHomeViewersOf, rememberHomeViewer } from '../store/home-store.ts';
import { readUsablePresets } from '../submit/permitted-instances.ts';

const requestsOnPage = 8;
const waitingOnPage = 8;
/** The person who opened the Home sees the old version until then. */
const longestWaitMs = 10_000;
/** A person who has not opened the Home for this long sees the current version when they open it. */
const viewersKeptMs = 14 * 24 * 3600_000;

/** Shows the Home in its current state, and records who looks at it. */
async function publishHome(
  services: Services,
  client: WebClient,
  personId: string,
  pages: HomePages,
): Promise<void> {
  const decidesIn = await instancesToDecide(services, personId, { fresh: false });
  const isShown = (await whyMayNotSeeRequests(services, personId, { fresh: false })) === null;
  const operates = isShown && services.config.operators.includes(personId);
  const [own, waiting, health, presets] = await Promise.all([
    isShown
      ? readOwnRequests(services, personId, { page: pages.page, size: requestsOnPage })
      : { requests: [], more: false },
    readWaitingFor(services, personId, decidesIn, {
      page: pages.waitingPage,
      size: waitingOnPage,
    }),
    readHealth(services, operates ? [...services.instanceClients.keys()] : decidesIn),
    readUsablePresets(services, personId),
  ]);
  if (waiting.requests.length === 0 && pages.waitingPage > 0) {
    // The requests on that page are decided by now.
    return publishHome(services, client, personId, { ...pages, waitingPage: 0 });
  }
  const view = homeView({
    ...own,
    waiting: waiting.requests,
    moreWaiting: waiting.more,
    decides: decidesIn.length > 0,
    health,
    presets,
    ...pages,
  });
  await rememberHomeViewer(services.db, { personId, at: services.now(), decidesIn, ...pages });
  const publish = () => client.views.publish({ user_id: personId, view });
  await retryOnRateLimit(publish, { longestWaitMs });
}

/** Shows the App Home to the person who opens it or turns its pages. */
export type ShowHome = (client: WebClient, personId: string, pages: HomePages) => Promise<void>;

/**
 * One person's Home is published once at a time, and once more in its last requested state, so that a person who
 * opens it hundreds of times delays nobody else.
 */
export function createShowHome(services: Services): ShowHome {
  const queue = createPerUserQueue(1);
  const wanted = new Map<string, HomePages>();
  return async (client, personId, pages) => {
    wanted.set(personId, pages);
    await queue.run(personId, async () => {
      const last = wanted.get(personId);
      wanted.delete(personId);
      if (last) await publishHome(services, client, personId, last);
    });
  };
}

/**
 * Shows the Home again, at the page that its person looks at; does nothing for a person who has not opened it
 * recently.
 */
export async function refreshHome(
  services: Services,
  client: WebClient,
  personId: string,
): Promise<void> {
  const after = new Date(services.now().getTime() - viewersKeptMs);
  const viewer = await readHomeViewer(services.db, personId, after);
  if (viewer) await publishHome(services, client, personId, viewer);
}

/** Adds a job for every Home that shows this request. */
export async function refreshHomes(services: Services, requestId: number): Promise<void> {
  const after = new Date(services.now().getTime() - viewersKeptMs);
  const people = await readHomeViewersOf(services.db, requestId, after);
  if (people.length === 0) return;
  await services.db.transaction().execute(async (tx: Tx) => {
    for (const personId of people) {
      await services.jobs.enqueue(tx, { queue: 'home', data: { personId } });
    }
  });
}
