/** Many requests from one person do not delay those of other people. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { submitFiles } from '../../src/requests/submit/submit-file.ts';
import { submitRequest } from '../../src/requests/submit/submit-request.ts';
import { standardTiming } from '../../src/services.ts';
import { instanceConfig } from '../auth/people.ts';
import { csv, postFile, rowOf } from '../scenarios/handed-files.ts';
import { startScenario } from '../scenarios/harness.ts';
import { generalChannel, requestsChannel } from '../scenarios/person.ts';
import { eventually } from '../scenarios/sandbox-calls.ts';
import { isBag, isInput, labelOf } from '../scenarios/seen.ts';
import { testServices } from '../services.ts';

const dozens = 30;

describe('somebody who sends dozens of files or commands', { concurrency: 2 }, () => {
  test('is served after forms, and file by file in turn with others', async (t) => {
    const { services, jobs } = await testServices(t);
    const instance = instanceConfig;
    const send = (person: string, count: number) =>
      submitFiles(services, {
        files: Array.from({ length: count }, (_, at) => ({
          deliveryId: `${person} ${at}`,
          slackFileId: `F0${person}${at}`,
          name: `${at}.csv`,
        })),
        requester: { id: person, name: person },
        instance,
        reason: null,
        origin: null,
      });
    await send('U0NOA', dozens);
    await send('U0TARA', 2);
    const delivery = { deliveryId: 'form', requester: { id: 'U0SAM', name: 'Sam' }, instance };
    await submitRequest(services, { ...delivery, drafts: [{ username: 'mary' }], reason: null });
    const priorities = jobs
      .filter(({ queue }) => queue === 'check')
      .map(({ priority = 0 }) => priority);
    const nth = Array.from({ length: dozens }, (_, at) => -1 - at);
    assert.deepEqual(priorities, [...nth, -1, -2, 0]);
    const published = jobs.filter(({ queue }) => queue === 'publish');
    assert.ok(published.every(({ priority }) => priority === -1));
  });

  test('is told so when too many of them are open', async (t) => {
    const { sandbox, tara, sam, threadSays, database } = await startScenario(t, {
      config: (config) => ({ ...config, openRequestsPerPerson: 2 }),
    });
    const post = (name: string) =>
      postFile(sandbox, tara.id, {
        channel: requestsChannel,
        text: '<@U0BOT> please',
        content: csv(rowOf(name)),
      });
    // One after the other, because deliveries of messages that are sent together can arrive in any order.
    for (const name of ['one', 'two']) await threadSays(await post(name), /ready to request/);
    await threadSays(await post('three'), /already have 2 open requests/);
    const rows = await database.query('select state from requests order by id');
    assert.equal(rows[2]?.state, 'rejected');

    // Many templates and App Home visits do not delay other people either.
    const slow = { on: 'slack', kind: 'method', error: 'none', delayMs: 300 } as const;
    await sandbox.fault({ ...slow, match: 'views.publish' }, dozens);
    await sandbox.fault({ ...slow, match: 'files.getUploadURLExternal' }, dozens);
    const typed = Array.from({ length: 12 }, () => sam.command('template csv'));
    const opened = Array.from({ length: 12 }, () =>
      sandbox.call('POST', '/home', { user: sam.id }),
    );
    const answers = await Promise.all(typed);
    await Promise.all(opened);
    const refused = answers.filter((answer) => /still sending you/.test(JSON.stringify(answer)));
    assert.equal(refused.length, 8, JSON.stringify(answers));
    const shown = (await sandbox.wire('web-api')).filter(({ name }) => name === 'views.publish');
    assert.ok(shown.length <= 3, `the App Home was published ${shown.length} times`);
  });

  test('cannot keep an approver from approving by asking for the status of a request again and again', async (t) => {
    const { sandbox, tara, ari, sam, noa, ask, card } = await startScenario(t, {
      timing: { openings: standardTiming.openings, updates: standardTiming.updates },
    });
    const asked = await ask(tara);
    await Promise.all(Array.from({ length: 150 }, () => tara.command('status CU-1001')));
    await tara.isTold(/still answering what you typed before/, generalChannel);
    await ari.press(asked, 'Approve');
    await card(/✅ 1 created/);
    const calls = await sandbox.wire('web-api');
    const reads = calls.filter(({ name }) => name === 'users.info');
    // Twenty at once, one each two seconds after that, and what the request itself takes.
    assert.ok(reads.length < 60, `Slack was asked ${reads.length} times who somebody is`);
    assert.ok(reads.every(({ ok }) => ok !== false));

    // A person who opens the form repeatedly does not prevent others from opening it either.
    const began = Date.now();
    await Promise.all(Array.from({ length: 60 }, () => tara.command('')));
    await tara.isTold(/opened many forms within a short time/, generalChannel);
    const form = await sam.openForm();
    const opened = (await sandbox.wire('web-api')).filter(({ name }) => name === 'views.open');
    const most = 12 + (Date.now() - began) / standardTiming.openings.everyMs;
    assert.ok(opened.length <= most, `${opened.length} forms were opened`);

    // Choosing back and forth in an open form does not keep the forms of others from changing.
    const updates = async () =>
      (await sandbox.wire('web-api')).filter(({ name }) => name === 'views.update').length;
    const [before, since] = [await updates(), Date.now()];
    const phone = (await form.view()).blocks
      .map((block) => ({ ...block }) as Record<string, unknown>)
      .find((block) => isInput(block) && labelOf(block) === 'Phone');
    assert.ok(isBag(phone?.element) && Array.isArray(phone.element.options));
    const { options } = phone.element;
    const choose = (at: number) =>
      sandbox.call('POST', `/views/${form.id}/input`, {
        user: sam.id,
        blockId: 'phone_type',
        actionId: 'phone_type',
        value: { selected_option: options[at % 2] },
      });
    await Promise.all(Array.from({ length: 80 }, (_, at) => choose(at)));
    await choose(1);
    const noas = await noa.openForm();
    await noas.set('Phone', 'Desk phone');
    await eventually('the form shows the last choice', async () =>
      (await form.labels()).includes('Desk phone number'),
    );
    const changed = (await updates()) - before;
    // Forms that Tara opened before may still be loading.
    const mostChanged = 30 + (Date.now() - since) / standardTiming.updates.everyMs;
    assert.ok(changed <= mostChanged, `views were changed ${changed} times`);
  });
});
