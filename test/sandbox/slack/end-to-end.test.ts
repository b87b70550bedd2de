import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { App } from '@slack/bolt';
import type { View } from '../../../sandbox/api/views.ts';
import { until } from '../../until.ts';
import { type Running, startBolt, type Transport } from './bolt.ts';
import { type Answer, startTestSandbox, type TestSandbox } from './harness.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

/** A form with every way to answer a submission, and a card with buttons. */
function listen(app: App): void {
  app.command('/ask', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({
      trigger_id: body.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'form',
        title: plain('Ask'),
        submit: plain('Send'),
        notify_on_close: true,
        blocks: [
          {
            type: 'input',
            block_id: 'name',
            label: plain('Name'),
            element: { type: 'plain_text_input', action_id: 'value', max_length: 20 },
          },
          {
            type: 'input',
            block_id: 'profile',
            label: plain('Profile'),
            optional: true,
            dispatch_action: true,
            element: { type: 'external_select', action_id: 'profile', min_query_length: 1 },
          },
        ],
      },
    });
  });
  app.options('profile', async ({ ack, payload }) => {
    const all = ['Basic', 'Tier 1', 'Tier 2'].filter((name) => name.includes(payload.value));
    await ack({ options: all.map((name) => ({ text: plain(name), value: name })) });
  });
  app.action('profile', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.view) return;
    await client.views.update({
      view_id: body.view.id,
      hash: body.view.hash,
      view: {
        type: 'modal',
        callback_id: 'form',
        title: plain('Ask more'),
        submit: plain('Send'),
        blocks: [
          {
            type: 'input',
            block_id: 'name',
            label: plain('Name'),
            element: { type: 'plain_text_input', action_id: 'value', initial_value: 'new' },
          },
        ],
      },
    });
  });
  app.view('form', async ({ ack, view, client, body }) => {
    const name = view.state.values.name?.value?.value ?? '';
    if (name === 'bad') return ack({ response_action: 'errors', errors: { name: 'Not that' } });
    if (name === 'clear') return ack({ response_action: 'clear' });
    if (name === 'push') {
      return ack({
        response_action: 'push',
        view: {
          type: 'modal',
          title: plain('Second'),
          submit: plain('Ok'),
          blocks: [{ type: 'divider' }],
        },
      });
    }
    await ack();
    await client.chat.postMessage({
      channel: 'C0REQUESTS',
      text: `${name} asked`,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: `<@${body.user.id}> requests ${name}` } },
        {
          type: 'actions',
          block_id: 'decide',
          elements: [
            { type: 'button', action_id: 'approve', text: plain('Approve'), value: name },
            {
              type: 'button',
              action_id: 'deny',
              text: plain('Deny'),
              confirm: {
                title: plain('Sure?'),
                text: plain('Deny it?'),
                confirm: plain('Yes'),
                deny: plain('No'),
              },
            },
          ],
        },
      ],
    });
  });
  app.action('approve', async ({ ack, body, client, respond }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.channel || !body.message) return;
    await client.chat.update({
      channel: body.channel.id,
      ts: body.message.ts,
      text: 'approved',
      blocks: [{ type: 'divider' }],
    });
    await client.chat.postMessage({
      channel: body.channel.id,
      thread_ts: body.message.ts,
      text: 'created',
    });
    await respond({ text: 'Thank you', response_type: 'ephemeral', replace_original: false });
  });
}

const requests = (user: string) => `/messages?user=${user}&channel=C0REQUESTS`;

for (const transport of ['socket', 'http'] satisfies Transport[]) {
  describe(`A Bolt app over ${transport}`, () => {
    let sandbox: TestSandbox;
    let bolt: Running;

    before(async () => {
      // Long enough for Bolt on a busy machine, and short enough for a test to wait for it.
      sandbox = await startTestSandbox({ ackTimeoutMs: 1500 });
      bolt = await startBolt(sandbox, transport, listen);
    });
    after(async () => {
      await bolt.stop();
      await sandbox.stop();
    });

    async function openForm(): Promise<View> {
      const command = { user: 'U0TARA', channel: 'C0REQUESTS', command: '/ask', text: '' };
      const result = await sandbox.call('POST', '/commands', command);
      assert.equal(result.outcome, 'ok');
      return until('the form is open', async () => {
        const { views } = await sandbox.call('GET', '/views?user=U0TARA');
        return views[0];
      });
    }

    async function submit(view: View, name: string): Promise<Answer> {
      return sandbox.call('POST', `/views/${view.id}/submit`, {
        user: 'U0TARA',
        values: { name: { value: { value: name } } },
      });
    }

    it('goes from the command by way of the form to a card, a click, and an answer in the thread', async () => {
      const view = await openForm();
      assert.equal(view.title, 'Ask');
      assert.equal((await submit(view, 'Mary')).outcome, 'closed');

      const card = await until('the card is posted', async () => {
        const { messages } = await sandbox.call('GET', requests('U0ARI'));
        return messages.find((message: Answer) => message.text === 'Mary asked');
      });
      const state = await sandbox.call('GET', '/state?user=U0ARI');
      const channel = state.channels.find((known: Answer) => known.id === 'C0REQUESTS');
      assert.ok(channel.unread >= 1);

      const action = { user: 'U0ARI', channel: 'C0REQUESTS', messageTs: card.ts };
      const click = { ...action, actionId: 'approve' };
      assert.equal((await sandbox.call('POST', '/actions', click)).outcome, 'ok');
      const thread = `${requests('U0ARI')}&thread_ts=${card.ts}`;
      const messages = await until('card, reply and sendEphemeral are there', async () => {
        const read = await sandbox.call('GET', thread);
        return read.messages.length >= 2 && (await sendEphemeral()) && read.messages;
      });
      assert.equal(messages[0].text, 'approved');
      assert.equal(messages[0].edited, true);
      assert.equal(messages[1].text, 'created');

      async function sendEphemeral() {
        const read = await sandbox.call('GET', requests('U0ARI'));
        return read.messages.some((message: Answer) => message.ephemeral);
      }
      const others = await sandbox.call('GET', requests('U0BEA'));
      assert.ok(!others.messages.some((message: Answer) => message.ephemeral));
    });

    it('is refused a button with a confirm dialog until the person confirms', async () => {
      await submit(await openForm(), 'Confirmed');
      const card = await until('the card is posted', async () => {
        const { messages } = await sandbox.call('GET', requests('U0ARI'));
        return messages.find((message: Answer) => message.text === 'Confirmed asked');
      });
      const click = {
        user: 'U0ARI',
        channel: 'C0REQUESTS',
        messageTs: card.ts,
        actionId: 'deny',
      };
      assert.equal((await sandbox.attempt('POST', '/actions', click)).status, 409);
      const confirmed = await sandbox.call('POST', '/actions', { ...click, confirmed: true });
      // No listener handles `deny`, so Bolt does not acknowledge it.
      assert.notEqual(confirmed.outcome, 'ok');
    });

    it('shows errors at the field, checks the input itself, pushes and clears', async () => {
      const view = await openForm();
      const empty = await submit(view, '');
      assert.equal(empty.outcome, 'invalid');
      assert.ok(empty.errors.name);
      assert.equal((await submit(view, 'x'.repeat(21))).outcome, 'invalid');
      const bad = await submit(view, 'bad');
      assert.deepEqual([bad.outcome, bad.errors], ['errors', { name: 'Not that' }]);
      const pushed = await submit(view, 'push');
      assert.equal(pushed.outcome, 'pushed');
      assert.equal(pushed.views.length, 2);
      const { views } = await sandbox.call('POST', `/views/${pushed.views[1].id}/close`, {
        user: 'U0TARA',
      });
      assert.equal(views.length, 1);
      assert.equal((await submit(view, 'clear')).outcome, 'cleared');
    });

    it('answers an external select and keeps what was typed over an update of the view', async () => {
      const view = await openForm();
      const field = { user: 'U0TARA', viewId: view.id, blockId: 'profile', actionId: 'profile' };
      const found = await sandbox.call('POST', '/suggestions', { ...field, value: 'Tier' });
      assert.deepEqual(
        found.options.map((option: Answer) => option.value),
        ['Tier 1', 'Tier 2'],
      );
      await sandbox.call('POST', `/views/${view.id}/input`, {
        user: 'U0TARA',
        blockId: 'name',
        actionId: 'value',
        value: { value: 'typed' },
      });
      const picked = await sandbox.call('POST', `/views/${view.id}/input`, {
        ...field,
        value: { selected_option: { text: plain('Basic'), value: 'Basic' } },
      });
      assert.equal(picked.outcome, 'ok');
      const updated = await until('the view is updated', async () => {
        const { views } = await sandbox.call('GET', '/views?user=U0TARA');
        return views[0]?.title === 'Ask more' && views[0];
      });
      assert.equal(updated.values.name.value.value, 'typed');
      await sandbox.call('POST', `/views/${view.id}/close`, { user: 'U0TARA' });
    });
  });
}
