/** A person whose email address does not identify them selects their Connect user, and an admin confirms it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Message } from '../../sandbox/api/messages.ts';
import { startScenario } from './harness.ts';
import { generalChannel } from './person.ts';
import { eventually, type SandboxCalls } from './sandbox-calls.ts';
import { type Seen, seen } from './seen.ts';
import { mary } from './stage.ts';

const question = /says: I am the Connect user/;

/** Bea's email address in Slack differs from the one in Connect. */
async function moveAddress(sandbox: SandboxCalls, id = 'U0BEA'): Promise<void> {
  await sandbox.call('POST', '/people', { id, email: 'b.berg@harbour.example' });
}

/** The ephemeral messages for this person in #general. */
async function ephemerals(sandbox: SandboxCalls, user: string): Promise<Seen[]> {
  const query = `user=${user}&channel=${generalChannel}`;
  const { messages } = await sandbox.call<{ messages: Message[] }>('GET', `/messages?${query}`);
  return messages.map(seen).filter((message) => message.ephemeral);
}

describe('an identity link', { concurrency: 2 }, () => {
  test('is requested, confirmed by an admin, listed and removed: rights come and go with it', async (t) => {
    const { tara, bea, ari, sam, card, ask, database, sandbox } = await startScenario(t);
    await moveAddress(sandbox);
    const waiting = await ask(tara);
    await bea.press(waiting, 'Approve');
    await bea.isTold(/I can’t tell which user in production you are.*\/connect-add-user link/s);

    await bea.command('link nobody.here');
    await bea.isTold(/production has no user “nobody\.here”/, generalChannel);
    await bea.command('link bea');
    await bea.isTold(/An admin has to confirm that you are “bea” in production/, generalChannel);
    const posted = await card(question);
    assert.match(
      posted.text,
      /^Bea Berg \(@U0BEA\) says: I am the Connect user bea\.\nInstance production\nName in Connect .+\nSecurity profiles \S/,
    );

    // A requested link is not confirmed yet, and only another admin can confirm it.
    await bea.press(posted, 'Confirm');
    await bea.isTold(/Nobody confirms a link of their own/);
    await sam.press(posted, 'Confirm');
    await sam.isTold(/Links in production are for people who hold Users – Create/);
    assert.equal((await card(question)).ts, posted.ts);
    await Promise.all([ari.press(posted, 'Confirm'), ari.press(posted, 'Confirm')]);
    await card(/Ari Admin confirmed that Bea Berg is bea in production/);
    await bea.isSent(/Ari Admin confirmed that Bea Berg is bea/);
    await bea.press(waiting, 'Approve');
    await card(/✅ 1 created/);
    await bea.command('link bea');
    await bea.isTold(/I know you as “bea” in production already/, generalChannel);

    await sam.command('links');
    await sam.isTold(/Nobody is linked/, generalChannel);
    await ari.command('links');
    const list = await eventually('the list', async () =>
      (await ephemerals(sandbox, ari.id)).find(({ text }) => /is bea in production/.test(text)),
    );
    await sam.press(list, 'Remove', generalChannel).catch(() => null);
    await ari.press(list, 'Remove', generalChannel);
    // The bot is not a member of #general.
    await ari.isSent(/Bea Berg is no longer linked to “bea”/);
    await bea.isSent(/Ari Admin removed the link of Bea Berg to bea in production/);
    const next = await ask(tara, { ...mary, 'First name': 'Nia', Username: 'nia' });
    await bea.press(next, 'Approve');
    await eventually('she holds nothing anymore', async () => {
      const told = await bea.told();
      return told.filter((text) => /I can’t tell which user/.test(text)).length === 2;
    });
    const events = await database.query(
      `select kind, actor from audit_events where kind like 'link-%' order by id`,
    );
    assert.deepEqual(
      events.map(({ kind, actor }) => `${kind} ${actor}`),
      ['link-asked U0BEA', 'link-confirmed U0ARI', 'link-removed U0ARI'],
    );
  });

  test('is not confirmed for the admin’s own user, or for a user that is linked to a different person', async (t) => {
    const { bea, ari, card, sandbox, database } = await startScenario(t);
    await moveAddress(sandbox);
    await bea.command('link ari.admin');
    const posted = await card(question);
    // The link would give Ari's own user to Bea, so Ari cannot decide it.
    await ari.press(posted, 'Confirm');
    await ari.isTold(/Nobody confirms a link of their own/);
    await ari.press(posted, 'Refuse');
    await ari.isTold(/Nobody confirms a link of their own/);
    // A person who requested the wrong user can request another one after a waiting time.
    await database.query(`update identity_links set asked_at = asked_at - interval '3 minutes'`);
    await bea.command('link sam');
    const second = await eventually('the second question', async () =>
      (await ari.messages()).find(({ text }) => /Connect user sam\./.test(text)),
    );
    await ari.press(second, 'Confirm');
    await ari.isTold(/Sam .* is the user “sam” already/);
    await ari.press(second, 'Refuse');
    await card(/Ari Admin refused that Bea Berg is sam in production/);
    assert.deepEqual(
      await database.query(`select 1 from identity_links where state = 'confirmed'`),
      [],
    );
  });
});
