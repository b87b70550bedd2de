/** Requests one user with the form, and retries as often as needed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Person, somebody } from '../test/scenarios/person.ts';
import type { PersonActions } from './people.ts';
import type { PlannedRequest, PlannedRow } from './planned-requests.ts';

const tries = 12;
/** How long to wait before the command is sent again. */
const pauseMs = 1_500;
/** How often Submit is pressed when Slack reports that the app did not respond. */
const submits = 3;

export async function submitForm(
  actions: PersonActions,
  request: PlannedRequest,
  onAcknowledged: (username: string) => void,
): Promise<void> {
  const person = somebody(actions.sandbox, request.by);
  const [row] = request.rows;
  if (!row) return;
  let isOver = false;
  for (let attempt = 1; attempt <= tries && !isOver && !actions.signal.aborted; attempt++) {
    await actions.withModal(request.by, async () => {
      const sent = await fillIn(person, row);
      if (sent === 'closed') onAcknowledged(row.username);
      isOver = sent !== 'again';
    });
    if (!isOver) await sleep(pauseMs, undefined, { signal: actions.signal }).catch(() => {});
  }
  if (!isOver) throw new Error(`nobody got through with request ${request.number}`);
}

async function fillIn(person: Person, row: PlannedRow): Promise<'closed' | 'over' | 'again'> {
  const form = await person.openForm();
  if (row.password !== null) await form.set('Password', 'Type one');
  let sent = await form.submit({
    'First name': row.firstName,
    'Last name': row.username,
    Username: row.username,
    Email: row.email,
    'Routing profile': row.routing,
    'Security profiles': [row.security],
    ...(row.password === null ? {} : { 'Their first password': row.password }),
    Reason: 'a new colleague',
  });
  for (let more = 1; more < submits && /^(timeout|error)$/.test(sent.outcome); more++) {
    sent = await form.submit();
  }
  if (sent.outcome === 'closed') return 'closed';
  // An earlier attempt succeeded although Slack reported that it had failed.
  return /exists already/.test(JSON.stringify(sent.errors)) ? 'over' : 'again';
}
