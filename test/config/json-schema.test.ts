import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { policyJsonSchema } from '../../src/config/policy-file/policy-file.ts';

const file = new URL('../../docs/config.schema.json', import.meta.url);

describe('docs/config.schema.json', () => {
  test('is what the bot checks; after a change: UPDATE_DOCS=1 npm test -- test/config/json-schema.test.ts', () => {
    const current = policyJsonSchema();
    if (process.env.UPDATE_DOCS) writeFileSync(file, `${JSON.stringify(current, null, 2)}\n`);
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), current);
  });

  test('tells an editor what each setting is for', () => {
    const bare: string[] = [];
    const look = (schema: unknown, at: string) => {
      if (typeof schema !== 'object' || schema === null) return;
      if ('properties' in schema && typeof schema.properties === 'object') {
        for (const [name, member] of Object.entries(schema.properties ?? {})) {
          if (!member.description) bare.push(`${at}.${name}`);
          look(member, `${at}.${name}`);
        }
      }
      if ('items' in schema) look(schema.items, `${at}[]`);
    };
    look(policyJsonSchema(), '');
    assert.deepEqual(bare, []);
  });
});
