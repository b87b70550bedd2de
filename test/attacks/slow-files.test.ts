/** Files that once occupied the file-reading thread for many seconds, so that other people's files waited. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { zipSync } from 'fflate';
import { createRowKeeper } from '../../src/users/files/repair/kept-row.ts';
import { checkFile, header, refusalOf, text, userRow } from '../files/tables.ts';
import { workbookParts } from '../files/workbook-writing.ts';

async function withinMs(most: number, work: () => Promise<unknown>): Promise<void> {
  const before = process.cpuUsage();
  await work();
  const { user } = process.cpuUsage(before);
  assert.ok(user < most * 1_000, `took ${Math.round(user / 1_000)} ms`);
}

describe('a file takes no longer than its size', () => {
  for (const lineBreak of ['\n', '\r', '\r\n']) {
    it(`with 100,000 blank lines that end with ${JSON.stringify(lineBreak)}`, () =>
      withinMs(2_000, async () => {
        const refusal = await refusalOf(text(header.join() + lineBreak.repeat(100_000)));
        assert.equal(refusal.code, 'file.no-rows');
      }));
  }

  it('a file with hundreds of spaces in every hierarchy group is read in time', () =>
    withinMs(3_000, async () => {
      const titles = [...header, 'hierarchy group'];
      const rows = Array.from({ length: 3_000 }, (_, at) => [
        ...userRow(`user${at}`),
        `a${' '.repeat(900)}b`,
      ]);
      const checked = await checkFile(text([titles, ...rows].map((row) => row.join()).join('\n')));
      assert.equal(checked.counts.good, 0);
    }));

  it('a cell of many unknown names is taken apart once, however many of them are told', async () => {
    const names = Array.from({ length: 25 }, (_, at) => `no ${at}`);
    const row = userRow('one', { security: names.join('|') });
    const { table, ...checked } = await checkFile(text(`${header.join()}\n${row.join()}`));
    let timesRead = 0;
    const cells = new Proxy(table.rows[0]?.cells ?? [], {
      get: (target, at) => {
        if (target[Number(at)] === names.join('|')) timesRead += 1;
        return Reflect.get(target, at);
      },
    });
    const keeper = createRowKeeper({
      ...checked,
      table: { ...table, rows: [{ number: 2, cells }] },
    });
    const parts = keeper(0)?.findings.flatMap(({ part }) => part ?? []) ?? [];
    assert.deepEqual(parts, names.slice(0, parts.length));
    assert.ok(parts.length > 5, `${parts.length} findings`);
    assert.equal(timesRead, 1);
  });

  it('a workbook whose hidden columns begin before the first column is read in time', () =>
    withinMs(2_000, async () => {
      const columns = '<cols><col min="-50000000" max="1" hidden="1"/></cols>';
      const parts = workbookParts({ sheets: [{ name: 'Users', rows: [header, userRow('one')] }] });
      const path = 'xl/worksheets/sheet1.xml';
      const sheet = Buffer.from(parts[path] ?? '').toString();
      parts[path] = text(sheet.replace('<sheetData>', `${columns}<sheetData>`));
      const { code } = await refusalOf(zipSync(parts), 'users.xlsx');
      assert.equal(code, 'file.columns-missing-hidden');
    }));
});
