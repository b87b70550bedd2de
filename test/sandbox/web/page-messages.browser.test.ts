import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { until } from '../../until.ts';
import { type PageBench, startPageBench, write } from './page-bench.ts';

describe('messages and people on the page', () => {
  let bench: PageBench;
  before(async () => {
    bench = await startPageBench();
  });
  beforeEach(() => {
    bench.told.length = 0;
  });
  after(() => bench?.stop());

  test('buttons, confirm dialogs and menus on a message reach the bot', async (t) => {
    const page = await bench.visit(t, '?as=U0ARI&channel=C0REQUESTS');
    await page.getByRole('button', { name: 'Approve' }).click();
    const id = () => bench.told.map(({ value }) => (value as { action_id: string }).action_id);
    await until('approved', () => id().includes('approve'));
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.getByTestId('confirm').getByRole('button', { name: 'Cancel' }).click();
    await page.getByTestId('confirm').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.getByTestId('confirm').getByRole('button', { name: 'Yes, deny' }).click();
    await until('denied', () => id().includes('deny'));
    assert.equal(id().filter((id) => id === 'deny').length, 1, 'Cancel told the bot nothing');
    await page.getByRole('button', { name: 'More options' }).press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await until('picked', () => id().includes('more'));
    const picked = bench.told.at(-1)?.value as { selected_option: { value: string } };
    assert.equal(picked.selected_option.value, 'Copy');
    await page.getByRole('combobox', { name: 'Pick' }).click();
    await page.getByRole('option', { name: 'B' }).click();
    await until('selected', () => id().includes('pick'));
  });

  test('a command that nobody acknowledges says so as Slack does', async (t) => {
    await bench.sandbox.call('POST', '/faults', {
      on: 'slack',
      kind: 'lose-ack',
      match: 'slash_commands',
      times: 1,
    });
    const page = await bench.visit(t, '?as=U0NOA&channel=C0REQUESTS');
    await write(page, '/ask');
    await page.getByText('/ask failed with the error "operation_timeout"').waitFor();
    await bench.sandbox.call('DELETE', '/faults');
  });

  test('messages arrive by themselves, unread channels stand out, threads open and close', async (t) => {
    const page = await bench.visit(t, '?as=U0TARA&channel=C0REQUESTS');
    await page.getByText('Every block').waitFor();
    await bench.sandbox.call('POST', '/messages', {
      user: 'U0SAM',
      channel: 'C0FLOOR',
      text: 'can you swap, @tara?',
    });
    const floor = page.getByTestId('channel-list').getByRole('button', { name: /floor-talk/ });
    await floor.locator('.unread-badge').waitFor();
    assert.match((await floor.textContent()) ?? '', /1 unread message/);
    await floor.click();
    await page.getByText('can you swap').waitFor();
    await floor.locator('.unread-badge').waitFor({ state: 'detached' });

    await page.goBack();
    await page.getByText('1 reply').first().click();
    const thread = page.getByTestId('thread-pane');
    await thread.getByRole('textbox', { name: 'Reply' }).fill('thanks, @ari ok');
    await page.keyboard.press('Enter');
    await thread.getByText('@Ari Admin').waitFor();
    await page.getByText('2 replies').first().waitFor();
    assert.match(page.url(), /thread=/);
    await page.keyboard.press('Escape');
    await thread.waitFor({ state: 'detached' });
  });

  test('what a person types is shown as typed and never becomes markup', async (t) => {
    const page = await bench.visit(t, '?as=U0TARA&channel=C0GENERAL');
    await write(page, '<b>x</b> <!channel> <https://x.example|y> &amp;');
    const message = page.getByTestId('message').last();
    await message.getByText('<b>x</b>').waitFor();
    assert.equal(
      await message.locator('.message-text').innerText(),
      '<b>x</b> <!channel> <https://x.example|y> &amp;',
    );
    assert.equal(await message.locator('b').count(), 0);
  });

  test('a message shortcut runs from the menu of a message', async (t) => {
    const page = await bench.visit(t, '?as=U0TARA&channel=C0REQUESTS');
    const message = page.locator(`[data-testid=message][data-ts="${bench.card}"]`);
    await message.hover();
    await message.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: /Use file/ }).click();
    await until('the shortcut was delivered', async () => {
      const { entries } = await bench.sandbox.call('GET', '/wire?kind=delivery');
      return entries.some((entry: { name: string }) => entry.name === 'message_action');
    });
  });

  test('two keys switch to a different person, and the address names the person', async (t) => {
    const page = await bench.visit(t, '?as=U0TARA&channel=C0REQUESTS');
    await page.getByTestId('person-switcher').press('Enter');
    await page.getByRole('listbox', { name: 'Be somebody else' }).press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /You are Ari Admin/ }).waitFor();
    assert.match(page.url(), /as=U0ARI/);
    const list = page.getByTestId('channel-list');
    assert.equal(await list.getByRole('button', { name: 'ops-private' }).count(), 1);
  });

  test('a channel that the person may not see is not shown to them', async (t) => {
    const page = await bench.visit(t, '?as=U0GUS&channel=G0OPS');
    await page.getByRole('heading', { name: 'agent-requests' }).waitFor();
    assert.equal(await page.getByText('ops-private').count(), 0);
  });
});
