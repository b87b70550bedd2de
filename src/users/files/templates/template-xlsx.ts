/** The template as an Excel workbook whose cells offer the names that the instance has. */
import { strToU8, zipSync } from 'fflate';
import type { IdentityMode } from '../../new-user.ts';
import type { Column, ColumnKey } from '../columns.ts';
import { standardLimits } from '../table.ts';
import { exampleCells, standardOffer, type TemplateOffer, templateColumns } from './example.ts';
import { frame, inlineCell, letterOf, sheetXml, style, xml } from './workbook-xml.ts';

/** Which column of the hidden sheet holds the names for a column of the users. */
const namesIn: Partial<Record<ColumnKey, 'A' | 'B' | 'C'>> = {
  routingProfile: 'A',
  securityProfiles: 'B',
  agentHierarchy: 'C',
  userHierarchy: 'C',
};

/** Columns with few possible values. */
const words: Partial<Record<ColumnKey, string>> = {
  phoneType: 'soft,desk',
  voiceEnhancement: 'none,isolate voice,suppress noise',
};

/**
 * Builds the workbook: sheet Users with the header, one example row and drop-down lists, and a hidden sheet
 * with the names. All cells are text, so that Excel leaves phone numbers and leading zeros alone.
 */
export function templateXlsx(mode: IdentityMode, offer: TemplateOffer = standardOffer): Uint8Array {
  const columns = templateColumns(mode);
  const example = exampleCells(offer);
  const lists = {
    A: offer.routingProfiles.map((it) => it.name),
    B: offer.securityProfiles.map((it) => it.name),
    C: offer.hierarchyGroups.map((it) => it.name),
  };
  const users = sheetXml({
    rows: [
      columns.map((column, at) => inlineCell(at, 1, column.title, style.header)),
      columns.map((column, at) => inlineCell(at, 2, example.get(column.key) ?? '', style.text)),
    ],
    columnWidths: columns.map((column) => Math.min(40, column.title.length + 4)),
    frozenRows: 1,
    validations: columns.flatMap((column, at) => validationOf(column, at, lists) ?? []),
  });
  const longest = Math.max(...Object.values(lists).map((list) => list.length));
  const names = sheetXml({
    rows: Array.from({ length: longest }, (_, row) =>
      Object.values(lists).flatMap((list, at) => {
        const name = list[row];
        return name === undefined ? [] : [inlineCell(at, row + 1, name, style.text)];
      }),
    ),
    columnWidths: [40, 40, 40],
    frozenRows: 0,
    validations: [],
  });
  const parts = frame([
    { name: 'Users', content: users },
    { name: 'Names', content: names, hidden: true },
  ]);
  return zipSync(Object.fromEntries(parts.map(([name, text]) => [name, strToU8(text)])), {
    // A fixed date, so that the same offer gives the same file.
    mtime: new Date(Date.UTC(2020, 0, 1, 12)),
  });
}

function validationOf(
  column: Column,
  at: number,
  lists: Readonly<Record<'A' | 'B' | 'C', readonly string[]>>,
): string | undefined {
  const letter = letterOf(at);
  const cells = `${letter}2:${letter}${standardLimits.rows + 1}`;
  const list = namesIn[column.key];
  if (list) {
    const count = lists[list].length;
    if (count === 0) return undefined;
    // Several profiles stand in one cell, separated by |, so the list offers and does not insist.
    const insists = column.key === 'routingProfile';
    return validation(cells, `Names!$${list}$1:$${list}$${count}`, insists);
  }
  const options = words[column.key] ?? (column.title.includes('yes/no') ? 'yes,no' : undefined);
  return options === undefined ? undefined : validation(cells, `"${options}"`, true);
}

function validation(cells: string, formula: string, insists: boolean): string {
  const error = insists
    ? ' showErrorMessage="1" errorTitle="Not in the list" error="Please choose one of the list."'
    : '';
  return `<dataValidation type="list" allowBlank="1"${error} sqref="${cells}"><formula1>${xml(formula)}</formula1></dataValidation>`;
}
