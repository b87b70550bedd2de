/** Requesting one user by the form, as often as it takes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Person, somebody } from '../test/scenarios/person.ts';
import type { Ask, AskRow } from './asks.ts';
import type { Hands } from './crew.ts';

const tries = 12;
/** Before the next try: the person types the command again. */
const pauseMs = 1_500;
/** How often Submit is pressed when Slack says that the app did not answer. */
const submits = 3;

export async function askByForm(
  hands: Hands,
  ask: Ask,
  onAcknowledged: (username: string) => void,
): Promise<void> {
  const person = somebody(hands.sandbox, ask.by);
  const [row] = ask.rows;
  if (!row) return;
  let isOver = false;
  for (let attempt = 1; attempt <= tries && !isOver && !hands.signal.aborted; attempt++) {
    await hands.withModal(ask.by, async () => {
      const sent = await fillIn(person, row);
      if (sent === 'closed') onAcknowledged(row.username);
      isOver = sent !== 'again';
    });
    if (!isOver) await sleep(pauseMs, undefined, { signal: hands.signal }).catch(() => {});
  }
  if (!isOver) throw new Error(`nobody got through with ask ${ask.number}`);
}

async function fillIn(person: Person, row: AskRow): Promise<'closed' | 'over' | 'again'> {
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
  // An earlier try came through although Slack said that it had not.
  return /exists already/.test(JSON.stringify(sent.errors)) ? 'over' : 'again';
}
