import { useState } from 'preact/hooks';
import type { BlockOf } from './block-model.ts';
import { Cell } from './table-block.tsx';

/** Slack's `data_table`: a caption, a head, and pages of rows. Sorting and filtering are Slack's own. */
export function DataTableBlock({ block }: { block: BlockOf<'data_table'> }) {
  const [page, setPage] = useState(0);
  const [head = [], ...rows] = block.rows;
  const pages = Math.max(1, Math.ceil(rows.length / block.pageSize));
  const at = Math.min(page, pages - 1);
  const shown = rows.slice(at * block.pageSize, (at + 1) * block.pageSize);
  return (
    <div class="block-data-table">
      <div class="table-scroll">
        <table class="block-table">
          <caption>{block.caption}</caption>
          <thead>
            <tr>
              {head.map((cell, column) => (
                <th key={column} scope="col">
                  <Cell cell={cell} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) =>
                  column === block.rowHeader ? (
                    <th key={column} scope="row">
                      <Cell cell={cell} />
                    </th>
                  ) : (
                    <td key={column}>
                      <Cell cell={cell} />
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && (
        <div class="table-pages">
          <button type="button" class="button" disabled={at === 0} onClick={() => setPage(at - 1)}>
            Previous
          </button>
          <span class="quiet">
            {at + 1} of {pages}
          </span>
          <button
            type="button"
            class="button"
            disabled={at + 1 >= pages}
            onClick={() => setPage(at + 1)}
          >
            Next
          </button>
        </div>
      )}
    </div>
  );
}
