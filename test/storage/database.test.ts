import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../database.ts';

test('a test database is fresh and has the tables', async (t) => {
  const database = await testDatabase(t);
  assert.deepEqual(await database.query('select * from requests'), []);
});
