/** Files from other systems: their sender chooses once which column is which. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileIn, postFile } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';

const mention = '<@U0BOT> please';
const header = 'Employee ID,Given Name,Surname,Work Email,Job Profile';

function hrFile(...usernames: string[]): string {
  const rows = usernames.map(
    (name, at) => `${4711 + at},Nia,${name},${name}@harbour.example,Customer Care Specialist`,
  );
  return [header, ...rows, ''].join('\r\n');
}

describe('a file from an HR system', { concurrency: 2 }, () => {
  test('is read once its sender told which column is which, and so is the next one', async (t) => {
    const { sandbox, tara, ari, card, threadSays } = await startScenario(t);
    const handIn = (content: string) =>
      postFile(sandbox, tara.id, { channel: requestsChannel, text: mention, content });
    const posted = await handIn(hrFile('anna', 'ben'));
    const refused = await threadSays(posted, /header (row doesn’t|does not) have/);
    assert.match(refused.text, /Choose the columns here, or correct the file and upload it\.$/);
    assert.deepEqual(refused.buttons, ['Choose the columns', 'Upload corrected file']);

    await ari.press(refused, 'Choose the columns');
    await ari.notice(/Only Tara Lead/);
    await tara.press(refused, 'Choose the columns');
    const form = await tara.form();
    assert.equal(await form.valueOf('First name'), 'Given Name', 'what is known is chosen already');
    assert.equal(await form.valueOf('Last name'), 'Surname');
    assert.equal(await form.valueOf('Email'), 'Work Email');

    // A mapping without a required column shows the error at the fields.
    const left = await form.submit();
    assert.match(left.errors.Username ?? '', /needs a username/);
    assert.match(left.errors['Routing profile'] ?? '', /needs a routing profile.*one for all rows/);
    assert.match(left.errors['Security profiles'] ?? '', /needs a security profile/);
    const sent = await form.submit({
      'Last name': 'Surname',
      Username: 'Work Email',
      '… or one routing profile for all rows': 'Basic Routing Profile',
      '… or one security profile for all rows': 'Agent',
    });
    assert.deepEqual(sent.errors, {});

    const offer = await threadSays(posted, /2 rows (are|need)/);
    assert.equal(offer.ts, refused.ts, 'the same request goes on');
    assert.match(offer.text, /as you told me for this header: .*“Given Name”/);
    assert.match(offer.text, /2 rows are ready to request/);
    await tara.press(offer, 'Request 2 users');
    await ari.press(await card(/requests 2 users/), 'Approve 2');
    await card(/✅ 2 created/);
    const user = await sandbox.connectUser('anna@harbour.example');
    assert.equal(user?.routingProfile, 'Basic Routing Profile');

    // The mapping is remembered for this header and person only.
    const next = await handIn(hrFile('cleo'));
    await threadSays(next, /1 row is ready to request/);
    const report = await fileIn(sandbox, () => ari.thread(next), /report\.csv$/);
    assert.match(report, /^Given Name,Surname,Work Email,user login,routing profile name/);
    assert.doesNotMatch(report, /Employee ID|4711/, 'columns that are not read are kept nowhere');
    const others = await postFile(sandbox, ari.id, {
      channel: requestsChannel,
      text: mention,
      content: hrFile('dora'),
    });
    await threadSays(others, /header (row doesn’t|does not) have/);
  });

  test('gets one preset for all rows, and what the preset sets needs no column', async (t) => {
    const { sandbox, tara, ari, card, threadSays } = await startScenario(t);
    const content = hrFile('anna', 'ben');
    const file = { channel: requestsChannel, text: mention, content };
    const posted = await postFile(sandbox, tara.id, file);
    await tara.press(await threadSays(posted, /does not have/), 'Choose the columns');
    const form = await tara.form();
    const sent = await form.submit({ 'One preset for all rows': 'Tier 1 support' });
    assert.deepEqual(sent.errors, {});
    const offer = await threadSays(posted, /2 rows are ready to request/);
    assert.match(offer.text, /preset: Tier 1 support for all/);
    await tara.press(offer, 'Request 2 users');
    await ari.press(await card(/requests 2 users/), 'Approve 2');
    await card(/✅ 2 created/);
    const user = await sandbox.connectUser('nia.anna');
    assert.equal(user?.routingProfile, 'Basic Routing Profile');
    assert.deepEqual(user?.securityProfiles, ['Agent']);
    // It is remembered with the other choices, for this header and person.
    const next = await postFile(sandbox, tara.id, { ...file, content: hrFile('cleo') });
    await threadSays(next, /1 row is ready to request/);
  });

  test('H4: a first row that holds a password is never taken for a header that one can map', async (t) => {
    const { sandbox, tara, threadSays, database } = await startScenario(t);
    const content =
      'Nia,Anna,anna@harbour.example,Tr0ub4dor-and-3\r\nNia,Ben,ben@harbour.example,x\r\n';
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: mention,
      content,
    });
    const refused = await threadSays(posted, /header (row doesn’t|does not) have/);
    assert.deepEqual(refused.buttons, ['Upload corrected file']);
    const [file] = await database.query('select headers from request_files');
    assert.equal(file?.headers, null);
  });
});
