/** All errors of a form are shown at their fields at once, and an invalid form has no other effect. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FieldValues } from './form.ts';
import { startScenario } from './harness.ts';
import { mary } from './stage.ts';

/** The text typed in place of a valid value → the error below that field. */
type Case = readonly [label: string, typed: string, said: RegExp];

const cases: readonly Case[] = [
  ['First name', '   ', /first name is missing/],
  ['First name', 'x'.repeat(300), /Maximum 255 characters \(this has 300\)/],
  ['First name', 'Ma\u202Ery', /reverses the direction of the text/],
  ['Last name', 'x'.repeat(301), /Maximum 300 characters \(this has 301\)/],
  ['Last name', 'Maj\u0007or', /a character that can’t be displayed/],
  ['Last name', 'Maj\uFFFDr', /A character was lost here/],
  ['Username', 'm'.repeat(101), /Maximum 100 characters \(this has 101\)/],
  ['Username', 'mary major', /A username can’t contain spaces/],
  ['Username', 'testuser@example', /must be a complete email address/],
  ['Username', 'jdoe', /“jdoe” already exists in production/],
  ['Email', 'mary,major@harbour.example', /doesn’t look like an email address/],
  ['Secondary email', 'mäjor@harbour.example', /only a–z, digits/],
  ['Mobile number', 'none', /doesn’t look like a phone number/],
  ['Mobile number', '12', /too short/],
  ['Desk phone number', '+1 555 555 1212 ext. 5', /can’t dial the extension/],
  ['Desk phone number', '1.5555E+10', /A spreadsheet changed this number/],
  ['Tags', 'billing', /can’t read “billing” as a tag/],
  ['Tags', 'aws:team=billing', /start with aws: are reserved for AWS/],
  ['Tags', 'team=a\nteam=b', /appears twice/],
  ['Tags', `${'k'.repeat(129)}=v`, /maximum 128/],
  ['Their first password', 'Short1A', /8 to 64 characters \(this has 7\)/],
  ['Their first password', 'onlysmall1', /an uppercase letter/],
  ['Their first password', 'With blank 1', /can’t contain spaces/],
];
describe('errors in the form', { concurrency: 3 }, () => {
  test('every field says what is wrong with it, in words that help', async (t) => {
    const { tara, ari, database } = await startScenario(t);
    const form = await tara.openForm();
    await form.press('More settings');
    await form.set('Phone', 'Desk phone');
    await form.set('Password', 'Type one');
    const good: FieldValues = {
      ...mary,
      'Desk phone number': '+1 555 555 1212',
      'Their first password': 'Passw0rd1',
      'Secondary email': '',
      'Mobile number': '',
      Tags: '',
    };
    for (const [label, typed, said] of cases) {
      const { outcome, errors } = await form.submit({ ...good, [label]: typed });
      assert.equal(outcome, 'errors', `${label}: ${typed}`);
      assert.deepEqual(Object.keys(errors), [label], JSON.stringify(errors));
      assert.match(errors[label] ?? '', said);
    }
    assert.deepEqual(await ari.messages(), [], 'nobody was bothered with any of it');
    assert.deepEqual(await database.query('select id from requests'), []);
  });

  test('everything is said at once, and what was typed is still there', async (t) => {
    const { tara, card } = await startScenario(t);
    const form = await tara.openForm();
    await form.set('Phone', 'Desk phone');
    const wrong = {
      ...mary,
      'First name': ' ',
      Username: 'testuser@example',
      'Desk phone number': '12',
    };
    const { errors } = await form.submit(wrong);
    assert.deepEqual(Object.keys(errors).sort(), ['Desk phone number', 'First name', 'Username']);
    assert.equal(await form.valueOf('Username'), 'testuser@example');
    assert.equal(await form.valueOf('Last name'), 'Major');
    const corrected = await form.submit({
      'First name': 'Mary',
      Username: 'Mary',
      'Desk phone number': '555 555 1212',
    });
    assert.equal(corrected.outcome, 'closed', JSON.stringify(corrected));
    assert.match((await card(/Needs 1 approval/)).text, /desk phone \+1 555 555 1212/);
  });

  test('a username that is taken by the very same user says that there is nothing to do', async (t) => {
    const { tara } = await startScenario(t);
    const form = await tara.openForm();
    const jane = { ...mary, 'First name': 'Jane', 'Last name': 'Doe', Username: 'jdoe' };
    const { errors } = await form.submit(jane);
    assert.match(errors.Username ?? '', /same names and profiles.*There is nothing to do/);
    const namesake = await form.submit({ ...jane, 'Last name': 'Doering' });
    assert.match(namesake.errors.Username ?? '', /“jdoe” already exists in production\./);
    assert.doesNotMatch(namesake.errors.Username ?? '', /same names/);
  });

  test('a phone number without a country is refused with the number that was probably meant', async (t) => {
    const noCountry = <C extends { instances: readonly object[] }>(config: C): C => ({
      ...config,
      instances: config.instances.map(
        ({ defaultCountry, ...rest }: { defaultCountry?: string }) => {
          void defaultCountry;
          return rest;
        },
      ),
    });
    const { tara } = await startScenario(t, { config: noCountry });
    const form = await tara.openForm();
    await form.set('Phone', 'Desk phone');
    const { errors } = await form.submit({ ...mary, 'Desk phone number': '(555) 555-1212' });
    assert.match(errors['Desk phone number'] ?? '', /a phone number without a country/);
  });

  test('the requester is told what changed in Connect after the form was filled in, and how to continue', async (t) => {
    const { ari, sandbox } = await startScenario(t);
    const form = await ari.openForm();
    await form.offers('Security profiles', 'Trainee');
    await sandbox.website({
      instance: 'production',
      action: 'delete-security-profile',
      id: 'Trainee',
    });
    const sent = await form.submit({ ...mary, 'Security profiles': ['Trainee'] });
    assert.equal(sent.outcome, 'closed', JSON.stringify(sent));
    const told = await ari.isSent(/was not sent/);
    assert.match(
      told.text,
      /Security profiles: The security profile that was selected no longer exists in/,
    );
    assert.deepEqual(told.buttons, ['Edit and resend']);
    const cards = await ari.messages();
    assert.deepEqual(
      cards.flatMap((message) => message.buttons),
      [],
      'nobody is asked to approve it',
    );
  });
});
