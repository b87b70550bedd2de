/**
 * Files that people reported as read incorrectly by some program (their sources are in test/files/wild): they are
 * posted in Slack and approved, and the created users are read from Amazon Connect.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { postFile } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';
import type { Seen } from './seen.ts';

type Case = {
  readonly name: string;
  readonly instance?: 'production' | 'sso';
  /** The reading to choose where the bot offers several. */
  readonly choose?: string;
  /** `username: first last`, as they are in Connect at the end. */
  readonly created: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  /** What the answer in the thread contains. */
  readonly says?: RegExp;
};

const blueNorth = { team: 'blue', site: 'north' };

const cases: readonly Case[] = [
  {
    name: '01-azuread-sample.csv',
    instance: 'sso',
    created: [],
    says: /There is no hierarchy group “Planet\|Continent\|Country\|State\|City” in sso/,
  },
  {
    name: '06a-shiftjis-excel-japan.csv',
    created: ['tyamada: 太郎 山田', 'hsuzuki: 花子 鈴木'],
    says: /Japanese|Shift/i,
  },
  { name: '07b-sep-quoted.csv', created: ['aquinn: Ann Quinn'] },
  {
    name: '12a-ps51-question-marks.csv',
    created: [],
    says: /“Ren\?e” a program has written \? for letters that it could not save/,
  },
  {
    name: '13-pandas-floats.csv',
    created: ['aquinn3: Ann Quinn', 'bquill3: Ben Quill', 'cquay3: Cem Quay'],
  },
  {
    name: '14b-tags-three.csv',
    created: ['aquinn4: Ann Quinn', 'bquill4: Ben Quill', 'dquay4: Dan Quay'],
    tags: blueNorth,
  },
  { name: '15a-describe-user.json', created: ['jcopy5: Jo Copy'] },
  { name: '15g-wrong-instance.json', created: [], says: /This row is for sso/ },
  { name: '16e-google.csv', created: ['fay.ito: Fay Ito'] },
  {
    name: '17-scv-usernames.csv',
    instance: 'sso',
    created: [
      'krug@0058c00000JKQ7EAAX@00D8c0000006f1hEAA: Kay Rug',
      '0058c00000JKQ8EAAX@00D8c0000006f1hEAA: Lou Rug',
      'max.rug@harbour.onmicrosoft.example: Max Rug',
      "sinead.o'neil@harbour.example: Sinéad O'Neil",
      'AzureADSSORole/al.rug@harbour.example: Al Rug',
      'HARBOUR\\bo.rug: Bo Rug',
      'cy+support@harbour.example: Cy Rug',
    ],
  },
  { name: '20f-hidden-users-sheet.xlsx', created: ['aq25: Ann Quinn'], says: /“Users” is hidden/ },
  {
    name: '20i-vlookup-errors.xlsx',
    created: ['aq29: Ann Quinn'],
    says: /the error #N\/A of the formula/,
  },
  { name: '20k-active-second.xlsx', choose: 'March (the open one)', created: ['np27: New Person'] },
  { name: '20n-xlsxwriter-formula-zero.xlsx', created: [], says: /saved without its value/ },
];

const bytesOf = (name: string) =>
  readFileSync(new URL(`../files/wild/cases/${name}`, import.meta.url));

test('files of the kinds that people reported are posted, approved, and read back correctly from Amazon Connect', async (t) => {
  const scenario = await startScenario(t, { connect: { usernames: 'as-observed' } });
  const { sandbox, tara, ari, card, threadSays } = scenario;
  const usersBefore = new Map<string, ReadonlySet<string>>();
  for (const instance of ['production', 'sso']) {
    const { users } = await sandbox.connect(instance);
    usersBefore.set(instance, new Set(users.map(({ username }) => username)));
  }

  async function request(offer: Seen): Promise<void> {
    const button = offer.buttons.find((label) => /^Request \d+ user/.test(label));
    if (button === undefined) return;
    await tara.press(offer, button);
    const [number = ''] = /CU-\d+/.exec(offer.text) ?? [];
    const waiting = await card(new RegExp(`${number}\\b.*Needs 1 approval`, 's'));
    const approve = waiting.buttons.find((label) => label.startsWith('Approve')) ?? '';
    await ari.press(waiting, approve);
    await card(new RegExp(`${number}\\b.*✅ \\d+ created`, 's'));
  }

  async function handIn({ name, instance = 'production', choose, says }: Case): Promise<void> {
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: `<@U0BOT> for ${instance}`,
      name,
      content: bytesOf(name),
    });
    if (choose !== undefined) {
      await tara.press(await threadSays(posted, /Which one is meant\?/), choose);
    }
    const offer = await threadSays(posted, /ready to request|❌/);
    if (says) assert.match(offer.text, says, name);
    await request(offer);
  }

  // Concurrently, as in a busy channel.
  const waiting = [...cases];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await handIn(next);
  };
  await Promise.all([worker(), worker(), worker(), worker()]);

  const made = new Map<string, { is: string; tags: Readonly<Record<string, string>> }>();
  for (const [instance, before] of usersBefore) {
    for (const user of (await sandbox.connect(instance)).users) {
      if (before.has(user.username)) continue;
      const is = `${user.username}: ${user.firstName} ${user.lastName}`;
      made.set(`${instance} ${is}`, { is, tags: user.tags });
    }
  }
  const expected = cases.flatMap(({ instance = 'production', created }) =>
    created.map((is) => `${instance} ${is}`),
  );
  assert.deepEqual([...made.keys()].sort(), expected.sort());
  for (const { instance = 'production', created, tags } of cases) {
    for (const is of tags ? created : []) {
      const { 'connect-add-user:row': _mark, ...own } = made.get(`${instance} ${is}`)?.tags ?? {};
      assert.deepEqual(own, tags, is);
    }
  }
});
