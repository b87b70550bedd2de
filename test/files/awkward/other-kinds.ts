/** Files that are not tables, whatever their names. */
import { text } from '../tables.ts';
import type { AwkwardFile } from './awkward-file.ts';

function bytesOf(...numbers: number[]): Uint8Array {
  return Uint8Array.from(numbers);
}

function compoundFile(stream: string): Uint8Array {
  const begins = bytesOf(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
  return Buffer.concat([begins, new Uint8Array(1_016), Buffer.from(stream, 'utf16le')]);
}

export const otherKinds: readonly AwkwardFile[] = [
  {
    about: 'a picture renamed to .csv',
    bytes: () => bytesOf(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13),
    refused: 'file.other-kind',
    says: /“users\.csv” is a picture \(PNG\)/,
  },
  {
    about: 'a photograph',
    bytes: () => bytesOf(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46),
    refused: 'file.other-kind',
    says: /JPEG/,
  },
  { about: 'a PDF', bytes: () => text('%PDF-1.7\n%'), refused: 'file.other-kind', says: /PDF/ },
  {
    about: 'an .xls of 1997',
    bytes: () => compoundFile('Workbook'),
    refused: 'file.other-kind',
    says: /old Excel workbook/,
  },
  {
    about: 'an encrypted .xlsx',
    name: 'users.xlsx',
    bytes: () => compoundFile('EncryptedPackage'),
    refused: 'file.encrypted',
  },
  {
    about: 'a login page in place of the file',
    bytes: () => text('\n<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>'),
    refused: 'file.web-page',
  },
  {
    about: 'a login page with nothing before it',
    bytes: () => text('<html lang="en"><body>Sign in, please'),
    refused: 'file.web-page',
  },
  {
    about: 'a drawing (SVG)',
    bytes: () => text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    refused: 'file.other-kind',
    says: /XML/,
  },
  {
    about: 'bytes without meaning',
    bytes: () => Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7919 + 3) % 251),
    refused: 'file.binary',
  },
];
