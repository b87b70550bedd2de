/** From the slash command to a user in Amazon Connect and the receipt in the thread, over both transports. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startScenario } from './harness.ts';
import { mary } from './stage.ts';
import { createsOf } from './wire.ts';

for (const transport of ['socket', 'http'] as const) {
  describe(`a request from the form over ${transport === 'socket' ? 'Socket Mode' : 'signed HTTP'}`, () => {
    test('a team lead requests a user, an admin approves, and Connect has exactly the typed values', async (t) => {
      const { sandbox, tara, ari, card, threadSays } = await startScenario(t, { transport });
      const form = await tara.openForm();
      await form.set('Phone', 'Desk phone');
      const sent = await form.submit({
        ...mary,
        'Desk phone number': '+1 555 555 1212',
        'After-call work (seconds)': '60',
        'Hierarchy group': 'Bristol / Sales / Team Osprey',
      });
      assert.equal(sent.outcome, 'closed', JSON.stringify(sent));

      const asked = await card(/Needs 1 approval/);
      assert.match(
        asked.text,
        /Tara Lead \(@U0TARA\) requests Mary Major \(Mary\) in production · CU-\d+/,
      );
      assert.match(
        asked.text,
        /Access Agent\nRouting Basic Routing Profile · Bristol \/ Sales \/ Team Osprey\nPhone desk phone/,
      );
      assert.match(asked.text, /Reason back-fill for J\. Ortiz/);
      assert.deepEqual(asked.buttons, ['Approve', 'Deny', 'Compare', 'Withdraw']);
      await tara.isSent(/is in #C0REQUESTS/);
      assert.equal(await sandbox.connectUser('Mary'), undefined, 'nothing before an approval');

      assert.equal((await ari.press(asked, 'Approve')).outcome, 'ok');
      const done = await card(/✅ 1 created · approved by Ari Admin/);
      assert.deepEqual(done.buttons, ['Evidence']);

      const user = await sandbox.connectUser('Mary');
      assert.ok(user);
      assert.partialDeepStrictEqual(user, {
        firstName: 'Mary',
        lastName: 'Major',
        email: 'mary.major@harbour.example',
        hasPassword: true,
        routingProfile: 'Basic Routing Profile',
        securityProfiles: ['Agent'],
        hierarchyGroup: ['Bristol', 'Sales', 'Team Osprey'],
        settings: {
          PhoneConfig: {
            PhoneType: 'DESK_PHONE',
            DeskPhoneNumber: '+15555551212',
            AfterContactWorkTimeLimit: 60,
          },
        },
      });

      // Creating took less than two seconds, so the approver and the result are in one reply.
      const receipt = await threadSays(asked, /is ready in production/);
      assert.match(
        receipt.text,
        /^Ari Admin approved \(holds Users – Create through Admin\)\.\n✅ Mary Major/,
      );
      assert.equal((await tara.thread(asked)).length, 1);
      assert.ok(receipt.text.includes(user.id));
      assert.ok(receipt.text.includes(user.arn));
      assert.match(
        receipt.text,
        /They sign in at https:\/\/\S+ as Mary and choose Forgot password/,
      );
      const direct = await tara.isSent(/is ready in production/);
      assert.ok(!direct.text.includes(user.arn), 'ids are on the card’s receipt');
      assert.equal(await createsOf(sandbox, 'Mary'), 1);
    });
  });
}
