/** Numbers and dates of a workbook as people see them in their cells. */
import { format, getFormatFromId, isDateFormat, isTextFormat } from 'numfmt';

/** Days between the two beginnings of time that Excel knows (workbookPr date1904). */
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
 * Makes the function that shows a stored number in its style. Numbers of no particular format come out
 * with all their digits, where Excel would show a phone number as 4.91511E+12.
 *
 * @param formatIds the number format of each cell style
 * @param ownFormats formats that the workbook brings, by id
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

/** Whether a stored number has more digits than a spreadsheet keeps: what was typed were others. */
export function hasLostDigits(stored: string): boolean {
  return Math.abs(Number(stored)) >= 1e15;
}

/** Up to the 15 digits that a spreadsheet keeps, so that 0.1 + 0.2 is 0.3 as it is on the screen. */
function allDigits(value: number): string {
  const rounded = Number(value.toPrecision(15));
  return Number.isInteger(rounded) ? BigInt(rounded).toString() : String(rounded);
}
