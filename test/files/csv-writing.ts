/** A minimal CSV writer for the dialects of common spreadsheets. */
export type WrittenDialect = {
  readonly delimiter: ',' | ';' | '\t';
  readonly eol: '\r\n' | '\n' | '\r';
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  readonly bom: boolean;
};

export const plainDialect: WrittenDialect = {
  delimiter: ',',
  eol: '\n',
  encoding: 'utf-8',
  bom: false,
};

export const excelInGermany: WrittenDialect = {
  delimiter: ';',
  eol: '\r\n',
  encoding: 'windows-1252',
  bom: false,
};

type Rows = readonly (readonly string[])[];

export function csvText(rows: Rows, { delimiter, eol }: WrittenDialect = plainDialect): string {
  const cell = (text: string) =>
    text.includes(delimiter) || /["\r\n]|^ /.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => row.map(cell).join(delimiter) + eol).join('');
}

export function csvBytes(rows: Rows, dialect: WrittenDialect = plainDialect): Uint8Array {
  return encoded(csvText(rows, dialect), dialect);
}

/** Windows-1252 is written only for characters of ISO-8859-1, which have the same bytes in both. */
export function encoded(
  text: string,
  { encoding, bom }: Pick<WrittenDialect, 'encoding' | 'bom'>,
): Uint8Array {
  const marked = bom ? `\uFEFF${text}` : text;
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(marked, 'utf8');
    case 'utf-16le':
      return Buffer.from(marked, 'utf16le');
    case 'utf-16be':
      return Buffer.from(marked, 'utf16le').swap16();
    case 'windows-1252':
      return Buffer.from(text, 'latin1');
  }
}
