/** The App Home of one person, rendered from the database. */
import type { WebClient } from '@slack/web-api';
import { readAuthority } from '../../auth/authority.ts';
import { USERS_CREATE } from '../../auth/verdicts.ts';
import { ConnectReadError } from '../../connect/gateway.ts';
import { type HomeRequest, homeView } from '../../messages/home.ts';
import type { Services } from '../../services.ts';
import { messageUrl } from '../../slack/message-url.ts';
import type { Tx } from '../../storage/database.ts';
import {
  type HomeRecord,
  readHomeRequests,
  readHomeViewer,
  readHomeViewersOf,
  readWaiting,
  rememberHomeViewer,
} from '../store/home-store.ts';

const requestsOnPage = 8;
const waitingShown = 10;
/** Whoever did not open the Home for this long sees it again when they do. */
const viewersKeptMs = 14 * 24 * 3600_000;

/** Shows the Home as it is now, and remembers who looks at it. `page` counts from 0. */
export async function publishHome(
  services: Services,
  client: WebClient,
  personId: string,
  page: number,
): Promise<void> {
  const decidesIn = await instancesToDecide(services, personId);
  const offset = page * requestsOnPage;
  // One more than is shown tells whether there is another page.
  const limit = requestsOnPage + 1;
  const [own, waiting] = await Promise.all([
    readHomeRequests(services.db, personId, { offset, limit }),
    readWaiting(services.db, personId, decidesIn, waitingShown),
  ]);
  const view = homeView({
    requests: own.slice(0, requestsOnPage).map((record) => homeRequest(services, record)),
    waiting: waiting.map((record) => homeRequest(services, record)),
    decides: decidesIn.length > 0,
    page,
    more: own.length > requestsOnPage,
  });
  await rememberHomeViewer(services.db, { personId, at: services.now(), decidesIn, page });
  await client.views.publish({ user_id: personId, view });
}

function homeRequest(services: Services, record: HomeRecord): HomeRequest {
  const { card_channel: channel, card_ts: ts } = record;
  const user = record.new_user ?? record.draft;
  return {
    id: record.id,
    instance: record.instance,
    state: record.state,
    requesterName: record.requester_name,
    contentHash: record.approved_hash,
    createdAt: record.created_at,
    firstUser: user
      ? {
          username: user.username ?? '',
          ...(user.firstName ? { firstName: user.firstName } : {}),
          ...(user.lastName ? { lastName: user.lastName } : {}),
        }
      : null,
    file: record.file,
    rows: record.rows,
    created: record.created,
    failed: record.failed,
    cancelled: record.cancelled,
    cardUrl: channel && ts ? messageUrl(services.people.home, channel, ts) : null,
  };
}

/** Where this person holds Users – Create, as far as is known; nothing is decided by it. */
async function instancesToDecide(services: Services, personId: string): Promise<string[]> {
  const person = await services.people.person(personId);
  if (!person) return [];
  const deps = { people: services.people, policy: services.config.identity };
  const found = await Promise.all(
    [...services.instanceClients.values()].map(async (instanceClient) => {
      try {
        const { holdings } = await readAuthority(deps, instanceClient, person, { fresh: false });
        return holdings?.permissions.has(USERS_CREATE) ? [instanceClient.config.alias] : [];
      } catch (error) {
        if (!(error instanceof ConnectReadError)) throw error;
        return [];
      }
    }),
  );
  return found.flat();
}

/** Shows the Home again, at the page that its person looks at; nothing for who has not opened it lately. */
export async function refreshHome(
  services: Services,
  client: WebClient,
  personId: string,
): Promise<void> {
  const after = new Date(services.now().getTime() - viewersKeptMs);
  const viewer = await readHomeViewer(services.db, personId, after);
  if (viewer) await publishHome(services, client, personId, viewer.page);
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
