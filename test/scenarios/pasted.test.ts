/** `aws connect create-user`, pasted after the slash command, opens a filled-in form. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createUserExample } from '../users/pasted/example.ts';
import { startScenario } from './harness.ts';
import { generalChannel } from './person.ts';
import { everythingSaid } from './wire.ts';

describe('a pasted command', { concurrency: 2 }, () => {
  test('AWS’s own example opens the form filled in, without its password', async (t) => {
    const { tara, ari, card, sandbox, log, database } = await startScenario(t);
    await tara.command(createUserExample);
    await tara.isTold(/I threw the password in your command away/, generalChannel);
    await tara.isTold(/“AutoAccept” is left out/, generalChannel);
    const form = await tara.form();
    const filled = Object.fromEntries(
      await Promise.all(
        [
          'First name',
          'Last name',
          'Username',
          'Security profiles',
          'Routing profile',
          'Desk phone number',
        ].map(async (label) => [label, await form.valueOf(label)] as const),
      ),
    );
    assert.deepEqual(filled, {
      'First name': 'Mary',
      'Last name': 'Major',
      Username: 'Mary',
      'Security profiles': ['Agent'],
      'Routing profile': 'Basic Routing Profile',
      'Desk phone number': '+15555551212',
    });
    assert.deepEqual((await form.submit({ Email: 'mary@example.com' })).errors, {});
    await ari.press(await card(/Mary Major/), 'Approve');
    await card(/✅ 1 created/);
    const [sent] = (await sandbox.wire('connect')).filter(({ name }) => name === 'CreateUser');
    assert.match(JSON.stringify(sent), /DESK_PHONE.*15555551212/);
    const kept = JSON.stringify([await database.query('select * from requests'), log()]);
    assert.doesNotMatch(kept, /Pass@Word1/);
  });

  test('is recognized by its options, wherever its lines end', async (t) => {
    const { tara, sandbox } = await startScenario(t);
    const behind = createUserExample.replace('aws connect create-user', '');
    for (const text of [behind, behind.replaceAll('\n', ' '), `please ${behind}`]) {
      await tara.command(text);
      if (text.startsWith('please')) continue;
      const form = await tara.form();
      assert.equal(await form.valueOf('Username'), 'Mary');
      assert.equal(await form.valueOf('Routing profile'), 'Basic Routing Profile');
      await form.close();
    }
    await tara.isTold(/“please”/, generalChannel);
    assert.doesNotMatch(await everythingSaid(sandbox), /Pass@Word1/);
  });

  test('options without a meaning here are reported, and an incomplete command names the broken option', async (t) => {
    const { tara } = await startScenario(t);
    await tara.command(
      '--username Mary --routing-profile-id Nonsense --security-profile-ids Agent',
    );
    await tara.isTold(/There is no routing profile “Nonsense” in production/, generalChannel);
    const form = await tara.form();
    assert.equal(await form.valueOf('Username'), 'Mary');
    await form.close();
    await tara.command('--username Mary --instance-id 00000000-1111-2222-3333-444444444444');
    await tara.notice(/is no instance that you can request users for/);
    await tara.command('--identity-info FirstName=Mary,Last');
    await tara.isTold(/The value of “--identity-info” breaks off: “=” is expected/, generalChannel);
    await tara.command('--username Mary --password Pass@Word1 --ph');
    await tara.isTold(
      /“--ph” is no option[\s\S]*I threw the password in your command/,
      generalChannel,
    );
  });
});
