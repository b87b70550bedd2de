import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ModalView } from '@slack/types';
import { WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import type { Problem } from '../../src/errors/problem.ts';
import { openingFor, openView, updateView } from '../../src/modals/open-view.ts';
import { createPersonalBudget } from '../../src/pacing/personal-budget.ts';
import { standardTiming } from '../../src/services.ts';
import type { Place } from '../../src/slack/ephemeral.ts';
import { createNewerBlocks } from '../../src/slack/posts/send-newer-blocks.ts';
import { log } from '../services.ts';

const newerBlocks = createNewerBlocks({ now: () => new Date(), log });

const view: ModalView = { type: 'modal', title: { type: 'plain_text', text: 'Form' }, blocks: [] };

/** The dependencies for opening a view; `told` contains the messages and their recipients. */
function bot() {
  const told: string[] = [];
  return {
    newerBlocks,
    openings: createPersonalBudget(standardTiming.openings, () => 0),
    log,
    told,
    sendEphemeral: async ({ person }: Place, { code }: Problem) => {
      told.push(`${person} ${code}`);
    },
  };
}

const refused = (code: string) => new WebAPIPlatformError({ ok: false, error: code });

/** A Slack whose `views.update` fails with these errors in sequence, and then succeeds. */
function failing(...errors: readonly Error[]) {
  const client = new WebClient();
  let calls = 0;
  client.views.update = async () => {
    const error = errors[calls++];
    if (error) throw error;
    return { ok: true };
  };
  return { client, calls: () => calls };
}

describe('a loading view becomes the form', () => {
  test('replaces the loading view when Slack’s first answer is lost', async () => {
    const { client, calls } = failing(new Error('timeout of 3000ms exceeded'));
    await updateView({ client, newerBlocks }, 'V1', view);
    assert.equal(calls(), 2);
  });

  test('replaces the loading view when Slack limits the rate', async () => {
    const { client, calls } = failing(new WebAPIRateLimitedError(0));
    await updateView({ client, newerBlocks }, 'V1', view);
    assert.equal(calls(), 2);
  });

  test('replaces the loading view when Slack itself failed once', async () => {
    const { client, calls } = failing(refused('internal_error'));
    await updateView({ client, newerBlocks }, 'V1', view);
    assert.equal(calls(), 2);
  });

  test('does not report a view that the person has closed as an error', async () => {
    for (const code of ['not_found', 'view_not_found']) {
      const { client, calls } = failing(refused(code));
      await updateView({ client, newerBlocks }, 'V1', view);
      assert.equal(calls(), 1);
    }
  });

  test('reports what Slack refuses, and does not try it again', async () => {
    const { client, calls } = failing(refused('invalid_arguments'));
    await assert.rejects(updateView({ client, newerBlocks }, 'V1', view), /invalid_arguments/);
    assert.equal(calls(), 1);
  });

  test('reports an error after two lost answers', async () => {
    const { client, calls } = failing(new Error('timeout'), new Error('timeout'));
    await assert.rejects(updateView({ client, newerBlocks }, 'V1', view), /timeout/);
    assert.equal(calls(), 2);
  });
});

describe('a loading view whose form cannot be made', () => {
  test('is replaced by a view with the error and its reference in the log', async () => {
    const client = new WebClient();
    const shown: string[] = [];
    client.views.open = async () => ({ ok: true, view: { id: 'V1' } });
    client.views.update = async (call) => {
      shown.push(JSON.stringify(call));
      return { ok: true };
    };
    const opening = openingFor(bot(), client, 'T1', { channel: 'C1', person: 'U0TARA' });
    const load = async (): Promise<ModalView> => {
      throw new Error('no such group');
    };
    await openView(opening, { title: 'Form', meanwhile: 'One moment …', load });
    assert.equal(shown.length, 1);
    assert.match(shown[0] ?? '', /unexpected.*reference: [0-9a-f]{8}/);
  });
});

test('a person who opens views by the hundred opens ten, is told once, and keeps nobody else from opening one', async () => {
  const client = new WebClient();
  const opened: unknown[] = [];
  client.views.open = async (call) => {
    opened.push(Object(call).trigger_id);
    return { ok: true, view: { id: 'V1' } };
  };
  const services = bot();
  const open = (person: string) => {
    const place = { channel: 'C1', person };
    return openView(openingFor(services, client, `of ${person}`, place), view);
  };
  await Promise.all(Array.from({ length: 150 }, () => open('U0SAM')));
  await open('U0TARA');
  assert.deepEqual(opened, [...Array.from({ length: 10 }, () => 'of U0SAM'), 'of U0TARA']);
  assert.deepEqual(services.told, ['U0SAM form.too-many']);
});
