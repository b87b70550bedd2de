/** Characters that Postgres refuses, from every source of text: the row gets a finding, and no job hangs. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { postFile } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';
import { mary } from './stage.ts';

const user = (username: string, firstName: string) => ({
  Username: username,
  IdentityInfo: { FirstName: firstName, LastName: 'Lee', Email: `${username}@harbour.example` },
  PhoneConfig: { PhoneType: 'SOFT_PHONE' },
  RoutingProfile: 'Basic Routing Profile',
  SecurityProfiles: ['Agent'],
});

describe('text that Postgres cannot store', { concurrency: 2 }, () => {
  test('makes findings of its rows in a JSON file, and the other rows can be requested', async (t) => {
    const { sandbox, tara, threadSays, log } = await startScenario(t);
    // JSON.stringify writes both characters as escapes, and files contain them in this form.
    const content = JSON.stringify([
      user('anna', 'An\0na'),
      user('ben', 'Ben\ud83d'),
      user('cleo', 'Cleo'),
    ]);
    assert.match(content, /\\u0000.*\\ud83d/);
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: '<@U0BOT> please',
      name: 'november.json',
      content,
    });
    const offer = await threadSays(posted, /can’t be displayed|can.t be shown/);
    assert.match(offer.text, /1 row/);
    assert.match(offer.text, /2 rows/);
    assert.doesNotMatch(log(), /a job failed|22P05|22P02/);
  });

  test('shows an error at the field of the form or of the reason', async (t) => {
    const { sandbox, tara, ari, ask } = await startScenario(t);
    const form = await tara.openForm();
    const refused = await form.submit({ ...mary, 'First name': 'Ma\0ry', Reason: 'half \ud83d' });
    assert.equal(refused.outcome, 'errors', refused.detail);
    assert.deepEqual(Object.keys(refused.errors).toSorted(), ['First name', 'Reason']);
    await form.close();
    const asked = await ask(tara);
    await ari.press(asked, 'Deny');
    const asking = await ari.form();
    const [label = ''] = await asking.labels();
    const denied = await asking.submit({ [label]: 'no\0' });
    assert.equal(denied.outcome, 'errors');
    assert.match(denied.errors[label] ?? '', /can’t be displayed/);
    assert.equal(
      (await sandbox.wire('connect')).filter((call) => call.name === 'CreateUser').length,
      0,
    );
  });
});
