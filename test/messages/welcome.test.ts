import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { welcomeText } from '../../src/messages/welcome.ts';

const url = 'https://example.my.connect.aws/login';

describe('the welcome of a new user', () => {
  test('says where, as whom, and how to get in the first time', () => {
    const text = welcomeText({
      firstName: 'Mary',
      username: 'mmajor',
      email: 'mary@example.com',
      passwordPlan: 'generated',
      signIn: { mode: 'CONNECT_MANAGED', url },
    });
    assert.equal(
      text,
      'Hello Mary,\nyour user in Amazon Connect is ready.\n\n' +
        `Sign in at: ${url}\nUsername: mmajor\n` +
        'The first time, choose “Forgot password”. The link goes to mary@example.com.',
    );
  });

  test('never contains a typed password, and says who will tell it', () => {
    const text = welcomeText({
      username: 'mmajor',
      passwordPlan: 'typed',
      signIn: { mode: 'CONNECT_MANAGED', url: null },
    });
    assert.match(text, /^Hello,\n/);
    assert.match(text, /whoever requested your user gives it to you/);
    assert.doesNotMatch(text, /Forgot password|Sign in at/);
  });

  test('names no Connect password for single sign-on and directory instances', () => {
    const newcomer = { username: 'mmajor', passwordPlan: 'none' as const };
    const saml = welcomeText({ ...newcomer, signIn: { mode: 'SAML', url } });
    assert.match(saml, /single sign-on/);
    const directory = welcomeText({ ...newcomer, signIn: { mode: 'EXISTING_DIRECTORY', url } });
    assert.match(directory, /directory account/);
    assert.doesNotMatch(`${saml}${directory}`, /Forgot password/);
    assert.doesNotMatch(welcomeText({ ...newcomer, signIn: null }), /password/);
  });
});
