/**
 * `npx node docs/gallery.ts FOLDER`: what people see, one picture a screen: a phone and a desktop, light and dark, side
 * by side. The sandbox with the real bot is driven through a hire, a file, refusals and questions; nothing is made up.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../test/browser.ts';
import { csv, postFile, rowOf } from '../test/scenarios/handed-files.ts';
import { type Person, requestsChannel } from '../test/scenarios/person.ts';
import { sandboxCalls } from '../test/scenarios/sandbox-calls.ts';
import { mary, stage } from '../test/scenarios/stage.ts';
import { startSandbox } from './sandbox-process.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: npx node docs/gallery.ts FOLDER');
const only = process.env.ONLY === undefined ? null : new RegExp(process.env.ONLY);
await mkdir(folder, { recursive: true });

const bot = 'U0BOT';
/** As wide as a phone and a desktop, and high enough for all of what a picture shows. */
const phone = { width: 390, height: 1300 };
const desk = { width: 1280, height: 1300 };
const looks = [
  { size: phone, colorScheme: 'light' },
  { size: phone, colorScheme: 'dark' },
  { size: desk, colorScheme: 'light' },
  { size: desk, colorScheme: 'dark' },
] as const;

const { address, stop } = await startSandbox();
const browser: Browser = await launchBrowser();
const sandbox = sandboxCalls(address);
const { tara, ari, sam, noa, bea, ask, card, threadSays } = stage(sandbox);
const pages = new Map<string, Page>();

type Place = { channel?: string; thread?: string; tab?: 'home' };

async function pageOf(who: Person, { channel = requestsChannel, thread, tab }: Place) {
  let page = pages.get(who.id);
  if (!page) {
    page = await (await browser.newContext({ viewport: desk, reducedMotion: 'reduce' })).newPage();
    page.setDefaultTimeout(10_000);
    pages.set(who.id, page);
  }
  await page.setViewportSize(desk);
  const query = new URLSearchParams({ as: who.id, channel });
  if (thread) query.set('thread', thread);
  if (tab) query.set('tab', tab);
  await page.goto(`${address}/?${query}`);
  await page.getByTestId('person-switcher').waitFor();
  // Also under an open form.
  await page.evaluate(() => document.querySelector<HTMLElement>('.tips button')?.click());
  return page;
}

/** Pictures of what somebody sees at a place. */
async function scene(
  name: string,
  who: Person,
  place: Place,
  find: (page: Page) => Locator | Promise<Locator>,
): Promise<void> {
  if (only && !only.test(name)) return;
  try {
    const page = await pageOf(who, place);
    await shoot(name, page, await find(page));
  } catch (error) {
    console.error(`${name}: ${String(error).split('\n').slice(0, 3).join(' ')}`);
  }
}

async function shoot(name: string, page: Page, part: Locator): Promise<void> {
  const shots: string[] = [];
  const heights: number[] = [];
  for (const { size, colorScheme } of looks) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await part.waitFor();
    await part.scrollIntoViewIfNeeded();
    const bytes = await part.screenshot({ animations: 'disabled' });
    heights.push(Math.round((await part.boundingBox())?.height ?? 0));
    shots.push(`data:image/png;base64,${bytes.toString('base64')}`);
  }
  const sheet = await browser.newPage({ viewport: { width: 1560, height: 400 } });
  const [phoneLight, phoneDark, deskLight, deskDark] = shots;
  const image = (source: string | undefined) => `<img src="${source}">`;
  await sheet.setContent(
    `<style>body{margin:0;display:flex;gap:4px;align-items:flex-start;background:#888}
     img{display:block;max-width:390px} .desk img{max-width:768px;margin-bottom:4px}</style>
     ${image(phoneLight)}${image(phoneDark)}<div class="desk">${image(deskLight)}${image(deskDark)}</div>`,
  );
  await sheet.screenshot({ path: join(folder ?? '', `${name}.png`), fullPage: true });
  await sheet.close();
  console.log(`${name}: ${heights.join(' ')} px high`);
}

const message = (words: RegExp) => (page: Page) =>
  page.getByTestId('message').filter({ hasText: words }).last();
const modal = (page: Page) => page.getByTestId('modal');
const home = (page: Page) => page.locator('.home-view');
const thread = (page: Page) => page.getByTestId('thread-pane').locator('.message-list');

async function closeViews(who: Person): Promise<void> {
  for (const view of (await who.views()).reverse()) {
    await sandbox.call('POST', `/views/${view.id}/close`, { user: who.id });
  }
}

async function scenes(): Promise<void> {
  await scene('home-idle', noa, { channel: bot, tab: 'home' }, home);
  await tara.openForm(requestsChannel);
  await scene('form-first', tara, {}, modal);
  await scene('form-errors', tara, {}, async (page) => {
    const form = modal(page);
    await form.getByLabel('First name').fill('Mary');
    await form.getByLabel('Username').fill('a username that is far too long for Connect');
    await form.getByLabel('Email').fill('mary.major@harbour');
    await form.getByTestId('modal-submit').click();
    await form
      .getByText(/characters/)
      .first()
      .waitFor();
    return form;
  });
  await closeViews(tara);

  const asked = await ask(tara);
  await scene('card-usual', ari, {}, message(/requests Mary Major/));
  await scene('card-menu', tara, {}, async (page) => {
    await message(/requests Mary Major/)(page)
      .locator('.button-icon')
      .click();
    return page.locator('body');
  });
  await scene('card-withdraw-confirm', tara, {}, async (page) => {
    await message(/requests Mary Major/)(page)
      .locator('.button-icon')
      .click();
    await page.getByText('Withdraw', { exact: true }).click();
    return page.getByTestId('confirm');
  });
  await tara.press(asked, 'Approve');
  await tara.isTold(/approve your own/);
  await scene('refusal-own', tara, {}, message(/approve your own/));
  await sam.press(asked, 'Approve');
  await sam.isTold(/This requires/);
  await scene('refusal-needs-create', sam, {}, message(/This requires/));
  await sam.press(asked, 'Withdraw');
  await sam.isTold(/can withdraw it/);
  await scene('refusal-withdraw', sam, {}, message(/can withdraw it/));
  await tara.press(asked, 'Deny');
  await tara.notice(/deny your own/);
  await scene('refusal-deny-own', tara, {}, modal);
  await closeViews(tara);
  await ari.press(asked, 'Deny');
  await ari.form();
  await scene('deny', ari, {}, modal);
  await closeViews(ari);
  await ari.press(asked, 'Compare');
  await ari.notice(/Most similar/);
  await scene('compare', ari, {}, modal);
  await closeViews(ari);
  await scene('home-approver', ari, { channel: bot, tab: 'home' }, home);
  await scene('home-requester', tara, { channel: bot, tab: 'home' }, home);
  await ari.press(asked, 'Approve');
  const done = await card(/✅ 1 created/);
  await threadSays(done, /is ready in/);
  await scene('card-done', ari, {}, message(/1 created/));
  await scene('thread-done', ari, { thread: done.ts }, thread);
  await tara.isSent(/is ready in/);
  await scene('direct-messages', tara, { channel: bot }, (page) => page.locator('.message-list'));

  const unusual = {
    ...mary,
    'First name': 'Maximiliana Konstantina',
    'Last name': 'von Hohenlohe-Langenburg',
    Username: 'ari.admim',
    Email: 'maximiliana@elsewhere.example',
    'Security profiles': ['Agent', 'CallCenterManager', 'Admin'],
    Reason: 'Interim head of the night shift until the new one starts in January, agreed with HR',
  };
  await tara.openForm(requestsChannel);
  await scene('form-again', tara, {}, modal);
  await closeViews(tara);
  const odd = await ask(tara, unusual);
  await scene('card-unusual', ari, {}, message(/Hohenlohe/));
  await ari.deny(odd, 'Admin is not needed for the night shift. Request CallCenterManager only.');
  await card(/Denied by/);
  await scene('card-denied', tara, {}, message(/Denied by/));
  await scene('direct-denied', tara, { channel: bot }, message(/denied/i));

  await files();
  await words();
  await outage();
}

async function files(): Promise<void> {
  const broken = await postFile(sandbox, tara.id, {
    channel: requestsChannel,
    text: `<@${bot}> our new starters`,
    content: csv(
      rowOf('anna'),
      rowOf('ben', { routing: 'Basic Ruting Profile' }),
      rowOf('cleo', { routing: 'Basic Ruting Profile' }),
      rowOf('dora', { email: 'dora@harbour' }),
      rowOf('eli', { routing: 'Hotline', security: 'Agnet' }),
    ),
  });
  const offer = await threadSays(broken, /need to be corrected/);
  await scene('file-offer', tara, { thread: broken.ts }, thread);
  for (const [button, name] of [
    [/^Use the/, 'file-suggestions'],
    [/^Choose for all/, 'file-names'],
    [/^Fix here/, 'file-fix-here'],
  ] as const) {
    const text = offer.buttons.find((each) => button.test(each));
    if (!text) continue;
    await tara.press(offer, text);
    await tara.form().catch(() => null);
    await scene(name, tara, { thread: broken.ts }, modal);
    await closeViews(tara);
  }
  const header = await postFile(sandbox, tara.id, {
    channel: requestsChannel,
    text: `<@${bot}>`,
    name: 'from-hr.csv',
    content: 'Given Name,Surname,Work Email\r\nNia,Moss,nia@harbour.example\r\n',
  });
  const refused = await threadSays(header, /The header/);
  await scene('file-columns-missing', tara, { thread: header.ts }, thread);
  await tara.press(refused, 'Choose the columns');
  await tara.form();
  await scene('file-mapping', tara, { thread: header.ts }, modal);
  await closeViews(tara);
  const odd = await postFile(sandbox, tara.id, {
    channel: requestsChannel,
    text: `<@${bot}>`,
    name: 'twice.csv',
    content: csv(rowOf('renee').replace('Nia', 'RenÃ©e'), rowOf('zoe').replace('Nia', 'ZoÃ«')),
  });
  await threadSays(odd, /Which names/);
  await scene('file-question', tara, { thread: odd.ts }, thread);

  await sandbox.configureConnect({ ratePerSecond: 2, burst: 1 });
  const many = await postFile(sandbox, tara.id, {
    channel: requestsChannel,
    text: `<@${bot}> December starters for the Bristol floor`,
    name: 'december.csv',
    content: csv(...Array.from({ length: 48 }, (_none, at) => rowOf(`agent${at + 1}`))),
  });
  const ready = await threadSays(many, /48 rows are ready/);
  await tara.press(ready, 'Request 48 users');
  const waiting = await card(/requests 48 users/);
  await scene('file-card', ari, {}, message(/requests 48 users/));
  await ari.press(waiting, 'Show rows');
  await ari.notice(/agent1/);
  await scene('file-rows', ari, {}, modal);
  await closeViews(ari);
  await ari.press(waiting, 'Approve 48');
  const running = await card(/[1-9]\d* of 48/);
  await scene('file-running', tara, {}, message(/48 users/));
  await scene('file-cancel-confirm', tara, {}, async (page) => {
    await message(/48 users/)(page)
      .getByRole('button', { name: /Cancel the rest/ })
      .click();
    return page.getByTestId('confirm');
  });
  await ari.press(running, 'Pause');
  const paused = await card(/Paused/);
  await scene('file-paused', tara, {}, message(/48 users/));
  await tara.press(paused, 'Resume');
  await tara.isTold(/paused this request/);
  await scene('refusal-resume', tara, {}, message(/paused this request/));
  await ari.press(paused, 'Cancel the rest');
  const end = await card(/\d+ cancelled/);
  await scene('file-cancelled', tara, {}, message(/cancelled/));
  await scene('file-receipt', tara, { thread: end.ts }, thread);
  await scene('home-after', tara, { channel: bot, tab: 'home' }, home);
  await sandbox.configureConnect({ ratePerSecond: 100, burst: 100 });
}

async function words(): Promise<void> {
  const typed: readonly (readonly [string, Person, string, RegExp])[] = [
    ['help', tara, 'help', /\/connect-add-user/],
    ['unknown-word', noa, 'statsu', /I don’t know/],
    ['status', tara, 'status CU-1001', /CU-1001/],
    ['mine', tara, 'mine', /CU-100/],
    ['waiting', ari, 'waiting', /./],
    ['deputy', ari, 'deputy bea@harbour.example until Friday', /Bea/],
    ['link', noa, 'link alex.south', /./],
    ['links', bea, 'links', /./],
    ['doctor', tara, 'doctor', /operator/i],
    ['template', sam, 'template', /template/i],
  ];
  for (const [name, who, text, says] of typed) {
    await who.command(text, requestsChannel);
    await who.isTold(says, requestsChannel).catch(() => null);
    await scene(`word-${name}`, who, {}, (page) => page.getByTestId('message').last());
  }
}

/** What is shown where Amazon Connect refuses. */
async function outage(): Promise<void> {
  await sandbox.configureConnect({ usersQuota: 1 });
  const values = {
    ...mary,
    Username: 'noelle',
    'First name': 'Noelle',
    Email: 'noelle@harbour.example',
  };
  await ari.press(await ask(tara, values), 'Approve');
  const full = await card(/is full/);
  await scene('card-full', ari, {}, message(/is full/));
  await scene('thread-full', ari, { thread: full.ts }, thread);
}

try {
  await scenes();
} finally {
  await browser.close();
  await stop();
}
