/** H4 (no secret leaks): a password is sent to Amazon Connect only, and is deleted with the outcome. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Eavesdropper, eavesdropOn } from './eavesdropper.ts';
import { type ScenarioOptions, startScenario } from './harness.ts';
import { mary, saidOnce } from './stage.ts';
import { wholeDatabase } from './whole-database.ts';
import { createsOf, everythingSaid } from './wire.ts';

type Ear = { heard?: Eavesdropper };

function withEar(t: Parameters<typeof startScenario>[0], ear: Ear): ScenarioOptions {
  return {
    logLevel: 'debug',
    connectUrl: async (url) => {
      ear.heard = await eavesdropOn(t, url);
      return ear.heard.url;
    },
  };
}

const typed = 'Tr0ub4dor-and-3-horses';
describe('passwords', { concurrency: 3 }, () => {
  test('H4: a typed password arrives and is in no log, no message and no table in clear', async (t) => {
    const ear: Ear = {};
    const { tara, ari, sandbox, card, threadSays, database, log } = await startScenario(
      t,
      withEar(t, ear),
    );
    const form = await tara.openForm();
    await form.set('Password', 'Type one');
    const wrong = { ...mary, Username: 'jdoe', 'Their first password': typed };
    assert.equal((await form.submit(wrong)).outcome, 'errors');
    assert.equal((await form.submit({ Username: 'Mary' })).outcome, 'closed');
    const asked = await card(/password typed by the requester/);

    const stored = 'select password_cipher from rows';
    const [waiting] = await database.query(stored);
    assert.ok(Buffer.isBuffer(waiting?.password_cipher), 'sealed while the request waits');
    assert.ok(!(await wholeDatabase(database)).includes(typed));
    assert.ok(!(await wholeDatabase(database)).includes(Buffer.from(typed).toString('hex')));

    await ari.press(asked, 'Approve');
    await card(/✅ 1 created/);
    const receipt = await threadSays(asked, /with the password that was typed into the form/);
    assert.ok(!receipt.text.includes(typed));
    await tara.isSent(/is ready in production/);
    assert.deepEqual(ear.heard?.passwords, [typed]);

    const [ended] = await database.query(stored);
    assert.equal(ended?.password_cipher, null, 'deleted with the outcome');
    assert.ok(!(await wholeDatabase(database)).includes(typed));
    assert.ok(!log().includes(typed), 'not in the log, at level debug');
    assert.ok(!(await everythingSaid(sandbox)).includes(typed), 'in no call and no answer');
  });

  test('H4: a typed password is gone when the request is denied, cancelled or found to be wrong', async (t) => {
    const { tara, ari, card, database } = await startScenario(t);
    const ask = async (username: string) => {
      const form = await tara.openForm();
      await form.set('Password', 'Type one');
      const values = { ...mary, Username: username, 'Their first password': typed };
      assert.equal((await form.submit(values)).outcome, 'closed');
      return card(new RegExp(`\\(${username}\\).*Needs 1 approval`, 's'));
    };
    await ari.deny(await ask('mary1'), 'not now');
    await tara.press(await ask('mary2'), 'Withdraw');
    await card(/mary1.*Denied by/s);
    await card(/mary2.*Withdrawn by/s);
    const ciphers = await database.query('select password_cipher from rows');
    assert.deepEqual(
      ciphers.map((row) => row.password_cipher),
      [null, null],
    );
  });

  test('H4: a generated password never leaves the function that sends it', async (t) => {
    const ear: Ear = {};
    const scenario = await startScenario(t, withEar(t, ear));
    const { tara, ari, sandbox, ask, database, log } = scenario;
    const asked = await ask(tara);
    // Sent twice, because after the first answer the outcome is unclear.
    await sandbox.fault({ on: 'connect', kind: 'html-502', operation: 'CreateUser' });
    await ari.press(asked, 'Approve');
    await saidOnce(scenario);
    assert.equal(await createsOf(sandbox, 'Mary'), 2);
    const [first, second, ...more] = ear.heard?.passwords ?? [];
    assert.ok(first && second && first !== second, 'each send makes one of its own');
    assert.deepEqual(more, []);
    const places = [await wholeDatabase(database), log(), await everythingSaid(sandbox)];
    for (const password of [first, second]) {
      assert.match(password, /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)\S{8,64}$/);
      for (const place of places) assert.ok(!place.includes(password));
    }
  });

  test('H4: Connect echoing the password in an error does not bring it into the thread', async (t) => {
    const { tara, ari, sandbox, card, threadSays, database, log } = await startScenario(t);
    const form = await tara.openForm();
    await form.set('Password', 'Type one');
    await form.submit({ ...mary, 'Their first password': typed });
    const asked = await card(/Needs 1 approval/);
    await sandbox.fault({
      on: 'connect',
      kind: 'error',
      operation: 'CreateUser',
      error: 'InvalidParameterException',
      message: `The password ${typed} is too weak`,
    });
    await ari.press(asked, 'Approve');
    const receipt = await threadSays(asked, /refused these values/);
    assert.match(receipt.text, /The password \(password\) is too weak/);
    await tara.isSent(/The password \(password\) is too weak/);
    const said = JSON.stringify(await sandbox.wire('web-api'));
    for (const place of [await wholeDatabase(database), log(), said])
      assert.ok(!place.includes(typed));
  });

  test('without a key to seal them with, no password can be typed', async (t) => {
    const { tara } = await startScenario(t, {
      config: ({ secretsKey: _key, ...config }) => config,
    });
    const form = await tara.openForm();
    assert.ok(!(await form.labels()).includes('Password'));
  });

  test('a password sealed with another key fails that row and says what to do', async (t) => {
    const scenario = await startScenario(t);
    const { database } = scenario;
    const { tara, ari, card, threadSays, sandbox } = scenario;
    const form = await tara.openForm();
    await form.set('Password', 'Type one');
    await form.submit({ ...mary, 'Their first password': typed });
    const asked = await card(/Needs 1 approval/);
    // A seal that was made with another key does not open.
    await database.tamper(
      'update rows set password_cipher = set_byte(password_cipher, 20, 255 - get_byte(password_cipher, 20))',
    );
    await ari.press(asked, 'Approve');
    await threadSays(asked, /can’t be decrypted anymore, because SECRETS_KEY has changed/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
  });
});
