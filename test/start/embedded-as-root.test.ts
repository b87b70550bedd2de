import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whyNotAsRoot } from '../../src/start/embedded-as-root.ts';

const embedded = { kind: 'embedded', dataDir: './data' } as const;

test('root starts the database of the bot only after agreeing to what that does', () => {
  assert.equal(whyNotAsRoot(embedded, {}, 0)?.code, 'database.as-root');
  assert.equal(whyNotAsRoot(embedded, { EMBEDDED_AS_ROOT: '1' }, 0), null);
  assert.equal(whyNotAsRoot({ kind: 'url', url: 'postgres://host/name' }, {}, 0), null);
  for (const user of [1000, undefined]) assert.equal(whyNotAsRoot(embedded, {}, user), null);
});
