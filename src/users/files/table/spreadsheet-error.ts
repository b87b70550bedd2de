/** The errors that spreadsheets write into cells, in the languages that they speak. */

/** `#N/A`, `#BEZUG!`, `#¿NOMBRE?`, `#Н/Д`: a number sign, capitals, and in most cases a mark at the end. */
const byForm =
  /^#[¡¿]?(?:[\p{Lu}\p{Lo}][\p{Lu}\p{Lo}\p{N}_ ]{0,20}[!?！？]|\p{Lu}{1,12}\/(?:0|\p{Lu}{1,5})[!?]?)$/u;
/** Errors without a mark: N/A in German, Swedish, Finnish, Hungarian, Turkish, Czech; LibreOffice; Excel's own. */
const byName =
  /^(?:#(?:NV|SAKNAS!?|PUUTTUU!?|HIÁNYZIK|YOK|BRAK|NENÍ_K_DISPOZICI|DĚLENÍ_NULOU!|GETTING_DATA|AGUARDANDO_DADOS|OBTENDO_DADOS|OBTENIENDO_DATOS|N\/A N\/A|ERROR!|EVAL!)|Err:\d{3}|#{3,}|#\s?[nN]\/[aAdD])$/u;
const longest = 30;

/**
 * Capitals after a number sign: an error in another language, at a place where neither a tag nor a comment is
 * possible.
 */
export const unknownError = /^#[¡¿]?\p{Lu}[\p{Lu}\p{M}\p{N}/._]{1,20}[!?！？]?$/u;

/** Whether a cell's text is an error of a spreadsheet, including one that a CSV contains as text. */
export function isSpreadsheetError(text: string): boolean {
  const letter = text.charCodeAt(0);
  // `#` or `E`: cells with any other beginning are not errors.
  if (letter !== 0x23 && letter !== 0x45) return false;
  return text.length <= longest && (byForm.test(text) || byName.test(text));
}
