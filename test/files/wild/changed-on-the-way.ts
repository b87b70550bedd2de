/**
 * Files that a program, an export or a note has changed: no user may be created with other values without a finding.
 */
import { managed } from '../../users/fixtures.ts';
import { formula, number, truth, workbookBytes } from '../workbook-writing.ts';
import { lines, person, titles, type WildFile } from './wild-file.ts';

const american = { ...managed, defaultCountry: 'US' };
const ann = person('Ann', 'Quinn', 'aquinn');
const ben = person('Ben', 'Quill', 'bquill');
const first = (name: string) => lines(titles, person(name, 'Quinn', 'aquinn'));
const found = (code: string) => ({ created: [], found: [`2 first name: ${code}`] });
const withColumn = (title: string, cellOfAnn: string, cellOfBen: string) =>
  lines(`${titles},${title}`, `${ann},${cellOfAnn}`, `${ben},${cellOfBen}`);
const tagged = (tags: string) => lines(`${titles},tags`, `${ann},"${tags}"`);
const blueNorth = { team: 'blue', site: 'north' };
const notWanted = { created: ['Ben Quill bquill'], found: ['2 row: row.not-wanted'] };
const sheetOf = (...cells: Parameters<typeof workbookBytes>[0]['sheets'][0]['rows']) =>
  workbookBytes({ sheets: [{ name: 'Users', rows: [titles.split(','), ...cells] }] });
const rest = ['a@harbour.example', 'aquinn', 'Basic Routing Profile', 'Agent'];
const cliTags = 'docs.aws.amazon.com/cli/latest/reference/connect/tag-resource.html';
const excelNumbers = 'support.microsoft.com, “Long numbers are displayed incorrectly in Excel”';
const errorsByLanguage = 'en.excel-translator.de/errors';

// biome-ignore format: a table has one case a line
export const changedOnTheWay: readonly WildFile[] = [
  // Letters
  { about: 'one name of many that was encoded twice', source: 'stackoverflow.com/q/38363566', bytes: () => lines(titles, ann, person('RenÃ©e', 'Oak', 'roak'), person('Zoë', 'Elm', 'zelm'), person('Björn', 'Ash', 'bash')), created: ['Ann Quinn aquinn', 'Zoë Elm zelm', 'Björn Ash bash'], found: ['3 first name: name.encoded-twice'] },
  { about: 'a comma of Windows-1252 in place of a letter of DOS', source: 'en.wikipedia.org/wiki/Code_page_850', bytes: () => first('Ren\u201Ae'), ...found('name.garbage') },
  { about: 'a control in place of a letter', source: 'en.wikipedia.org/wiki/C0_and_C1_control_codes', bytes: () => first('M\u0081ller'), ...found('field.unprintable') },
  { about: 'codes of a web page', source: 'exports of SharePoint lists', bytes: () => first('Ren&eacute;e'), ...found('name.entity') },
  { about: 'quotation marks that were escaped twice', source: 'adaltas/node-csv', bytes: () => lines(titles, '"""Ann""",Quinn,a@harbour.example,aquinn,Basic Routing Profile,Agent'), ...found('name.quoted') },
  { about: 'quotation marks of Python', source: 'str() of lists in scripts', bytes: () => first("'Ann'"), ...found('name.quoted') },
  { about: 'an apostrophe in front, as in Dutch', source: 'en.wikipedia.org/wiki/Van_%27t_Hoff', bytes: () => lines(titles, person('Jan', '’t Hooft', 'jhooft')), created: ['Jan ’t Hooft jhooft'] },
  { about: 'a Cyrillic letter in a username', source: 'unicode.org/reports/tr39', bytes: () => lines(titles, person('Ann', 'Quinn', '\u0430quinn')), created: [], found: ['2 user login: username.letters'] },
  { about: 'wide letters in a username', source: 'input methods of Japanese', bytes: () => lines(titles, person('Ann', 'Quinn', 'ａｑｕｉｎｎ')), created: [], found: ['2 user login: username.letters'] },

  // What a cell is
  { about: 'a name that became a month', source: 'genomebiology.biomedcentral.com/articles/10.1186/s13059-016-1044-7', bytes: () => first('Jan-26'), ...found('cell.date') },
  { about: 'a name that became a day', source: 'genomebiology.biomedcentral.com/articles/10.1186/s13059-016-1044-7', bytes: () => first('1-Mar'), ...found('cell.date') },
  { about: 'TRUE in place of a name', source: 'pandas-dev/pandas, to_csv of booleans', bytes: () => first('TRUE'), ...found('cell.yes-or-no') },
  { about: 'somebody called True', source: 'forebears.io/surnames/true', bytes: () => lines(titles, person('Ann', 'True', 'atrue')), created: ['Ann True atrue'] },
  { about: 'a yes in a cell of a workbook', source: 'Excel', bytes: () => sheetOf([truth(true), 'Quinn', ...rest]), ...found('cell.yes-or-no') },
  { about: 'an object of JavaScript as text', source: 'stackoverflow.com/q/4750225', bytes: () => first('[object Object]'), ...found('cell.placeholder') },
  { about: 'a cell that Google Sheets had not loaded', source: 'IMPORTRANGE of Google Sheets', bytes: () => first('Loading...'), ...found('cell.placeholder') },
  { about: 'TBD', source: 'HR lists of hires to come', bytes: () => first('TBD'), ...found('cell.placeholder') },
  { about: 'the labels left in place of names', source: 'templates handed around', bytes: () => lines(titles, person('First Name', 'Last Name', 'aquinn')), created: [], found: ['2 first name: cell.placeholder', '2 last name: cell.placeholder'] },
  { about: '#BRAK of a Polish Excel', source: errorsByLanguage, bytes: () => first('#BRAK'), ...found('cell.error') },
  { about: '#N/DISP of a Portuguese Excel', source: errorsByLanguage, bytes: () => first('#N/DISP'), ...found('cell.error') },
  { about: '#ЗНАЧ! of a Russian Excel', source: errorsByLanguage, bytes: () => first('#ЗНАЧ!'), ...found('cell.error') },
  { about: '#HIÁNYZIK of a Hungarian Excel', source: errorsByLanguage, bytes: () => first('#HIÁNYZIK'), ...found('cell.error') },
  { about: 'Err:502 of LibreOffice', source: 'help.libreoffice.org, error codes in Calc', bytes: () => first('Err:502'), ...found('cell.error') },
  { about: 'a column too narrow, printed', source: 'Excel, “#######”', bytes: () => first('#######'), ...found('cell.error') },
  { about: 'a username of 19 digits in a workbook', source: excelNumbers, bytes: () => sheetOf(['Ann', 'Quinn', 'a@harbour.example', number('1234567890123456789'), 'Basic Routing Profile', 'Agent']), created: [], found: ['2 user login: cell.digits-lost'] },
  { about: 'a username of digits that a workbook keeps', source: excelNumbers, bytes: () => sheetOf(['Ann', 'Quinn', 'a@harbour.example', number('123456789012345'), 'Basic Routing Profile', 'Agent']), created: ['Ann Quinn 123456789012345'] },
  { about: 'a username in scientific notation', source: excelNumbers, bytes: () => lines(titles, person('Ann', 'Quinn', '1.23457E+15')), created: [], found: ['2 user login: cell.scientific'] },
  { about: 'a formula that came to the text 0', source: 'support.microsoft.com, XLOOKUP', bytes: () => sheetOf(['Ann', formula('HR!B2', '0'), ...rest]), created: [], found: ['2 last name: cell.zero'] },
  { about: 'a thousand in German, or one', source: 'en.wikipedia.org/wiki/Decimal_separator', bytes: () => lines(`${titles},ACW timeout (seconds)`, `${ann},1.000`), created: [], found: ['2 ACW timeout (seconds): seconds.not-whole'] },

  // People who are not to be created
  { about: 'people who left, in an export of HR', source: 'Workday, worker status', bytes: () => withColumn('Employment Status', 'Terminated', 'Active'), ...notWanted },
  { about: 'an account that is switched off in Entra', source: 'learn.microsoft.com/graph/api/resources/user', bytes: () => withColumn('accountEnabled', 'False', 'True'), ...notWanted },
  { about: 'an account that Okta took away', source: 'developer.okta.com/docs/reference/api/users', bytes: () => withColumn('status', 'DEPROVISIONED', 'ACTIVE'), ...notWanted },
  { about: 'a suspended account of Google', source: 'support.google.com/a/answer/7348070', bytes: () => withColumn('Status [READ ONLY]', 'Suspended', 'Active'), ...notWanted },
  { about: 'a member that was deactivated in Slack', source: 'slack.com/help/articles/201715826', bytes: () => withColumn('status', 'Deactivated', 'Member'), ...notWanted },
  { about: 'rows that are about something else than a new user', source: 'lists of joiners, movers and leavers', bytes: () => withColumn('Action', 'delete', 'add'), ...notWanted },
  { about: 'a note in place of a name', source: 'lists kept by hand', bytes: () => first('DO NOT CREATE'), ...found('cell.placeholder') },
  { about: 'columns about the manager', source: 'SuccessFactors, employee export', bytes: () => lines(`${titles},manager first name,manager email`, `${ann},Boss,boss@harbour.example`), created: ['Ann Quinn aquinn'] },

  // Values with structure
  { about: 'a look-up that failed in a tag', source: 'tidyverse/readxl#669', bytes: () => tagged('team=#N/A|site=north'), created: [], found: ['2 tags: cell.error'] },
  { about: 'tags with blanks between', source: cliTags, bytes: () => tagged('team=blue site=north'), created: [], found: ['2 tags: tags.two-readings'] },
  { about: 'one tag as AWS lists it', source: cliTags, bytes: () => tagged('{""Key"":""team"",""Value"":""blue""}'), created: ['Ann Quinn aquinn'], tags: { team: 'blue' } },
  { about: 'a tag as filters of the CLI have it', source: 'docs.aws.amazon.com/cli/latest/userguide/cli-usage-filter.html', bytes: () => tagged('Name=team,Value=blue'), created: [], found: ['2 tags: tags.two-readings'] },
  { about: 'tags on lines of their own', source: 'Excel, Alt+Enter', bytes: () => tagged('team=blue\nsite=north'), created: ['Ann Quinn aquinn'], tags: blueNorth },
  { about: 'tags that Python printed', source: 'str() of dictionaries in scripts', bytes: () => tagged("{'team': 'blue'}"), created: [], found: ['2 tags: tags.json'] },
  { about: 'an address in a tag', source: cliTags, bytes: () => tagged('wiki=https://wiki.example/a?b=c'), created: ['Ann Quinn aquinn'], tags: { wiki: 'https://wiki.example/a?b=c' } },
  { about: 'two phone numbers in a cell', source: 'exports of Outlook', context: american, bytes: () => lines(`${titles},phone type,phone number`, `${ann},desk,2065550123;2065550124`), created: [], found: ['2 phone number: phone.extension'] },
  { about: 'a path with dashes', source: 'wiki pages', bytes: () => lines(`${titles},hierarchy`, `${ann},North - Sales`), created: [], found: ['2 hierarchy: choice.unknown'] },
  { about: 'the name of a group that is there twice', source: 'Amazon Connect, agent hierarchy', bytes: () => lines(`${titles},hierarchy`, `${ann},Sales`), created: [], found: ['2 hierarchy: choice.ambiguous'] },
  { about: 'a profile spelled in two ways', source: 'Amazon Connect, security profiles', bytes: () => lines(titles, 'Ann,Quinn,a@harbour.example,aquinn,Basic Routing Profile,AGENT LEAD'), created: [], found: ['2 security profile: choice.ambiguous'] },
  // What an outsider tried
  { about: 'TRUE of a Turkish Excel in place of a name', source: errorsByLanguage, bytes: () => first('DOĞRU'), ...found('cell.yes-or-no') },
  { about: 'FALSE of a Turkish Excel in place of a name', source: errorsByLanguage, bytes: () => first('YANLIŞ'), ...found('cell.yes-or-no') },
  { about: 'TRUE of a Greek Excel in place of a name', source: errorsByLanguage, bytes: () => first('ΑΛΗΘΗΣ'), ...found('cell.yes-or-no') },
  { about: 'somebody called Sant in capitals', source: 'forebears.io/surnames/sant', bytes: () => lines(titles, person('SANT', 'VERO', 'svero')), created: ['SANT VERO svero'] },
  { about: 'a variable of Handlebars', source: 'handlebarsjs.com/guide', bytes: () => first('{{first_name}}'), ...found('cell.placeholder') },
  { about: 'a variable of a shell', source: 'gnu.org/software/bash/manual', bytes: () => first(`\${firstName}`), ...found('cell.placeholder') },
  { about: 'a variable of Windows', source: 'learn.microsoft.com, environment variables', bytes: () => first('%FIRSTNAME%'), ...found('cell.placeholder') },
  { about: 'a field of a mail merge', source: 'support.microsoft.com, mail merge', bytes: () => first('«First»'), ...found('cell.placeholder') },
  { about: 'bytes that Python printed', source: 'str() of bytes in scripts', bytes: () => first("b'Ann'"), ...found('name.quoted') },
  { about: 'a list that Python printed', source: 'str() of lists in scripts', bytes: () => first("['Ann']"), ...found('name.quoted') },
  { about: 'the mark of a report in place of a password', source: 'our own report, sent again', bytes: () => lines(`${titles},mobile`, `${ann},(password removed)`), created: [], found: ['2 mobile: cell.password-removed'] },
  { about: 'a username twice in a user', source: 'rfc-editor.org/rfc/rfc8259, section 4', bytes: () => Buffer.from('[{"Username":"a","Username":"b","IdentityInfo":{"FirstName":"Ann","LastName":"Quinn","Email":"a@harbour.example"},"RoutingProfileId":"Basic Routing Profile","SecurityProfileIds":["Agent"]}]'), created: [], found: ['1 Username: row.not-a-text'] },
];
