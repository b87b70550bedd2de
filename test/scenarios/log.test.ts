/** What the log contains about a request's life, and what it never contains. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { wayTo } from '../storage/outage.ts';
import { type Eavesdropper, eavesdropOn } from './eavesdropper.ts';
import { csv, postFile, rowOf } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';
import { eventually } from './sandbox-calls.ts';
import { mary } from './stage.ts';

const typed = 'Tr0ub4dor-and-3-horses';
/** All personal data of the new users in these requests, as typed and as stored. */
const personal =
  /Mary|Major|Zacharias|Quillfeather|mary\.|zach|harbour\.example|555|4567|back-fill|Ortiz|not before December/i;
/** Complete tokens of the sandbox, and the patterns of secrets in general. */
const secret = new RegExp(`${typed}|xox[a-z]-|xapp-|AKIA|ASIA|postgres://[^:]+:[^[]`);

type Line = Readonly<Record<string, unknown>> & { readonly level: string; readonly msg: string };
const linesOf = (log: string): Line[] =>
  log
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe('the log', { concurrency: 2 }, () => {
  test('follows a request by its number, from its delivery to its end', async (t) => {
    const scenario = await startScenario(t);
    const { tara, ari, ask, card, settled, log } = scenario;
    const asked = await ask(tara);
    await ari.press(asked, 'Approve');
    await card(/✅ 1 created/);
    await settled();
    const number = Number(/CU-(\d+)/.exec(asked.text)?.[1]);
    const lines = linesOf(log());
    const life = lines.filter((line) => line.request === number);
    assert.deepEqual(
      life.map(({ msg }) => msg),
      [
        'a request was received',
        'a request was checked',
        'an approval was requested',
        'a request was approved',
        'a user was created',
        'a request ended',
      ],
    );
    assert.ok(life.every(({ level }) => level === 'info'));
    assert.match(String(life[0]?.delivery), /^view_submission V/);
    assert.match(String(life[3]?.delivery), /^block_actions \d/, 'the click that approved it');
    assert.ok(life.slice(1).every(({ job }) => typeof job === 'string'));
    assert.deepEqual([life[5]?.created, life[5]?.failed], [1, 0]);
    const strangers = lines.filter((line) => line.request !== number && line.request !== undefined);
    assert.deepEqual(strangers, []);
  });

  test('H4: holds no secret at any level, and at info nothing about a new user, whatever happens', async (t) => {
    const held: { heard?: Eavesdropper; way?: Awaited<ReturnType<typeof wayTo>> } = {};
    const scenario = await startScenario(t, {
      logLevel: 'debug',
      transport: 'http',
      timing: { giveUpAfter: { failures: 1, ms: 0 }, lookupWindowMs: 100, lookupEveryMs: 20 },
      connectUrl: async (url) => {
        held.heard = await eavesdropOn(t, url);
        return held.heard.url;
      },
      databaseUrl: async (url) => {
        held.way = await wayTo(t, url);
        return held.way.url;
      },
    });
    const { tara, noa, ari, sam, sandbox, card, threadSays, database, log, logSays, settled } =
      scenario;

    // A form with every field, first with mistakes; a typed password; a refused approval, and the approval by Ari.
    const form = await tara.openForm();
    await form.set('Phone', 'Desk phone');
    await form.set('Password', 'Type one');
    const values = {
      ...mary,
      'Desk phone number': '+1 555 555 1212',
      'Their first password': typed,
    };
    assert.equal((await form.submit({ ...values, Username: 'mary major' })).outcome, 'errors');
    assert.equal((await form.submit(values)).outcome, 'closed');
    const asked = await card(/Needs 1 approval/);
    await sam.press(asked, 'Approve');
    await logSays(/a choice was refused/);
    // Connect's error quotes everything that was sent; then Connect does not answer at all.
    await sandbox.fault({
      on: 'connect',
      kind: 'error',
      operation: 'CreateUser',
      error: 'InvalidParameterException',
      message: `Mary Major mary.major@harbour.example +15555551212 ${typed} is not valid`,
    });
    await ari.press(asked, 'Approve');
    await card(/1 failed/);

    // A denial, with a reason.
    const second = await scenario.ask(noa, { ...mary, Username: 'mary2' });
    await ari.deny(second, 'not before December');
    await card(/Denied by/);

    // A file with people's names in its file name and rows.
    const file = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: '<@U0BOT> Zacharias and Mary',
      name: 'Zacharias Quillfeather.csv',
      content: csv(rowOf('zach1'), rowOf('zach2', { routing: 'Zach Routing' })),
    });
    await threadSays(file, /1 row is ready/);
    const offer = await eventually('the offer has a button', async () =>
      (await tara.thread(file)).find(({ buttons }) =>
        buttons.some((name) => /request/i.test(name)),
      ),
    );
    const button = offer.buttons.find((name) => /request/i.test(name)) ?? '';
    await tara.press(offer, button);
    await card(/Quillfeather.*Needs 1 approval/s);

    // An unexpected error that quotes the row, as Postgres errors do; the job is given up.
    await database.query(`create function quoting() returns trigger language plpgsql as $$ begin
      raise exception 'violates check constraint' using errcode = '23514',
      detail = 'Failing row contains (' || new.draft::text || ', Zacharias, +15555551212).'; end $$`);
    await database.query(
      'create trigger quoting before insert or update on rows for each row execute function quoting()',
    );
    const broken = await noa.openForm();
    await broken.submit({ ...mary, Username: 'mary3' });
    await logSays(/violates check constraint/);
    await database.query('drop trigger quoting on rows');

    // An outage of the database, during a form, a click and a file.
    const late = await scenario.ask(noa, { ...mary, Username: 'mary4' });
    const lost = await noa.openForm();
    await held.way?.cut();
    await lost.submit({ ...mary, Username: 'mary5' });
    await ari.press(late, 'Approve');
    await logSays(/a click could not be stored/);
    // Connect's first answer about it is lost.
    await sandbox.fault({ on: 'connect', kind: 'html-502', operation: 'CreateUser' });
    await held.way?.restore();
    await eventually('the click can be stored', async () => {
      const again = await ari.press(late, 'Approve');
      return again.outcome === 'ok';
    });
    await card(/mary4.*✅ 1 created|✅ 1 created.*mary4/s);
    await settled();

    const lines = linesOf(log());
    const told = new Set(lines.map(({ msg }) => msg));
    for (const msg of ['a user was not created', 'a request ended', 'a delivery arrived']) {
      assert.ok(told.has(msg), msg);
    }
    assert.deepEqual(
      lines.map((line) => JSON.stringify(line)).filter((line) => secret.test(line)),
      [],
    );
    for (const password of held.heard?.passwords ?? []) assert.ok(!log().includes(password));
    assert.ok((held.heard?.passwords ?? []).length >= 3);
    const atInfo = lines
      .filter(({ level }) => level !== 'debug')
      .map((line) => JSON.stringify(line));
    assert.deepEqual(
      atInfo
        .map((line) => line.replaceAll(/"(?:commit|job|userId|time|delivery)":"[^"]*"/g, ''))
        .filter((line) => personal.test(line)),
      [],
    );
  });
});
