/** Cells of names as collected from practice: markup, notes, two names, and text with a wrong encoding. */
import { managed } from '../../users/fixtures.ts';
import { lines, person, titles, type WildFile } from './wild-file.ts';

const first = (name: string) => lines(titles, person(name, 'Quinn', 'aquinn'));
const last = (name: string) => lines(titles, person('Ann', name, 'aquinn'));
const quoted = (first: string, last: string) =>
  lines(titles, `"${first}","${last}",a@harbour.example,aquinn,Basic Routing Profile,Agent`);
const foundFirst = (code: string) => ({ created: [], found: [`2 first name: ${code}`] });
const foundLast = (code: string) => ({ created: [], found: [`2 last name: ${code}`] });
const note = (name: string, source = 'lists of hires kept by hand'): WildFile => ({
  about: `the note “${name}” in place of a name`,
  source,
  bytes: () => first(name),
  ...foundFirst('cell.placeholder'),
});
const error = (name: string, source: string): WildFile => ({
  about: `${name} in place of a name`,
  source,
  bytes: () => last(name),
  ...foundLast('cell.error'),
});
const pronouns = 'slack.com/help/articles/360000679327, pronouns in profiles';
const richText = 'learn.microsoft.com/sharepoint, “Enhanced rich text” columns';
const misread = 'en.wikipedia.org/wiki/Mojibake';

// biome-ignore format: a table has one case a line
export const besideAName: readonly WildFile[] = [
  { about: 'a name in bold, in HTML', source: richText, bytes: () => last('<b>Quinn</b>'), ...foundLast('name.markup') },
  { about: 'a line break of HTML behind a name', source: richText, bytes: () => first('Ann<br>'), ...foundFirst('name.markup') },
  { about: 'a mention of Slack in place of a name', source: 'docs.slack.dev/messaging/formatting-message-text', bytes: () => first('<@U012AB3CD>'), ...foundFirst('name.markup') },
  { about: 'pronouns in brackets', source: pronouns, bytes: () => first('Ann (she/her)'), ...foundFirst('name.note') },
  { about: 'pronouns behind a name', source: pronouns, bytes: () => first('Ann they/them'), ...foundFirst('name.note') },
  { about: 'the day of the start behind a name', source: 'lists of hires kept by hand', bytes: () => first('Ann (starts Monday)'), ...foundFirst('name.note') },
  { about: 'a name at birth in brackets', source: 'en.wikipedia.org/wiki/Birth_name', bytes: () => last('Quinn (née Ash)'), ...foundLast('name.note') },
  { about: 'a personnel number in brackets', source: 'Workday, “Worker” with its number', bytes: () => last('Quinn (12345)'), ...foundLast('name.note') },
  { about: 'a personnel number behind a name', source: 'Workday, “Worker” with its number', bytes: () => last('Quinn 00012345'), ...foundLast('name.note') },
  { about: 'a short name in brackets is looked at by people', source: 'en.wikipedia.org/wiki/Nickname', bytes: () => first('Robert (Bob)'), created: ['Robert (Bob) Quinn aquinn'] },
  { about: 'both names in the first one', source: 'HR lists', bytes: () => quoted('Quinn, Ann', 'Quinn'), ...foundFirst('name.comma') },
  { about: 'both names in the last one', source: 'HR lists', bytes: () => quoted('Ann', 'Quinn, Ann'), ...foundLast('name.comma') },
  { about: 'Jr. behind a comma', source: 'en.wikipedia.org/wiki/Suffix_(name)', bytes: () => quoted('Ann', 'King, Jr.'), created: ['Ann King, Jr. aquinn'] },
  { about: 'a degree behind a comma', source: 'en.wikipedia.org/wiki/Post-nominal_letters', bytes: () => quoted('Ann', 'King, RN, PhD'), created: ['Ann King, RN, PhD aquinn'] },
  { about: 'an address in place of a name', source: 'shifted columns', bytes: () => first('ann.quinn@harbour.example'), ...foundFirst('name.address') },
  { about: 'a link in place of a name', source: 'exports of Workday with links', bytes: () => first('https://hr.example/p/12'), ...foundFirst('name.address') },
  ...['see below', 'not yet known', 'VACANT', 'New Hire', 'New hire 3', 'Open position', 'Unknown', 'noch offen', 'pending', '(TBD)', '[Name]', '<First Name>', 'undefined undefined', 'e.g. Jane', 'same as above', 'ditto'].map((name) => note(name)),
  { about: 'people called Hold and Offen', source: 'forebears.io/surnames/hold', bytes: () => lines(titles, person('Ann', 'Hold', 'ahold'), person('Ben', 'Offen', 'boffen')), created: ['Ann Hold ahold', 'Ben Offen boffen'] },
  { about: 'a formula of Lotus', source: 'support.microsoft.com, “Lotus 1-2-3 formulas”', bytes: () => last('+A2'), ...foundLast('cell.formula-text') },
  { about: 'a long date in place of a name', source: 'Excel, “Long Date”', bytes: () => quoted('Ann', 'January 3, 2026'), ...foundLast('cell.date') },
  { about: 'a date of JavaScript', source: 'developer.mozilla.org, Date.prototype.toDateString', bytes: () => last('Sat Jan 03 2026'), ...foundLast('cell.date') },
  { about: 'a time in place of a name', source: 'Excel, cells that hold 0 formatted as a time', bytes: () => first('12:00:00 AM'), ...foundFirst('cell.date') },
  error('#n/a', 'Google Sheets, typed by hand'),
  error('# N/A', 'Google Sheets, typed by hand'),
  error('#名称?', 'en.excel-translator.de/errors'),
  { about: 'Cyrillic letters that were misread as Western ones', source: misread, bytes: () => lines(titles, person('Èâàí', 'Ïåòðîâ', 'ipetrov')), created: [], found: ['2 first name: name.garbage', '2 last name: name.garbage'] },
  { about: 'UTF-8 that was misread as windows-1250', source: misread, bytes: () => first('JĂłzef'), asked: 'encoding', options: ['utf-8-twice', 'utf-8'] },
  { about: 'UTF-8 that was misread as windows-1251', source: misread, bytes: () => last('РџРµС‚СЂРѕРІ'), asked: 'encoding', options: ['utf-8-twice', 'utf-8'] },
  { about: 'what becomes of lost letters in GBK', source: 'zh.wikipedia.org/wiki/锟斤拷', bytes: () => first('锟斤拷'), ...foundFirst('name.garbage') },
  { about: 'names of Iceland and Ukraine that look misread and are not', source: 'en.wikipedia.org/wiki/Icelandic_name', context: managed, bytes: () => lines(titles, person('Þórður', 'Óðinsson', 'tord'), person('Лі', 'Петренко', 'lpet'), person('CRISTINA', 'CRĂŞMARU', 'ccra')), created: ['Þórður Óðinsson tord', 'Лі Петренко lpet', 'CRISTINA CRĂŞMARU ccra'] },
];
