/**
 * `doctor -- --blocks` lets Slack validate everything that the bot sends, so no element that the bot handles may be
 * missing in its samples.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LogLevel, WebClient } from '@slack/web-api';
import { bot } from '../../sandbox/seed.ts';
import { messageBlockProblems, viewProblems } from '../../sandbox/slack/blocks/validate.ts';
import { registerListeners } from '../../src/bolt.ts';
import { blockLines } from '../../src/doctor/blocks/block-lines.ts';
import { messageShapes } from '../../src/doctor/blocks/message-shapes.ts';
import { viewShapes } from '../../src/doctor/blocks/view-shapes.ts';
import type { Services } from '../../src/services.ts';
import type { Listeners } from '../../src/slack/listener-table.ts';
import { instanceConfig } from '../auth/people.ts';
import { objectsIn } from '../messages/slack-takes.ts';
import { snapshotOf } from '../modals/snapshots.ts';
import { startTestSandbox } from '../sandbox/slack/harness.ts';

/** Every id that the bot handles, by the kind of delivery. */
function registered() {
  const ids: Record<keyof Listeners, string[]> = {
    command: [],
    action: [],
    options: [],
    view: [],
    viewClosed: [],
    messageShortcut: [],
    globalShortcut: [],
    event: [],
  };
  const note = (kind: keyof Listeners) => (named: string | readonly string[]) => {
    ids[kind].push(...(typeof named === 'string' ? [named] : named));
  };
  const listeners: Listeners = {
    command: note('command'),
    action: note('action'),
    options: note('options'),
    view: note('view'),
    viewClosed: note('viewClosed'),
    messageShortcut: note('messageShortcut'),
    globalShortcut: note('globalShortcut'),
    event: note('event'),
  };
  // Registration uses none of the services; listeners do, but none is called here.
  registerListeners(listeners, {} as Services);
  return ids;
}

const modes = ['CONNECT_MANAGED', 'SAML', 'EXISTING_DIRECTORY'] as const;

async function allShapes() {
  const instances = await Promise.all(
    modes.map(async (mode) => ({
      instance: { ...instanceConfig, alias: mode.toLowerCase() },
      snapshot: await snapshotOf(mode),
    })),
  );
  return [...messageShapes(), ...viewShapes(instances)];
}

type Element = { readonly type?: unknown; readonly action_id?: unknown };

/** Elements that are delivered as soon as they are used: inputs only with `dispatch_action`. */
function dispatching(blocks: readonly unknown[]): Element[] {
  return [...objectsIn(blocks)].flatMap((block): Element[] => {
    const { type, dispatch_action: isTold, element } = block;
    if (type === 'actions') return block.elements as Element[];
    if (type === 'input' && isTold === true) return [element as Element];
    return block.accessory ? [block.accessory as Element] : [];
  });
}

describe('doctor’s report about them', () => {
  test('follows what Slack answers, and waits as long as Slack wants', async (t) => {
    const sandbox = await startTestSandbox({ rateLimits: false });
    t.after(() => sandbox.stop());
    const client = new WebClient(bot.botToken, {
      slackApiUrl: `${sandbox.url}/api/`,
      rejectRateLimitedCalls: true,
      logLevel: LogLevel.ERROR,
    });
    const snapshots = [await snapshotOf('CONNECT_MANAGED')];
    const look = async () =>
      (await blockLines([instanceConfig], client, snapshots)).map(
        ({ status, found }) => `${status}: ${found}`,
      );
    const fault = (spec: object) => sandbox.call('POST', '/faults', { on: 'slack', ...spec });
    const method = { kind: 'method', match: 'blocks.validate' };

    await fault({ ...method, error: 'ratelimited', retryAfterSeconds: 0, times: 2 });
    for (const line of await look()) assert.match(line, /^pass: Slack takes all \d+ shapes$/);

    await fault({ kind: 'older-blocks', times: 1_000 });
    for (const line of await look()) {
      assert.match(line, /^warn: the workspace does not know the newer blocks: .*unsupported type/);
    }
    await sandbox.call('DELETE', '/faults');
    await fault({ ...method, error: 'unknown_method', times: 1_000 });
    for (const line of await look()) assert.match(line, /^skip: this workspace has no/);
  });
});

describe('the shapes that doctor has Slack validate', () => {
  test('hold every button, menu and form that the bot answers to', async () => {
    const { action, options, view, viewClosed } = registered();
    assert.ok(
      action.length > 40 && options.length > 5 && view.length > 8,
      'nothing was registered',
    );
    const shapes = await allShapes();
    const actions = new Set([...objectsIn(shapes)].map(({ action_id: id }) => id));
    assert.deepEqual(
      [...action, ...options].filter((id) => !actions.has(id)),
      [],
    );
    const views = shapes.flatMap((shape) => ('view' in shape ? [shape.view] : []));
    const callbacks = views.map(({ callback_id: id }) => id);
    assert.deepEqual(
      [...view, ...viewClosed].filter((id) => !callbacks.includes(id)),
      [],
    );
  });

  test('hold nothing that the bot would not answer to', async () => {
    const { action, options, view, viewClosed } = registered();
    const deaf = (await allShapes()).flatMap((shape): string[] => {
      const blocks = 'view' in shape ? shape.view.blocks : shape.blocks;
      const pressed = dispatching(blocks).filter(({ action_id: id }) => !action.includes(`${id}`));
      const asked = [...objectsIn(blocks)].filter(
        ({ type, action_id: id }) =>
          /^(multi_)?external_select$/.test(String(type)) && !options.includes(String(id)),
      );
      const ids = [...pressed, ...asked].map(({ action_id: id }) => `${shape.name}: ${id}`);
      if (!('view' in shape) || shape.view.type !== 'modal') return ids;
      const { callback_id: id = '', submit, notify_on_close: tells } = shape.view;
      if (submit && !view.includes(id)) ids.push(`${shape.name}: submitted ${id}`);
      if (tells && !viewClosed.includes(id)) ids.push(`${shape.name}: closed ${id}`);
      return ids;
    });
    assert.deepEqual(deaf, []);
  });

  test('are taken by a strict Slack, and each has a name of its own', async () => {
    const shapes = await allShapes();
    const refused = shapes.flatMap((shape) => {
      const problems =
        'view' in shape ? viewProblems(shape.view) : messageBlockProblems([...shape.blocks]);
      return problems.map((problem) => `${shape.name}: ${problem}`);
    });
    assert.deepEqual(refused, []);
    const views = shapes.flatMap((shape) => ('view' in shape ? [shape.name] : []));
    assert.deepEqual(
      views.filter((name, at) => views.indexOf(name) !== at),
      [],
    );
  });

  test('say to a screen reader which request each button of a message or the Home is about', async () => {
    const buttons = (await allShapes()).flatMap((shape) => {
      if ('view' in shape && shape.view.type === 'modal') return [];
      const blocks = 'view' in shape ? shape.view.blocks : shape.blocks;
      const found = [...objectsIn(blocks)].filter(({ type }) => type === 'button');
      return found.map(({ value, accessibility_label: label }) => ({
        name: shape.name,
        about: /^(\d{4})(?: [0-9a-f]{64})?$/.exec(String(value))?.[1] ?? '',
        label: String(label ?? ''),
      }));
    });
    assert.ok(buttons.length > 100 && buttons.some(({ about }) => about === '1042'));
    assert.deepEqual(
      buttons.filter(({ about, label }) => label === '' || !label.includes(about && `CU-${about}`)),
      [],
    );
  });

  test('show signs in color: none has the bare sign that Slack draws as text', async () => {
    const shapes = await allShapes();
    const texts = [...objectsIn(shapes)].flatMap(({ text }) =>
      typeof text === 'string' ? [text] : [],
    );
    assert.ok(texts.length > 500);
    assert.deepEqual(
      texts.filter((text) => /[⚠⏸✏](?!\uFE0F)/u.test(text)),
      [],
    );
    const pickers = [...objectsIn(shapes)].filter(({ type }) => type === 'file_input');
    assert.ok(pickers.length > 0);
    assert.ok(pickers.every(({ filetypes }) => !(filetypes as string[]).includes('tsv')));
  });
});
