/** All text that reaches the bot can be stored, and reading it returns what was stored. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { appendEvent } from '../../src/audit/audit-store.ts';
import { problem } from '../../src/errors/problem.ts';
import {
  insertFileRows,
  insertRequestFile,
  readRequestFile,
  rowsJson,
  setFileChecked,
} from '../../src/requests/store/files-store.ts';
import {
  insertRequest,
  readRequest,
  readRows,
  setRejection,
} from '../../src/requests/store/requests-store.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { createJobs } from '../../src/storage/jobs.ts';
import { isStorable, storable, storableText, toJson } from '../../src/text/storable.ts';
import { contentHash } from '../../src/users/content-hash.ts';
import { standardDialect } from '../../src/users/files/table/table.ts';
import { testDatabase } from '../database.ts';
import { newUser } from '../provisioning/approved.ts';
import { log } from '../services.ts';

/** Ordinary text with characters that Postgres refuses: U+0000, halves of surrogate pairs, and their escapes. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom('\0', '\ud83d', '\udc00', '\\u0000', '\\ud83d', '"', '\\', 'ä', '👩‍🚀'),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

describe('text for the database', () => {
  test('is changed only where Postgres would refuse it, and only once', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const stored = storableText(text);
        assert.equal(stored.length, text.length);
        assert.ok(isStorable(stored));
        assert.equal(storableText(stored), stored);
        if (text.isWellFormed() && !text.includes('\0')) assert.equal(stored, text);
      }),
    );
  });

  test('is the same in JSON: in texts, in lists, in names of members', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), anyText, (value, text) => {
        const all = { value, [`x${text}`]: [text, { deep: text }] };
        assert.deepEqual(JSON.parse(toJson(all)), storable(JSON.parse(JSON.stringify(all))));
      }),
    );
  });

  test('every place where people’s text is stored takes it, and gives it back', async (t) => {
    const { url } = await testDatabase(t);
    const database = await openDatabase({ kind: 'url', url }, { log });
    const jobs = createJobs({ database, log });
    await jobs.start();
    t.after(async () => {
      await jobs.stop({ graceful: false, timeoutMs: 0 });
      await database.close();
    });
    const { db } = database;
    const now = new Date();
    const storesAll = fc.asyncProperty(anyText, async (text) => {
      const user = newUser('mary', { firstName: text });
      const good = { position: 1, user, password: 'generated' as const };
      const id = await db.transaction().execute(async (tx) => {
        const requestId = await insertRequest(tx, {
          instance: 'production',
          source: 'file',
          requesterId: 'U0TARA',
          requesterName: text,
          reason: text,
          requestsChannel: 'C0REQUESTS',
          createdAt: now,
        });
        const file = { requestId, slackFileId: 'F1', name: text, channel: null, threadTs: null };
        await insertRequestFile(tx, file);
        const row = {
          position: 1,
          line: 2,
          cells: [text, 'x'],
          state: 'waiting' as const,
          draft: { username: text, firstName: text },
          user,
          password: 'generated' as const,
          passwordBox: null,
          keptPasswordBox: null,
          kept: null,
          problemText: text,
          suggestionText: text,
        };
        await insertFileRows(tx, requestId, rowsJson([row]), now);
        await setFileChecked(tx, requestId, {
          fileGroups: [{ where: '', sentence: text }],
          layout: { kind: 'csv', headerRow: 1, headers: [text], dialect: standardDialect },
          summary: {
            rows: 1,
            good: 1,
            wrong: 0,
            skipped: 0,
            corrected: 0,
            securityProfiles: [{ id: 'sp', name: text, count: 1 }],
            routingProfiles: [],
            passwords: false,
          },
          groups: [{ where: text, sentence: text }],
          refusal: problem('create.invalid', { detail: text }),
        });
        await setRejection(tx, requestId, 1, problem('create.invalid', { detail: text }), []);
        await appendEvent(
          tx,
          requestId,
          { kind: text, actor: text, details: { [text]: text } },
          now,
        );
        const what = { kind: 'deny' as const, reason: text };
        const choice = { requestId, personId: 'U0ARI', channel: 'C1', what };
        await jobs.enqueue(tx, { queue: 'decide', data: choice });
        return requestId;
      });
      const stored = storableText(text);
      assert.equal((await readRequest(db, id))?.reason, stored);
      assert.equal((await readRequestFile(db, id))?.name, stored);
      const [row] = await readRows(db, id);
      assert.deepEqual(row?.draft, { username: stored, firstName: stored });
      assert.ok(row?.new_user);
      // H2 (only what was approved): the approved rows are read again from the database, so both must have the same
      // hash.
      const again = { position: 1, user: row.new_user, password: 'generated' as const };
      assert.equal(contentHash([again]), contentHash([good]));
    });
    await fc.assert(storesAll, {
      numRuns: 40,
      examples: [['\0'], ['\ud83d'], ['\\u0000'], ['a\0b\udc00c']],
    });
  });
});
