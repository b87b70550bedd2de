/** Numbers and dates of a workbook in the form that their cells show. */
import { format, getFormatFromId, isDateFormat, isTextFormat } from 'numfmt';

/** Days between Excel's two date systems (workbookPr date1904). */
const daysTo1904 = 1462;
/** Excel's own limit of a format's length. */
const longestFormat = 255;

export type NumberText = {
  /** The stored number as its cell shows it. */
  textOf(stored: string, style: number): string;
  /** Whether a style shows its number as a date or a time. */
  isDate(style: number): boolean;
};

/**
 * Creates the function that shows a stored number in its style. Numbers without a specific format are shown with all
 * their digits, where Excel would show a phone number as 4.91511E+12.
 *
 * @param formatIds the number format of each cell style
 * @param ownFormats the workbook's own formats, by id
 */
export function createNumberText(
  formatIds: readonly number[],
  ownFormats: ReadonlyMap<number, string>,
  date1904: boolean,
): NumberText {
  const patterns = formatIds.map((id) => ownFormats.get(id) ?? builtIn(id));
  const isDate = (style: number) => {
    const pattern = patterns[style] ?? 'General';
    return !isPlain(pattern) && isDateFormat(pattern);
  };
  const textOf = (stored: string, style: number) => {
    const value = Number(stored);
    if (stored.trim() === '' || !Number.isFinite(value)) return stored;
    const pattern = patterns[style] ?? 'General';
    if (isPlain(pattern)) return allDigits(value);
    try {
      const days = date1904 && isDateFormat(pattern) ? value + daysTo1904 : value;
      return format(pattern, days).trim();
    } catch {
      return allDigits(value);
    }
  };
  return { textOf, isDate };
}

function builtIn(id: number): string {
  const pattern = getFormatFromId(id);
  return typeof pattern === 'string' ? pattern : 'General';
}

function isPlain(pattern: string): boolean {
  if (pattern.length > longestFormat) return true;
  return /^(?:general)?$/i.test(pattern) || isTextFormat(pattern);
}

/** Whether a stored number has more digits than a spreadsheet keeps, so that the typed ones were different. */
export function hasLostDigits(stored: string): boolean {
  return Math.abs(Number(stored)) >= 1e15;
}

/** Up to the 15 digits that a spreadsheet keeps, so that 0.1 + 0.2 is 0.3 as on the screen. */
function allDigits(value: number): string {
  const rounded = Number(value.toPrecision(15));
  return Number.isInteger(rounded) ? BigInt(rounded).toString() : String(rounded);
}
