/** A submission that no form of the bot can have sent: it has Slack's signature, but other values. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startScenario } from './harness.ts';
import { asSlackSends } from './sandbox-calls.ts';
import { deliveries } from './wire.ts';

type Values = Record<string, Record<string, unknown>>;
type Submission = { readonly view: { readonly id: string; readonly state: { values: Values } } };

const option = (id: string, text: string) => ({ text: { type: 'plain_text', text }, value: id });

test('a raw submission cannot change what a preset fixes', async (t) => {
  const scenario = await startScenario(t, { transport: 'http' });
  const { tara, ari, sandbox, requestUrl, card, database, settled } = scenario;
  const form = await tara.openForm();
  await form.set('Preset', 'Tier 1 support');
  const names = { 'First name': 'Cleo', 'Last name': 'Coe', Email: 'cleo@harbour.example' };
  assert.deepEqual((await form.submit(names)).errors, {});
  const asked = await card(/Cleo Coe/);
  const [sent] = await deliveries(sandbox, 'view_submission');
  assert.ok(sent);
  const { payload } = sent.request as { payload: Submission };

  const forge = async (at: number, values: Values) => {
    const { view } = payload;
    const dora: Values = {
      first_name: { first_name: { type: 'plain_text_input', value: 'Dora' } },
    };
    const state = { values: { ...view.state.values, ...dora, ...values } };
    const forged = { ...payload, view: { ...view, id: `V0FORGED${at}`, state } };
    const response = await fetch(requestUrl(), asSlackSends(forged));
    return { status: response.status, text: await response.text() };
  };
  const state = await sandbox.connect();
  const routing = state.routingProfiles.find(({ name }) => name === 'Tier 2');
  const admin = state.securityProfiles.find(({ name }) => name === 'Admin');
  assert.ok(routing && admin);
  const forged = {
    routing_profile: { type: 'external_select', selected_option: option(routing.id, 'Tier 2') },
  };
  const more = {
    security_profiles: {
      type: 'multi_external_select',
      selected_options: [option(admin.id, 'Admin')],
    },
  };
  const desk = {
    phone_type: { type: 'radio_buttons', selected_option: option('DESK_PHONE', 'Desk phone') },
  };
  const forgeries: Values[] = [
    { 'routing_profile@production': forged },
    { 'routing_profile@production~Tier 1 support': forged },
    { 'security_profiles@production': more },
    { 'security_profiles@production~Tier 1 support': more },
    { phone_type: desk },
  ];
  for (const [at, values] of forgeries.entries()) {
    const answer = await forge(at, values);
    assert.equal(answer.status, 200);
    const [block = ''] = Object.keys(values);
    const { response_action: action, errors } = JSON.parse(answer.text) as {
      response_action: string;
      errors: Record<string, string>;
    };
    assert.equal(action, 'errors', block);
    assert.match(errors[block] ?? '', /Tier 1 support” sets this to .* and it can’t be changed/);
  }
  // With the form's own values, the same kind of request is accepted, so the refusals were caused by the values.
  assert.equal((await forge(forgeries.length, {})).text, '');
  await card(/Dora Coe/);
  await settled();
  const rows = await database.query('select new_user from rows');
  assert.equal(rows.length, 2);
  await ari.press(asked, 'Approve');
  await card(/✅ 1 created/);
  const cleo = await sandbox.connectUser('cleo.coe');
  assert.equal(cleo?.routingProfile, 'Basic Routing Profile');
  assert.deepEqual(cleo?.securityProfiles, ['Agent']);
});
