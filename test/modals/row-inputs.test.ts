/** Which fields of "Fix here" are marked as optional in Slack. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isFieldNeeded } from '../../src/modals/repair/row-inputs.ts';

type Fields = Parameters<typeof isFieldNeeded>[1];
const keys = (...names: Fields[number]['key'][]): Fields => names.map((key) => ({ key }));
const needed = (fields: Fields, mode: Parameters<typeof isFieldNeeded>[2] = 'CONNECT_MANAGED') =>
  fields.filter((field) => isFieldNeeded(field, fields, mode)).map(({ key }) => key);

describe('a field of a row that is corrected', () => {
  const all = keys('firstName', 'lastName', 'username', 'email', 'routingProfile', 'tags');

  test('is optional only where a user can do without', () => {
    assert.deepEqual(needed(all), ['firstName', 'lastName', 'username', 'routingProfile']);
    assert.deepEqual(needed(all, 'EXISTING_DIRECTORY'), ['username', 'routingProfile']);
  });

  test('is optional where a preset may set it, or another column of the same', () => {
    assert.deepEqual(needed([...all, ...keys('preset')]), ['firstName', 'lastName']);
    assert.deepEqual(needed(keys('securityProfiles', 'securityProfiles')), []);
    assert.deepEqual(needed(keys('securityProfiles')), ['securityProfiles']);
  });
});
