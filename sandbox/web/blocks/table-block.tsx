import type { BlockOf } from './block-model.ts';
import { type Raw, text } from './read.ts';
import { RichText } from './rich-text.tsx';

/** Slack's `table`: the first row is its head. */
export function TableBlock({ block }: { block: BlockOf<'table'> }) {
  const [head = [], ...rows] = block.rows;
  const align = (column: number) => ({ textAlign: block.alignments[column] ?? 'left' });
  return (
    <div class="table-scroll">
      <table class="block-table">
        <thead>
          <tr>
            {head.map((cell, column) => (
              <th key={column} scope="col" style={align(column)}>
                <Cell cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} style={align(column)}>
                  <Cell cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Cell({ cell }: { cell: Raw }) {
  return cell.type === 'rich_text' ? (
    <RichText raw={cell} />
  ) : (
    <span>{text(cell, 'text') ?? ''}</span>
  );
}
