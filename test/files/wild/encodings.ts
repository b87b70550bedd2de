/** More encodings from practice: old ones, mixed ones, and files with a single non-ASCII name. */
import { inEncoding, lines, person, titles, type WildFile } from './wild-file.ts';

const file = (encoding: string, ...rows: readonly string[]) =>
  inEncoding(encoding, [titles, ...rows, ''].join('\r\n'));
const latin1 = (text: string) => Buffer.from(text, 'latin1');
/** The part of code page 037 that a list of users needs. */
const ebcdic = (text: string) =>
  Uint8Array.from([...text], (letter) => {
    const at = 'abcdefghijklmnopqrstuvwxyz'.indexOf(letter.toLowerCase());
    const row = at < 9 ? 0x81 + at : at < 18 ? 0x91 + at - 9 : 0xa2 + at - 18;
    if (at >= 0) return letter === letter.toLowerCase() ? row : row + 0x40;
    return (
      ({ ' ': 0x40, ',': 0x6b, '.': 0x4b, '@': 0x7c, '\n': 0x25 } as Record<string, number>)[
        letter
      ] ?? 0x6f
    );
  });
const okay = person('Okay', 'Person', 'okperson');
const encodings = 'encoding.spec.whatwg.org';

// biome-ignore format: a table has one case a line
export const moreEncodings: readonly WildFile[] = [
  { about: 'one umlaut alone', source: 'Excel in the United States, “CSV (Comma delimited)”', bytes: () => file('windows-1252', person('Jörg', 'Smith', 'jsmith'), okay), created: ['Jörg Smith jsmith', 'Okay Person okperson'] },
  { about: 'one typographic apostrophe alone', source: 'Word and Outlook, AutoCorrect', bytes: () => file('windows-1252', person('Ann', 'O’Neill', 'aoneill'), okay), created: ['Ann O’Neill aoneill', 'Okay Person okperson'] },
  { about: 'a blank that does not break alone', source: 'names copied out of a web page', bytes: () => file('windows-1252', person('Ann\u00A0Marie', 'Quinn', 'aquinn')), created: ['Ann\u00A0Marie Quinn aquinn'] },
  { about: 'one Polish name alone', source: encodings, bytes: () => file('windows-1250', person('Łukasz', 'Żak', 'lzak'), okay), asked: 'encoding', options: ['windows-1250', 'windows-1257', 'windows-1252', 'macintosh'] },
  { about: 'ISO-8859-15 of an old Unix', source: encodings, bytes: () => file('iso-8859-15', person('Zoë', 'Šimek', 'zsimek'), person('Jürgen', 'Žižka', 'jzizka')), asked: 'encoding', options: ['iso-8859-15', 'windows-1257', 'windows-1252', 'iso-8859-2'] },
  { about: 'ISO-8859-7 of an old Unix', source: encodings, bytes: () => file('iso-8859-7', person('Άννα', 'Παππά', 'apappa'), person('Έλενα', 'Ώρα', 'eora')), asked: 'encoding', options: ['windows-1253', 'iso-8859-7', 'windows-1251'] },
  { about: 'ISO-8859-9 of an old Unix', source: encodings, bytes: () => file('windows-1254', person('Gülşen', 'Yıldız', 'gyildiz'), person('İbrahim', 'Çağ', 'icag')), created: ['Gülşen Yıldız gyildiz', 'İbrahim Çağ icag'] },
  { about: 'half-width kana', source: 'en.wikipedia.org/wiki/Half-width_kana', bytes: () => file('shift_jis', person('ﾀﾛｳ', 'ﾔﾏﾀﾞ', 'tyamada'), person('花子', '鈴木', 'hsuzuki')), created: ['ﾀﾛｳ ﾔﾏﾀﾞ tyamada', '花子 鈴木 hsuzuki'] },
  { about: 'characters of Windows beyond Shift JIS', source: 'en.wikipedia.org/wiki/Code_page_932_(Microsoft_Windows)', bytes: () => file('shift_jis', person('太郎', '髙橋', 'ttaka'), person('一郎', '﨑山', 'isaki')), created: ['太郎 髙橋 ttaka', '一郎 﨑山 isaki'] },
  { about: 'traditional characters in GBK', source: 'objectstack-ai/objectui#2556', bytes: () => file('gb18030', person('偉', '張', 'wzhang'), person('秀英', '王', 'xwang'), person('建國', '陳', 'jchen')), created: ['偉 張 wzhang', '秀英 王 xwang', '建國 陳 jchen'] },
  { about: 'Thai', source: encodings, bytes: () => file('windows-874', person('สมชาย', 'ใจดี', 'sjaidee'), person('สมหญิง', 'รักไทย', 'srakthai')), created: ['สมชาย ใจดี sjaidee', 'สมหญิง รักไทย srakthai'] },
  { about: 'UTF-16 in the order of big machines', source: 'Unicode, chapter 3.10', bytes: () => Buffer.from(`\uFEFF${titles}\r\n${person('Zoë', 'Łak', 'zlak')}\r\n`, 'utf16le').swap16(), created: ['Zoë Łak zlak'] },
  { about: 'UTF-16 without a mark', source: 'bcp of SQL Server, -w', bytes: () => Buffer.from(`${titles}\r\n${person('Zoë', 'Łak', 'zlak')}\r\n`, 'utf16le'), created: ['Zoë Łak zlak'] },
  { about: 'two files in one: UTF-8, and a line of Latin-1', source: 'copy a.csv + b.csv', bytes: () => Buffer.concat([lines(titles, person('Zoë', 'Łak', 'zlak')), latin1(person('Renée', 'Ash', 'rash'))]), created: ['Zoë Łak zlak'], found: ['3 first name: field.letters-lost'] },
  { about: 'EBCDIC of a mainframe', source: 'ibm.com/docs, code page 037', bytes: () => ebcdic(`${titles}\n${okay}\n`), refused: 'file.unknown-encoding' },
  { about: 'UTF-32', source: 'unicode.org/faq/utf_bom.html', bytes: () => Uint8Array.from([0xff, 0xfe, 0, 0, ...[...titles].flatMap((letter) => [letter.charCodeAt(0), 0, 0, 0])]), refused: 'file.binary' },
  { about: 'quoted-printable', source: 'rfc-editor.org/rfc/rfc2045, section 6.7', bytes: () => lines(titles, person('Renée'.replace('é', '=C3=A9'), 'Ash', 'rash')), created: [], found: ['2 first name: name.escaped'] },
  { about: 'an encoded word of mail', source: 'rfc-editor.org/rfc/rfc2047', bytes: () => lines(titles, person('=?UTF-8?Q?Ren=C3=A9e?=', 'Ash', 'rash')), created: [], found: ['2 first name: name.escaped'] },
  { about: 'codes beside what only looks like UTF-7', source: 'rfc-editor.org/rfc/rfc2152', bytes: () => lines(titles, person('ren=c3=a9e+abcd-', 'Ash', 'rash')), created: [], found: ['2 first name: name.escaped'] },
];
