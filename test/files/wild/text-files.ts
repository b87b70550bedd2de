/** CSV as written by spreadsheets, scripts and directories. */
import { managed, saml } from '../../users/fixtures.ts';
import { inEncoding, lines, person, titles, type WildFile } from './wild-file.ts';

const german = { ...managed, defaultCountry: 'DE' };
const american = { ...managed, defaultCountry: 'US' };
const ann = person('Ann', 'Quinn', 'aquinn');
const file = (encoding: string, ...rows: readonly string[]) =>
  inEncoding(encoding, [titles, ...rows, ''].join('\r\n'));
const tagged = (tags: string) => lines(`${titles},tags`, `${ann},"${tags}"`);
const blueNorth = { team: 'blue', site: 'north' };
const withColumn = (title: string, cell: string) => lines(`${titles},${title}`, `${ann},${cell}`);
const awsTags = 'docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html';
const encodings = 'encoding.spec.whatwg.org';
const website = 'docs.aws.amazon.com/connect/latest/adminguide/user-management.html';

// biome-ignore format: a table has one case a line
export const textFiles: readonly WildFile[] = [
  // Encodings
  { about: 'Shift JIS of a Japanese Excel', source: 'roundcube/roundcubemail#9456', bytes: () => file('shift_jis', person('太郎', '山田', 'tyamada'), person('花子', '鈴木', 'hsuzuki')), created: ['太郎 山田 tyamada', '花子 鈴木 hsuzuki'] },
  { about: 'GBK of a Chinese Excel', source: encodings, bytes: () => file('gb18030', person('伟', '张', 'wzhang'), person('秀英', '王', 'xwang'), person('建国', '陈', 'jchen')), created: ['伟 张 wzhang', '秀英 王 xwang', '建国 陈 jchen'] },
  { about: 'Big5 of a Taiwanese Excel', source: encodings, bytes: () => file('big5', person('志明', '陳', 'cchen'), person('淑芬', '黃', 'shuang'), person('雅婷', '劉', 'yliu')), created: ['志明 陳 cchen', '淑芬 黃 shuang', '雅婷 劉 yliu'] },
  { about: 'EUC-KR of a Korean Excel', source: encodings, bytes: () => file('euc-kr', person('민수', '김', 'mkim'), person('영희', '박', 'ypark'), person('지훈', '이', 'jlee')), created: ['민수 김 mkim', '영희 박 ypark', '지훈 이 jlee'] },
  { about: 'windows-1251 of a Russian Excel', source: encodings, bytes: () => file('windows-1251', person('Иван', 'Петров', 'ipetrov'), person('Ольга', 'Смирнова', 'osmirnova'), person('Дмитрий', 'Кузнецов', 'dkuz')), created: ['Иван Петров ipetrov', 'Ольга Смирнова osmirnova', 'Дмитрий Кузнецов dkuz'] },
  { about: 'windows-1252 of a German Excel', source: encodings, bytes: () => file('windows-1252', person('Jürgen', 'Müller', 'jmueller'), person('Käthe', 'Schäfer', 'kschaefer'), person('Björn', 'Groß', 'bgross')), created: ['Jürgen Müller jmueller', 'Käthe Schäfer kschaefer', 'Björn Groß bgross'] },
  { about: 'windows-1253 of a Greek Excel', source: encodings, bytes: () => file('windows-1253', person('Γιώργος', 'Παπαδόπουλος', 'gpapa'), person('Μαρία', 'Νικολάου', 'mnik')), created: ['Γιώργος Παπαδόπουλος gpapa', 'Μαρία Νικολάου mnik'] },
  { about: 'UTF-8 with a byte order mark', source: 'Excel, “CSV UTF-8”', bytes: () => lines(`\uFEFF${titles}`, person('Zoë', 'Lefèvre', 'zlefevre')), created: ['Zoë Lefèvre zlefevre'] },
  { about: 'UTF-16 with tabs', source: 'Excel, “Unicode Text”', bytes: () => Buffer.from(`\uFEFF${[titles, person('Zoë', 'Lefèvre', 'zlefevre'), ''].join('\r\n').replaceAll(',', '\t')}`, 'utf16le'), created: ['Zoë Lefèvre zlefevre'] },
  { about: 'UTF-8 that was encoded twice', source: 'stackoverflow.com/q/38363566', bytes: () => lines(titles, person('RenÃ©e', 'LefÃ¨vre', 'rlefevre')), asked: 'encoding', options: ['utf-8-twice', 'utf-8'] },
  { about: 'letters that PowerShell 5.1 lost', source: 'MicrosoftDocs/PowerShell-Docs#4224', bytes: () => lines(titles, person('Ren?e', 'Lef?vre', 'rlefevre'), person('??', '??', 'tyamada'), ann), created: ['Ann Quinn aquinn'], found: ['2 first name: name.letters-lost', '2 last name: name.letters-lost', '3 first name: name.letters-lost', '3 last name: name.letters-lost'] },

  // Lines that are not users
  { about: 'sep= in quotation marks', source: 'Excel', bytes: () => lines('"sep=,"', titles, ann), created: ['Ann Quinn aquinn'] },
  { about: 'sep=;', source: 'Excel', bytes: () => lines('sep=;', titles.replaceAll(',', ';'), ann.replaceAll(',', ';')), created: ['Ann Quinn aquinn'] },
  { about: '#TYPE above the header', source: 'Export-Csv of PowerShell 5.1', bytes: () => lines('#TYPE System.Management.Automation.PSCustomObject', titles, ann), created: ['Ann Quinn aquinn'], leftOut: ['left-out.type-line'] },
  { about: 'a title above the header', source: 'workday report exports', bytes: () => lines('New agents in March,,,,,', ',,,,,', titles, ann), created: ['Ann Quinn aquinn'], leftOut: ['left-out.title'] },
  { about: 'a total below the rows', source: 'Excel', bytes: () => lines(titles, ann, 'Total,1,,,,'), created: ['Ann Quinn aquinn'], leftOut: ['left-out.total'] },
  { about: 'a comment between rows', source: 'csvkit', bytes: () => lines(titles, '# night shift,,,,,', ann), created: ['Ann Quinn aquinn'], leftOut: ['left-out.comment'] },
  { about: 'the header once more', source: 'files joined with cat', bytes: () => lines(titles, ann, titles, person('Ben', 'Quill', 'bquill')), created: ['Ann Quinn aquinn', 'Ben Quill bquill'], leftOut: ['left-out.header-again'] },
  { about: 'rows of commas below the users', source: 'Excel, deleted rows', bytes: () => lines(titles, ann, ',,,,,', ',,,,,'), created: ['Ann Quinn aquinn'] },
  { about: 'a Markdown rule', source: 'tables copied out of a wiki', bytes: () => lines(titles, '---,---,---,---,---,---', ann), created: ['Ann Quinn aquinn'], leftOut: ['left-out.rule'] },

  // Values that programs write into cells
  { about: 'whole numbers as pandas writes them', source: 'wireservice/csvkit#1143', context: american, bytes: () => lines(`${titles},phone type,phone number,ACW timeout (seconds)`, `${ann},desk,12065550151.0,30.0`, `${person('Cem', 'Quay', 'cquay')},soft,nan,nan`), created: ['Ann Quinn aquinn', 'Cem Quay cquay'] },
  { about: 'undefined and null of JavaScript', source: 'adaltas/node-csv', bytes: () => lines(`${titles},mobile,tags`, `${ann},undefined,null`), created: ['Ann Quinn aquinn'] },
  { about: 'N/A in an optional cell', source: 'HR lists', bytes: () => withColumn('mobile', 'N/A'), created: ['Ann Quinn aquinn'] },
  { about: 'a dash in an optional cell', source: 'HR lists', bytes: () => withColumn('mobile', '-'), created: ['Ann Quinn aquinn'] },
  { about: '#N/A as text', source: 'tidyverse/readxl#669', bytes: () => lines(titles, person('Ann', '#N/A', 'aquinn')), created: [], found: ['2 last name: cell.error'] },
  { about: '#NV of a German Excel as text', source: 'support.microsoft.com, #NV', bytes: () => lines(titles, person('Ann', '#NV', 'aquinn')), created: [], found: ['2 last name: cell.error'] },
  { about: '#REF! as text', source: 'tidyverse/readxl#669', bytes: () => lines(titles, person('#REF!', 'Quinn', 'aquinn')), created: [], found: ['2 first name: cell.error'] },
  { about: 'a German yes', source: 'Excel in Germany', context: german, bytes: () => withColumn('soft phone auto accept (yes/no)', 'WAHR'), created: ['Ann Quinn aquinn'] },
  { about: 'a French yes', source: 'Excel in France', bytes: () => withColumn('soft phone auto accept (yes/no)', 'VRAI'), created: ['Ann Quinn aquinn'] },
  { about: 'a phone number in scientific notation', source: 'Excel, wide numbers', context: american, bytes: () => lines(`${titles},phone type,phone number`, `${ann},desk,1.20656E+11`), created: [], found: ['2 phone number: phone.spreadsheet'] },
  { about: 'blanks that do not break', source: 'names copied out of a web page', bytes: () => lines(titles, person('\u00A0Ann\u00A0', 'Quinn', 'aquinn')), created: ['Ann Quinn aquinn'] },
  { about: 'semicolons of a German Excel', source: 'Excel in Germany', bytes: () => lines(titles.replaceAll(',', ';'), ann.replaceAll(',', ';')), created: ['Ann Quinn aquinn'] },
  { about: 'a line break inside a cell', source: 'Excel, Alt+Enter', bytes: () => lines(titles, '"Ann\nMary",Quinn,a@harbour.example,aquinn,Basic Routing Profile,Agent'), created: ['Ann Mary Quinn aquinn'] },

  // Tags
  { about: 'tags with commas', source: awsTags, bytes: () => tagged('team=blue,site=north'), created: ['Ann Quinn aquinn'], tags: blueNorth },
  { about: 'tags with semicolons', source: awsTags, bytes: () => tagged('team=blue; site=north'), created: ['Ann Quinn aquinn'], tags: blueNorth },
  { about: 'tags in the shorthand of the CLI', source: awsTags, bytes: () => tagged('Key=team,Value=blue Key=site,Value=north'), created: ['Ann Quinn aquinn'], tags: blueNorth },
  { about: 'tags of the website’s template', source: website, bytes: () => tagged('team|blue||site|north'), created: ['Ann Quinn aquinn'], tags: blueNorth },
  { about: 'tags with colons', source: website, bytes: () => tagged('team:blue|site:north'), created: ['Ann Quinn aquinn'], tags: blueNorth },
  { about: 'tags as JSON', source: awsTags, bytes: () => tagged('{""team"":""blue"",""site"":""north""}'), created: ['Ann Quinn aquinn'], tags: blueNorth },

  // Headers and single sign-on
  { about: 'the website’s header for SAML with tags and a path', source: 'joshbasquez/AzureAD_to_AmazonConnect', context: saml, bytes: () => lines('first name,last name,secondary email,mobile,user login,routing profile name,security_profile_name_1|security_profile_name_2,user_hierarchy_1|user_hierarchy_2,phone type (soft/desk),phone number,soft phone auto accept (yes/no),ACW timeout (seconds),tags', 'Fay,Ito,fay.ito@home.example,+12065550123,fay.ito,Basic Routing Profile,Admin|Agent,North|Sales,soft,,yes,1,team|blue||site|north'), created: ['Fay Ito fay.ito'], tags: blueNorth },
  { about: 'Google Workspace', source: 'support.google.com/a/answer/40057', bytes: () => lines('First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Org Unit Path [Required],routing profile name,security profile,user login', 'Fay,Ito,fay.ito@harbour.example,****,/Support,Basic Routing Profile,Agent,fay.ito'), created: ['Fay Ito fay.ito'] },
  { about: 'Microsoft Entra without profiles', source: 'learn.microsoft.com/entra, bulk download of users', bytes: () => lines('displayName,givenName,surname,mail,userPrincipalName', 'Fay Ito,Fay,Ito,fay@harbour.example,fay@harbour.example'), refused: 'file.columns-missing' },
  { about: 'two columns for the email', source: 'joined exports', bytes: () => lines(`${titles},E-mail`, `${ann},b@harbour.example`), created: ['Ann Quinn aquinn'] },
  { about: 'usernames of Service Cloud Voice', source: 'ServiceCloudVoiceLambdas#41', context: saml, bytes: () => lines('first name,last name,user login,routing profile name,security profile', 'Kay,Rug,krug@0058c00000JKQ7EAAX@00D8c0000006f1hEAA,Basic Routing Profile,Agent', 'Lou,Rug,0058c00000JKQ8EAAX@00D8c0000006f1hEAA,Basic Routing Profile,Agent', 'Max,Rug,max.rug@harbour.example,Basic Routing Profile,Agent', 'Bo,Rug,HARBOUR\\bo.rug,Basic Routing Profile,Agent'), created: ['Kay Rug krug@0058c00000JKQ7EAAX@00D8c0000006f1hEAA', 'Lou Rug 0058c00000JKQ8EAAX@00D8c0000006f1hEAA', 'Max Rug max.rug@harbour.example', 'Bo Rug HARBOUR\\bo.rug'] },
  { about: 'profiles in numbered columns', source: website, bytes: () => lines('first name,last name,email address,user login,routing profile name,security profile 1,security profile 2', 'Ann,Quinn,a@harbour.example,aquinn,Basic Routing Profile,Agent,Supervisor'), created: ['Ann Quinn aquinn'] },
  { about: 'profiles with a semicolon', source: 'Okta group lists', bytes: () => lines(titles, 'Ann,Quinn,a@harbour.example,aquinn,Basic Routing Profile,Agent; Supervisor'), created: ['Ann Quinn aquinn'] },
  { about: 'hierarchy levels in columns', source: website, bytes: () => lines(`${titles},hierarchy level 1,hierarchy level 2`, `${ann},North,Sales`), created: ['Ann Quinn aquinn'] },
  { about: 'a file without a header', source: 'scripts', bytes: () => lines(ann, person('Ben', 'Quill', 'bquill')), refused: 'file.columns-missing' },
];
