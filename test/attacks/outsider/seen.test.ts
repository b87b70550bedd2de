/** The bot shows a person only those existing users that they could see in Amazon Connect. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startScenario } from '../../scenarios/harness.ts';
import { generalChannel } from '../../scenarios/person.ts';

test('a filled template leaves out users whom a tag or hierarchy limit hides from the person who requested it', async (t) => {
  const { sandbox, bea } = await startScenario(t);
  const { securityProfiles } = await sandbox.connect();
  const limited = securityProfiles.find(({ name }) => name === 'Berlin User Manager');
  await sandbox.website({
    instance: 'production',
    action: 'set-user-profiles',
    user: { username: 'bea', securityProfileIds: [String(limited?.id)] },
  });
  await bea.command('template csv like basic');
  await bea.isTold(/Nobody in production has “basic” in their name/, generalChannel);
  assert.deepEqual(
    (await bea.directMessages()).flatMap((message) => message.raw.files),
    [],
  );
});
