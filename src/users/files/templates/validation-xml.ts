/** The choices, validations and hints of a range of cells in a spreadsheet (ECMA-376, dataValidation). */
import { xml } from './workbook-xml.ts';

export type Validation = {
  /** Values in quotation marks, separated by commas, or a range that contains them. */
  readonly list?: string;
  readonly wholeNumber?: { readonly from: number; readonly to: number };
  /** A confirmation for any other value, which can be kept. At most 225 characters. */
  readonly warning?: string;
  /** Shown beside a selected cell; at most 255 characters. */
  readonly hint?: string;
};

/** The element for a range such as `B2:B1001`; undefined when it would be empty. */
export function dataValidation(
  cells: string,
  { list, wholeNumber, warning, hint }: Validation,
): string | undefined {
  const attributes = [
    ...(list === undefined ? [] : ['type="list"']),
    ...(wholeNumber === undefined ? [] : ['type="whole"']),
    ...(warning === undefined
      ? []
      : [
          `errorStyle="warning" showErrorMessage="1" errorTitle="Is that right?" error="${xml(warning)}"`,
        ]),
    ...(hint === undefined ? [] : [`showInputMessage="1" prompt="${xml(hint)}"`]),
  ];
  if (attributes.length === 0) return undefined;
  const formulas =
    list === undefined
      ? [wholeNumber?.from, wholeNumber?.to].flatMap((bound) => bound ?? [])
      : [list];
  const children = formulas.map(
    (formula, at) => `<formula${at + 1}>${xml(`${formula}`)}</formula${at + 1}>`,
  );
  return `<dataValidation ${attributes.join(' ')} allowBlank="1" sqref="${cells}">${children.join('')}</dataValidation>`;
}
