import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { until } from '../../until.ts';
import { composer, focused, modal, type PageBench, startPageBench, write } from './page-bench.ts';

describe('forms on the page', () => {
  let bench: PageBench;
  before(async () => {
    bench = await startPageBench();
  });
  beforeEach(() => {
    bench.told.length = 0;
  });
  after(() => bench?.stop());

  test('a person writes, opens a form, is told what is wrong, and sends it, by keyboard alone', async (t) => {
    const page = await bench.visit(t, '?as=U0TARA&channel=C0REQUESTS');
    await composer(page).focus();
    await page.keyboard.type('/a');
    await page.getByRole('option', { name: /\/ask/ }).waitFor();
    await page.keyboard.press('Enter');
    await until('it is filled in', async () => (await composer(page).inputValue()) === '/ask ');
    await page.keyboard.press('Enter');
    await modal(page).waitFor();
    await until('focus_on_load', async () => (await focused(page)) === 'first');

    await page.keyboard.type('Mary');
    await page.keyboard.press('Tab');
    await page.keyboard.type('jdoe');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.getByRole('option', { name: 'Tier 2' }).waitFor();
    await until('Tier 2 is marked', async () => {
      await page.keyboard.press('ArrowDown');
      const marked = await page.locator(':focus').getAttribute('aria-activedescendant');
      return marked !== null && (await page.locator(`[id="${marked}"]`).innerText()) === 'Tier 2';
    });
    await page.keyboard.press('Enter');
    assert.equal(
      await modal(page).getByRole('combobox', { name: 'Routing profile' }).inputValue(),
      'Tier 2',
    );
    await page.keyboard.press('Tab');
    await page.keyboard.type('basic');
    await page.getByRole('option', { name: /Basic/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    assert.equal(await modal(page).isVisible(), true, 'Escape closed the list, not the modal');

    await page.getByTestId('modal-submit').press('Enter');
    await modal(page).getByText('jdoe exists already').waitFor();
    await until('the wrong field has the focus', async () => (await focused(page)) === 'username');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Mary');
    await page.keyboard.press('Enter');
    await modal(page).waitFor({ state: 'detached' });

    const sent = await until('the form arrived', () =>
      bench.told.find((event) => event.what === 'form'),
    );
    const values = sent?.value as Record<string, Record<string, Record<string, unknown>>>;
    assert.equal(values.first?.v?.value, 'Mary');
    assert.equal(values.username?.v?.value, 'Mary');
    const routing = values.routing?.profile?.selected_option as { value?: string } | undefined;
    assert.equal(routing?.value, 'Tier 2');
    const security = values.security?.profiles?.selected_options as
      | { value?: string }[]
      | undefined;
    assert.deepEqual(
      security?.map((option) => option.value),
      ['Basic Routing Profile'],
    );
    await until('the focus is back', async () => (await focused(page)) === 'composer-text');
  });

  test('modals stack, keep what was typed, and close one by one or all at once', async (t) => {
    const page = await bench.visit(t, '?as=U0TARA&channel=C0REQUESTS');
    await write(page, '/ask');
    await modal(page).getByRole('textbox', { name: 'Username' }).fill('mary');
    await modal(page).getByRole('button', { name: 'More' }).click();
    await modal(page).getByRole('heading', { name: 'More' }).waitFor();
    assert.deepEqual(bench.told, [{ what: 'push', value: 'mary' }], 'what was typed came first');
    await modal(page).getByRole('textbox', { name: 'Mobile' }).fill('+15555551212');
    await page.keyboard.press('Enter');
    await modal(page).getByRole('heading', { name: 'Add a Connect user' }).waitFor();
    assert.equal(await modal(page).getByRole('textbox', { name: 'Username' }).inputValue(), 'mary');
    await until('the second form arrived', () => bench.told.at(-1)?.what === 'second');
    assert.deepEqual(bench.told.at(-1), { what: 'second', value: '+15555551212' });

    await modal(page).getByRole('button', { name: 'More' }).click();
    await modal(page).getByRole('button', { name: 'Back to Add a Connect user' }).click();
    await modal(page).getByRole('heading', { name: 'Add a Connect user' }).waitFor();
    await modal(page).getByRole('button', { name: 'More' }).click();
    await modal(page).getByRole('heading', { name: 'More' }).waitFor();
    await modal(page).getByRole('button', { name: 'Close' }).click();
    await modal(page).waitFor({ state: 'detached' });
    await until(
      'the workspace knows',
      async () => (await bench.sandbox.call('GET', '/views?user=U0TARA')).views.length === 0,
    );
  });

  test('each Escape closes one modal, also when nothing is done between them', async (t) => {
    const page = await bench.visit(t, '?as=U0TARA&channel=C0REQUESTS');
    await write(page, '/ask');
    await modal(page).getByRole('button', { name: 'More' }).click();
    await modal(page).getByRole('heading', { name: 'More' }).waitFor();
    await page.keyboard.press('Escape');
    await modal(page).getByRole('heading', { name: 'Add a Connect user' }).waitFor();
    await page.keyboard.press('Escape');
    await modal(page).waitFor({ state: 'detached' });
    await until(
      'the workspace knows',
      async () => (await bench.sandbox.call('GET', '/views?user=U0TARA')).views.length === 0,
    );
  });

  test('a form takes a file, and refuses one of another kind at the field', async (t) => {
    const page = await bench.visit(t, '?as=U0TARA&channel=C0REQUESTS');
    await write(page, '/ask');
    const input = modal(page).locator('input[type=file]');
    const file = (name: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from('a,b\n') });
    await input.setInputFiles(file('users.pdf'));
    await modal(page).getByText('users.pdf is not one of: csv').waitFor();
    await input.setInputFiles(file('users.csv'));
    await modal(page).getByRole('button', { name: 'Remove users.csv' }).waitFor();
    await modal(page).getByRole('button', { name: 'Close' }).click();
  });

  test('a view opened for one person is not shown to another', async (t) => {
    const page = await bench.visit(t, '?as=U0TARA&channel=C0REQUESTS');
    await write(page, '/ask');
    await modal(page).waitFor();
    const otherPage = await bench.visit(t, '?as=U0ARI&channel=C0REQUESTS');
    await otherPage.getByText('Every block').waitFor();
    assert.equal(await otherPage.getByTestId('modal').count(), 0);
    await modal(page).getByRole('button', { name: 'Close' }).click();
  });
});
