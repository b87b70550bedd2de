/** A template filled in with existing users gives the same values when it is read back. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { ExistingUser } from '../../../../src/connect/gateway.ts';
import { checkRows } from '../../../../src/users/files/check/check-rows.ts';
import { readTable } from '../../../../src/users/files/read/read-table.ts';
import {
  filledCells,
  filledInput,
  usersLike,
} from '../../../../src/users/files/templates/filled.ts';
import { templateCsv } from '../../../../src/users/files/templates/template-csv.ts';
import { templateJson } from '../../../../src/users/files/templates/template-json.ts';
import { templateXlsx } from '../../../../src/users/files/templates/template-xlsx.ts';
import { createGroupIndex } from '../../../../src/users/hierarchy.ts';
import { managed } from '../../fixtures.ts';
import { inInstance, offer, standardLists } from './offers.ts';

const { routing, security, groups } = standardLists;
const byId = <Item extends { readonly id: string }>(items: readonly Item[]) => {
  const known = new Map(items.map((item) => [item.id, item]));
  return (id: string) => known.get(id);
};
const names = {
  routingProfileById: byId(routing),
  securityProfileById: byId(security),
  hierarchyGroupById: byId(groups),
  hierarchyGroups: createGroupIndex(groups),
};

const name = fc.constantFrom('Ann', "O'Neil", 'Sinéad', '山田', 'van der Berg', 'Al-Amin');
const tag = fc.tuple(
  fc.constantFrom('team', 'cost center', 'site:id', 'k=v'),
  fc.constantFrom('blue', 'a|b', '4711', 'x=y', 'north, south', 'https://x.test/a'),
);
const person: fc.Arbitrary<ExistingUser> = fc.record({
  id: fc.constant('u'),
  arn: fc.constant('arn'),
  username: fc.stringMatching(/^[a-z][a-z.]{1,10}[a-z]$/),
  firstName: name,
  lastName: name,
  securityProfileIds: fc.subarray(
    security.filter((profile) => !profile.name.includes('|')).map(({ id }) => id),
    { minLength: 1, maxLength: 2 },
  ),
  routingProfileId: fc.constantFrom(...routing.map(({ id }) => id)),
  hierarchyGroupId: fc.constantFrom(...groups.map(({ id }) => id)),
  tags: fc.array(tag, { maxLength: 3 }).map(
    (tags): Record<string, string> => ({
      ...Object.fromEntries(tags),
      'aws:made-by': 'somebody',
      'connect-add-user:row': 'CU-1/1/x',
    }),
  ),
  contact: fc.record({
    email: fc.constant('ann@harbour.example'),
    secondaryEmail: fc.constantFrom('a@x.example', 'b@x.example'),
    mobile: fc.constantFrom('+12065550123', '+442079460000'),
    deskPhoneNumber: fc.constant('+12065550199'),
  }),
  phone: fc.record({
    type: fc.constantFrom('soft', 'desk'),
    autoAccept: fc.boolean(),
    persistentConnection: fc.constant(false),
    afterContactWorkSeconds: fc.integer({ min: 0, max: 600 }),
  }),
});

describe('a template filled in with users who exist', () => {
  test('reads back as these users, in every format', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(person, { selector: (user) => user.username, minLength: 1, maxLength: 3 }),
        async (users) => {
          const rows = users.map((user) => filledCells(user, names));
          const inputs = users.map((user) => filledInput(user, offer.instanceId));
          const files = {
            csv: templateCsv('CONNECT_MANAGED', offer, rows),
            xlsx: templateXlsx('CONNECT_MANAGED', offer, rows),
            json: templateJson('CONNECT_MANAGED', offer, inputs),
          };
          for (const [kind, bytes] of Object.entries(files)) {
            const table = await readTable(bytes, `production-users.${kind}`);
            const checked = await checkRows(table, inInstance(managed, standardLists));
            assert.deepEqual(checked.findings, [], kind);
            for (const [at, user] of users.entries()) {
              const verdict = checked.rows[at]?.verdict;
              assert.ok(verdict?.kind === 'good', kind);
              const { 'aws:made-by': _aws, 'connect-add-user:row': _mark, ...tags } = user.tags;
              const { user: read } = verdict;
              assert.deepEqual(
                [
                  read.username,
                  read.firstName,
                  read.lastName,
                  read.email,
                  read.secondaryEmail,
                  read.mobile,
                ],
                [
                  user.username,
                  user.firstName,
                  user.lastName,
                  user.contact?.email,
                  user.contact?.secondaryEmail,
                  user.contact?.mobile,
                ],
                kind,
              );
              assert.deepEqual(read.tags, tags, kind);
              assert.equal(read.routingProfile.id, user.routingProfileId);
              assert.equal(read.hierarchyGroup?.id, user.hierarchyGroupId);
              assert.deepEqual(
                new Set(read.securityProfiles.map(({ id }) => id)),
                new Set(user.securityProfileIds),
              );
              assert.equal(read.phone.type, user.phone?.type);
              assert.equal(read.phone.autoAccept ?? false, user.phone?.autoAccept);
              assert.equal(read.afterContactWorkSeconds, user.phone?.afterContactWorkSeconds);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('holds those in whose names, profiles or group every word is', () => {
    const user = (username: string, at: number): ExistingUser => ({
      id: username,
      arn: 'arn',
      username,
      firstName: 'Ann',
      securityProfileIds: [security[0]?.id ?? ''],
      routingProfileId: routing[at]?.id ?? '',
      tags: {},
    });
    const users = [user('zoe', 0), user('bob', 0), user('eve', 1)];
    const like = (words: string) => usersLike(users, names, words).map(({ username }) => username);
    assert.deepEqual(like(`ann ${routing[0]?.name.split(' ')[0] ?? ''}`), ['bob', 'zoe']);
    assert.deepEqual(like('EVE'), ['eve']);
    assert.deepEqual(like('nobody'), []);
    assert.deepEqual(like(' '), []);
  });
});
