/** The sandbox's page in a browser, used as a person would: by its labels, with keyboard and mouse. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';

export const desk = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

/**
 * Opens the page in a new profile, which is closed when the test ends. The test fails if the page has thrown an
 * error.
 */
export async function openPage(
  t: TestContext,
  browser: Browser,
  address: string,
  viewport: typeof desk,
): Promise<Page> {
  const context = await browser.newContext({
    viewport,
    hasTouch: viewport === phone,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const thrown: string[] = [];
  t.after(async () => {
    await context.close();
    assert.deepEqual(thrown, [], 'the page threw');
  });
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => thrown.push(String(error)));
  await page.goto(address);
  await page.getByTestId('person-switcher').waitFor();
  return page;
}

/** Types a line into the message field and sends it with Enter. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByTestId('composer').getByRole('textbox').click();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** Switches to this person in the list at the top of the page. */
export async function be(page: Page, name: string): Promise<void> {
  await page.getByTestId('person-switcher').click();
  await page
    .getByRole('listbox', { name: 'Be somebody else' })
    .getByRole('option', { name: new RegExp(`^${name}`) })
    .click();
  await page.getByRole('button', { name: new RegExp(`${name}.*Be somebody else`) }).waitFor();
}

/** Replaces the content of a field by typing. */
export async function typeInto(form: Locator, label: string, text: string): Promise<void> {
  await form.getByRole('textbox', { name: label }).click();
  await form.page().keyboard.press('ControlOrMeta+a');
  await form.page().keyboard.type(text);
}

/** Types a part of a name and selects the one option that contains it. */
export async function pick(
  form: Locator,
  label: string,
  typed: string,
  name: string,
): Promise<void> {
  await form.getByRole('combobox', { name: label }).click();
  await form.page().keyboard.type(typed);
  await form.page().getByRole('option', { name, exact: true }).click();
  await form.page().keyboard.press('Tab');
}

/** All text that can be read on the page, including the values of its fields. */
export async function everythingOn(page: Page): Promise<string> {
  return page.evaluate(() => {
    const fields = [...document.querySelectorAll('input, textarea')];
    const typed = fields.map((field) => (field as HTMLInputElement).value);
    return [document.body.outerHTML, ...typed].join('\n');
  });
}
