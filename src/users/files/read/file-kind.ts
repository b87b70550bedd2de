/** Determines the kind of a file from its bytes, because its name proves nothing. */
import { ProblemError, problem } from '../../../errors/problem.ts';
import { shown } from '../../../text/tidy.ts';

/** The first bytes of files that are not tables. */
const others: readonly (readonly [what: string, begins: string, from?: number])[] = [
  ['a picture (PNG)', '\x89PNG'],
  ['a picture (JPEG)', '\xff\xd8\xff'],
  ['a picture (GIF)', 'GIF8'],
  ['a picture (WebP)', 'WEBPVP8', 8],
  ['a picture (TIFF)', 'II*\0'],
  ['a picture (TIFF)', 'MM\0*'],
  ['a picture (HEIC)', 'ftypheic', 4],
  ['a picture (HEIC)', 'ftypmif1', 4],
  ['a picture (AVIF)', 'ftypavif', 4],
  ['a video', 'ftyp', 4],
  ['a PDF document', '%PDF-'],
  ['a text document (RTF)', '{\\rtf'],
  ['a compressed file (gzip)', '\x1f\x8b'],
  ['a compressed file (7z)', '7z\xbc\xaf\x27\x1c'],
  ['a compressed file (RAR)', 'Rar!\x1a'],
  ['a program', '\x7fELF'],
];

const zip = 'PK\x03\x04';
/** A zip without parts. */
const emptyZip = 'PK\x05\x06';
/** The container of old Office files, and of encrypted new ones (MS-CFB). */
const compoundFile = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';

/** Distinguishes a zip from text. Throws for every other kind that its first bytes show. */
export function kindOf(bytes: Uint8Array, name: string): 'zip' | 'text' {
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  if (head.startsWith(zip) || head.startsWith(emptyZip)) return 'zip';
  if (head.startsWith(compoundFile)) {
    throw new ProblemError(insideCompoundFile(bytes, name));
  }
  for (const [what, begins, from = 0] of others) {
    if (head.startsWith(begins, from)) {
      throw new ProblemError(problem('file.other-kind', { name: shown(name), what }));
    }
  }
  return 'text';
}

/** An encrypted workbook keeps its content in a stream of this name (MS-OFFCRYPTO). */
function insideCompoundFile(bytes: Uint8Array, name: string) {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const has = (stream: string) => content.includes(Buffer.from(stream, 'utf16le'));
  if (has('EncryptedPackage')) return problem('file.encrypted');
  const what = has('Workbook') ? 'an old Excel workbook (.xls)' : 'an old Office document';
  return problem('file.other-kind', { name: shown(name), what });
}

/** `--output table` and `--output text` of the AWS command line. */
const awsTable =
  /^-{5,}\r?\n\|\s+(?:ListUsers|SearchUsers|DescribeUser)\s+\||^(?:USERSUMMARYLIST|USERS?)\t/;
/** RFC 2849: a directory as text. */
const ldif = /^(?:version: *\d+\s+|#[^\n]*\n\s*)*dn::? /i;

/**
 * Text output of a program that is not a table: HTML that a browser saved in place of the file, and messages of
 * tools.
 */
export function assertNoMarkup(text: string, name: string): void {
  const head = text.slice(0, 1_000).trimStart();
  if (awsTable.test(head)) throw new ProblemError(problem('file.aws-table'));
  if (ldif.test(head)) {
    const what = 'a directory export (LDIF)';
    throw new ProblemError(problem('file.other-kind', { name: shown(name), what }));
  }
  if (/^<(?:!doctype\s+html|html|head|body|\?xml[^>]*>\s*<(?:!doctype\s+)?html)\b/i.test(head)) {
    throw new ProblemError(problem('file.web-page'));
  }
  if (/^<[?!a-z]/i.test(head)) {
    throw new ProblemError(
      problem('file.other-kind', { name: shown(name), what: 'an XML document' }),
    );
  }
}
