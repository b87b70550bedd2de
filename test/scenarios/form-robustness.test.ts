/** The form stays usable: one invalid user group affects nobody else, and quick clicks leave a consistent form. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ActionResult } from '../../sandbox/api/interactions.ts';
import { startScenario } from './harness.ts';
import { eventually } from './sandbox-calls.ts';
import { buttonsIn, isBag, isInput, labelOf, labelsOf } from './seen.ts';

describe('one wrong user group in the policy', { concurrency: 2 }, () => {
  test('counts as empty, is warned of at the start, and the others may ask', async (t) => {
    const mayRequest = {
      anyone: false,
      creators: false,
      people: [],
      usergroups: ['S0WRONG', 'S0LEADS'],
    };
    const { tara, noa, ask, logSays, sandbox } = await startScenario(t, {
      instance: { mayRequest },
    });
    await logSays(/no user group of this id.*S0WRONG|S0WRONG.*no user group of this id/);
    const { usergroups } = await sandbox.call<{
      usergroups: { id: string; members: string[] }[];
    }>('GET', '/state?user=U0TARA');
    const leads = usergroups.find(({ id }) => id === 'S0LEADS')?.members ?? [];
    assert.ok(leads.includes(tara.id), 'Tara is one of the leads');
    await ask(tara);
    await noa.command();
    if (!leads.includes(noa.id)) await noa.notice(/may|can/);
  });

  test('does not prevent requests on a plan without user groups either', async (t) => {
    const mayRequest = {
      anyone: false,
      creators: false,
      people: ['U0TARA'],
      usergroups: ['S0LEADS'],
    };
    const { tara, ask, sandbox } = await startScenario(t, { instance: { mayRequest } });
    const refused = { on: 'slack', kind: 'method', match: 'usergroups.users.list' } as const;
    await sandbox.fault({ ...refused, error: 'plan_upgrade_required' }, 100);
    await ask(tara);
  });
});

describe('a loading view', () => {
  test('ends in what went wrong, when Slack fails while the form is made', async (t) => {
    const mayRequest = { anyone: false, creators: false, people: [], usergroups: ['S0LEADS'] };
    const { tara, sandbox, logSays } = await startScenario(t, { instance: { mayRequest } });
    const broken = { on: 'slack', kind: 'method', match: 'usergroups.users.list' } as const;
    await sandbox.fault({ ...broken, error: 'http_500' }, 100);
    await tara.command();
    const notice = await tara.notice(/unexpected/);
    const [, reference = ''] = /reference: ([0-9a-f]{8})/.exec(notice) ?? [];
    await logSays(new RegExp(reference));
  });
});

describe('two quick clicks in the form', () => {
  test('both take effect, although the second carries the view from before the first', async (t) => {
    const { tara, sandbox } = await startScenario(t);
    const form = await tara.openForm();
    const view = await form.view();
    const user = tara.id;
    const more = buttonsIn(view.blocks).find(({ text }) => /more/i.test(text));
    const phone = view.blocks
      .map((block) => ({ ...block }) as Record<string, unknown>)
      .find((block) => isInput(block) && labelOf(block) === 'Phone');
    assert.ok(more && phone && isBag(phone.element));
    const { options } = phone.element;
    assert.ok(Array.isArray(options));
    const desk = options.find((option) => option.value === 'desk');
    // The first change is the slower one: its view is drawn while the second is being sent.
    await Promise.all([
      sandbox.call<ActionResult>('POST', '/actions', { user, viewId: form.id, ...idsOf(more) }),
      sandbox.call<ActionResult>('POST', `/views/${form.id}/input`, {
        user,
        blockId: phone.block_id,
        actionId: phone.element.action_id,
        value: { selected_option: desk },
      }),
    ]);
    await eventually('the form has both', async () => {
      const labels = labelsOf(await form.view());
      return labels.includes('Desk phone number') && labels.includes('Secondary email');
    });
    const { entries } = await sandbox.call<{ entries: { name: string; request: unknown }[] }>(
      'GET',
      '/wire?kind=delivery',
    );
    const hashes = entries
      .filter(({ name }) => name === 'block_actions')
      .map(({ request }) => /"hash":"([^"]+)"/.exec(JSON.stringify(request))?.[1]);
    assert.equal(new Set(hashes).size, 1, 'both clicks carried the same view');
  });
});

function idsOf({ blockId, actionId }: { blockId: string; actionId: string }) {
  return { blockId, actionId };
}
