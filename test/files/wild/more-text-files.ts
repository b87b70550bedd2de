/** More CSV: code pages, Excel in other languages, exports of directories and HR systems, and pasted text. */
import { managed, saml } from '../../users/fixtures.ts';
import { inEncoding, lines, person, titles, type WildFile } from './wild-file.ts';

const american = { ...managed, defaultCountry: 'US' };
const ann = person('Ann', 'Quinn', 'aquinn');
const annMade = ['Ann Quinn aquinn'];
const file = (encoding: string, ...rows: readonly string[]) =>
  inEncoding(encoding, [titles, ...rows, ''].join('\r\n'));
const withColumn = (title: string, cell: string) => lines(`${titles},${title}`, `${ann},${cell}`);
const autoAccept = (cell: string) => withColumn('soft phone auto accept (yes/no)', cell);
const lastName = (cell: string) => lines(titles, person('Ann', cell, 'aquinn'));
const encodings = 'encoding.spec.whatwg.org';
const functionNames = 'support.microsoft.com: error values in the languages of Excel';
const booleans = 'support.microsoft.com: TRUE in the languages of Excel';
const profiles = 'Basic Routing Profile,Agent';

// biome-ignore format: a table has one case a line
export const moreTextFiles: readonly WildFile[] = [
  // Code pages
  { about: 'windows-1250 of a Polish Excel', source: encodings, bytes: () => file('windows-1250', person('Łukasz', 'Wiśniewski', 'lwis'), person('Małgorzata', 'Żółć', 'mzol'), person('Zbigniew', 'Dąbrowski', 'zdab')), created: ['Łukasz Wiśniewski lwis', 'Małgorzata Żółć mzol', 'Zbigniew Dąbrowski zdab'] },
  { about: 'windows-1254 of a Turkish Excel', source: encodings, bytes: () => file('windows-1254', person('Gülşen', 'Yıldız', 'gyil'), person('İbrahim', 'Çağlar', 'icag'), person('Ayşe', 'Öztürk', 'aozt')), created: ['Gülşen Yıldız gyil', 'İbrahim Çağlar icag', 'Ayşe Öztürk aozt'] },
  { about: 'EUC-JP of a Unix tool', source: encodings, bytes: () => file('euc-jp', person('太郎', '山田', 'tyamada'), person('花子', '鈴木', 'hsuzuki'), person('一郎', '佐藤', 'isato')), created: ['太郎 山田 tyamada', '花子 鈴木 hsuzuki', '一郎 佐藤 isato'] },
  { about: 'windows-1255 of a Hebrew Excel', source: encodings, bytes: () => file('windows-1255', person('דוד', 'כהן', 'dcohen'), person('שרה', 'לוי', 'slevi'), person('משה', 'פרץ', 'mperetz')), created: ['דוד כהן dcohen', 'שרה לוי slevi', 'משה פרץ mperetz'] },
  { about: 'windows-1256 of an Arabic Excel', source: encodings, bytes: () => file('windows-1256', person('محمد', 'العلي', 'mali'), person('فاطمة', 'حسن', 'fhasan'), person('خالد', 'يوسف', 'kyousef')), created: ['محمد العلي mali', 'فاطمة حسن fhasan', 'خالد يوسف kyousef'] },
  { about: 'KOI8-R of an old Unix', source: encodings, bytes: () => file('koi8-r', person('Иван', 'Петров', 'ipetrov'), person('Ольга', 'Смирнова', 'osmirnova'), person('Дмитрий', 'Кузнецов', 'dkuz')), created: ['Иван Петров ipetrov', 'Ольга Смирнова osmirnova', 'Дмитрий Кузнецов dkuz'] },
  { about: 'UTF-16 with its mark and commas', source: 'PowerShell 5.1, Out-File', bytes: () => Buffer.from(`\uFEFF${[titles, person('Zoë', 'Lefèvre', 'zlefevre'), ''].join('\r\n')}`, 'utf16le'), created: ['Zoë Lefèvre zlefevre'] },
  { about: 'names taken apart into letters and marks', source: 'file names of macOS', bytes: () => lines(titles, person('Zoë'.normalize('NFD'), 'Lefèvre'.normalize('NFD'), 'zlefevre')), created: ['Zoë Lefèvre zlefevre'] },
  { about: 'lines of an old Mac', source: 'Excel for Mac, “CSV (Macintosh)”', bytes: () => Buffer.from([titles, ann, ''].join('\r')), created: annMade },
  { about: 'lines of Unix', source: 'scripts', bytes: () => Buffer.from([titles, ann, ''].join('\n')), created: annMade },
  { about: 'no line break at the end', source: 'Google Sheets', bytes: () => Buffer.from([titles, ann].join('\r\n')), created: annMade },

  // Errors in the languages of Excel
  { about: '#WERT! of a German Excel', source: functionNames, bytes: () => lastName('#WERT!'), created: [], found: ['2 last name: cell.error'] },
  { about: '#VALEUR! of a French Excel', source: functionNames, bytes: () => lastName('#VALEUR!'), created: [], found: ['2 last name: cell.error'] },
  { about: '#NOM? of a French Excel', source: functionNames, bytes: () => lastName('#NOM?'), created: [], found: ['2 last name: cell.error'] },
  { about: '#¡REF! of a Spanish Excel', source: functionNames, bytes: () => lastName('#¡REF!'), created: [], found: ['2 last name: cell.error'] },
  { about: '#N/D of an Italian Excel', source: functionNames, bytes: () => lastName('#N/D'), created: [], found: ['2 last name: cell.error'] },
  { about: '#DIV/0!', source: functionNames, bytes: () => lastName('#DIV/0!'), created: [], found: ['2 last name: cell.error'] },
  { about: '#NAAM? of a Dutch Excel', source: functionNames, bytes: () => lastName('#NAAM?'), created: [], found: ['2 last name: cell.error'] },
  { about: '#SPILL!', source: functionNames, bytes: () => lastName('#SPILL!'), created: [], found: ['2 last name: cell.error'] },
  { about: 'an error of Google Sheets', source: 'support.google.com/docs', bytes: () => lastName('#ERROR!'), created: [], found: ['2 last name: cell.error'] },
  { about: 'a formula as text', source: 'Excel, “Show formulas”', bytes: () => lines(titles, 'Ann,"=PROPER(""quinn"")",aquinn@harbour.example,aquinn,Basic Routing Profile,Agent'), created: [], found: ['2 last name: cell.formula-text'] },

  // Yes and no
  { about: 'a Spanish yes', source: booleans, bytes: () => autoAccept('VERDADERO'), created: annMade },
  { about: 'an Italian no', source: booleans, bytes: () => autoAccept('FALSO'), created: annMade },
  { about: 'a Dutch no', source: booleans, bytes: () => autoAccept('ONWAAR'), created: annMade },
  { about: 'a Polish yes', source: booleans, bytes: () => autoAccept('PRAWDA'), created: annMade },
  { about: 'a Swedish yes', source: booleans, bytes: () => autoAccept('SANT'), created: annMade },
  { about: 'a Russian no', source: booleans, bytes: () => autoAccept('ЛОЖЬ'), created: annMade },
  { about: 'Y', source: 'HR lists', bytes: () => autoAccept('Y'), created: annMade },
  { about: '1.0', source: 'pandas', bytes: () => autoAccept('1.0'), created: annMade },
  { about: 'a tick', source: 'Google Sheets, check boxes', bytes: () => autoAccept('✓'), created: annMade },
  { about: 'perhaps', source: 'HR lists', bytes: () => autoAccept('perhaps'), created: [], found: ['2 soft phone auto accept (yes/no): field.not-yes-or-no'] },

  // Words for an empty value
  { about: 'none in an optional cell', source: 'HR lists', bytes: () => withColumn('mobile', 'none'), created: annMade },
  { about: 'NaN in an optional cell', source: 'pandas', bytes: () => withColumn('mobile', 'NaN'), created: annMade },
  { about: 'NULL in an optional cell', source: 'SQL Server Management Studio', bytes: () => withColumn('mobile', 'NULL'), created: annMade },
  { about: '\\N in an optional cell', source: 'MySQL, SELECT INTO OUTFILE', bytes: () => withColumn('mobile', '\\N'), created: annMade },
  { about: '(blank) of a pivot table', source: 'Excel', bytes: () => withColumn('mobile', '(blank)'), created: annMade },
  { about: 'null as a last name', source: 'scripts', bytes: () => lastName('null'), created: [], found: ['2 last name: cell.nothing'] },
  { about: 'somebody whose name is Null', source: 'wired.com: hello, I am Mr. Null', bytes: () => lastName('Null'), created: ['Ann Null aquinn'] },

  // Numbers
  { about: 'seconds as 30.0', source: 'pandas', bytes: () => withColumn('ACW timeout (seconds)', '30.0'), created: annMade },
  { about: 'seconds with a comma', source: 'Excel in Germany', bytes: () => withColumn('ACW timeout (seconds)', '"30,0"'), created: annMade },
  { about: 'seconds in scientific notation', source: 'Excel', bytes: () => withColumn('ACW timeout (seconds)', '3.00E+01'), created: annMade },
  { about: 'seconds with a word', source: 'HR lists', bytes: () => withColumn('ACW timeout (seconds)', '30 sec'), created: [], found: ['2 ACW timeout (seconds): seconds.not-whole'] },
  { about: 'a phone number with dots', source: 'signatures', context: american, bytes: () => lines(`${titles},phone type,phone number`, `${ann},desk,206.555.0151`), created: annMade },
  { about: 'a phone number with an apostrophe', source: 'Excel, text cells', context: american, bytes: () => lines(`${titles},phone type,phone number`, `${ann},desk,'+12065550151`), created: annMade },
  { about: 'a phone number that begins with 00', source: 'Europe', context: american, bytes: () => lines(`${titles},phone type,phone number`, `${ann},desk,+44 20 7946 0018`), created: annMade },

  // Directories and HR systems
  { about: 'Okta', source: 'help.okta.com: export people', bytes: () => lines('login,firstName,lastName,email,secondEmail,mobilePhone,status,routing profile,security profile', `fay.ito,Fay,Ito,fay@harbour.example,,,ACTIVE,${profiles}`), created: ['Fay Ito fay.ito'] },
  { about: 'Workday', source: 'workday report exports', bytes: () => lines('Employee ID,Legal First Name,Legal Last Name,Work Email,Username,Routing Profile,Security Profiles,Hire Date', `00012,Fay,Ito,fay@harbour.example,fito,${profiles},2026-11-01`), created: ['Fay Ito fito'] },
  { about: 'SuccessFactors', source: 'help.sap.com: user import', bytes: () => lines('STATUS,USERID,USERNAME,FIRSTNAME,LASTNAME,EMAIL,ROUTING PROFILE,SECURITY PROFILE', `active,4711,fito,Fay,Ito,fay@harbour.example,${profiles}`), created: ['Fay Ito fito'] },
  { about: 'Slack’s member list', source: 'slack.com/help: export member list', bytes: () => lines('username,email,status,billing-active,has-2fa,has-sso,userid,fullname,displayname', 'fito,fay@harbour.example,Member,1,1,0,U012,Fay Ito,fay'), refused: 'file.columns-missing-full-name' },
  { about: 'a full name in one column', source: 'HR lists', bytes: () => lines('Full Name,email,username,routing profile,security profile', `Fay Ito,fay@harbour.example,fito,${profiles}`), refused: 'file.columns-missing-full-name' },
  { about: 'Microsoft 365 with profiles beside', source: 'learn.microsoft.com/microsoft-365/enterprise/add-several-users', bytes: () => lines('Username,First name,Last name,Display name,Job title,Department,Mobile phone,Routing profile,Security profile', `fito,Fay,Ito,Fay Ito,Agent,Support,,${profiles}`), created: [], found: ['2 row: email.needed-for-password'] },
  { about: 'Active Directory, single sign-on', source: 'Get-ADUser | Export-Csv', context: saml, bytes: () => lines('"GivenName","Surname","UserPrincipalName","Routing Profile","Security Profile"', '"Fay","Ito","fay.ito@harbour.example","Basic Routing Profile","Agent"'), created: ['Fay Ito fay.ito@harbour.example'] },
  { about: 'German headers', source: 'Personalabteilung', bytes: () => lines('Vorname;Nachname;E-Mail-Adresse;Benutzername;Routingprofil;Sicherheitsprofil', 'Ann;Quinn;a@harbour.example;aquinn;Basic Routing Profile;Agent'), created: annMade },
  { about: 'French headers', source: 'ressources humaines', bytes: () => lines('Prénom;Nom;Courriel;Identifiant;Profil de routage;Profil de sécurité', 'Ann;Quinn;a@harbour.example;aquinn;Basic Routing Profile;Agent'), created: annMade },
  { about: 'Spanish headers', source: 'recursos humanos', bytes: () => lines('Nombre,Apellidos,Correo electrónico,Usuario,Perfil de enrutamiento,Perfil de seguridad', `Ann,Quinn,a@harbour.example,aquinn,${profiles}`), created: annMade },
  { about: 'headers with a star for what is needed', source: 'HR templates', bytes: () => lines('First name*,Last name*,Email*,Username*,Routing profile*,Security profile*', ann), created: annMade },
  { about: 'headers in capitals with underlines', source: 'database exports', bytes: () => lines('FIRST_NAME,LAST_NAME,EMAIL_ADDRESS,USER_LOGIN,ROUTING_PROFILE_NAME,SECURITY_PROFILE', ann), created: annMade },
  { about: 'members of CreateUser as headers', source: 'scripts around the CLI', bytes: () => lines('IdentityInfo.FirstName,IdentityInfo.LastName,IdentityInfo.Email,Username,RoutingProfileId,SecurityProfileIds', 'Ann,Quinn,a@harbour.example,aquinn,id of Basic Routing Profile,id of Agent'), created: annMade },

  // Structure
  { about: 'tabs', source: 'pasted out of a spreadsheet', bytes: () => lines(titles.replaceAll(',', '\t'), ann.replaceAll(',', '\t')), created: annMade },
  { about: 'vertical bars between cells', source: 'database exports', bytes: () => lines(titles.replaceAll(',', '|'), ann.replaceAll(',', '|')), created: annMade },
  { about: 'every cell in quotation marks', source: 'pandas, QUOTE_ALL', bytes: () => lines(titles.split(',').map((cell) => `"${cell}"`).join(','), ann.split(',').map((cell) => `"${cell}"`).join(',')), created: annMade },
  { about: 'spaces behind commas', source: 'written by hand', bytes: () => lines(titles.replaceAll(',', ', '), ann.replaceAll(',', ', ')), created: annMade },
  { about: 'an empty first line', source: 'scripts', bytes: () => lines('', titles, ann), created: annMade },
  { about: 'three titles above the header', source: 'workday report exports', bytes: () => lines('New agents,,,,,', 'March 2026,,,,,', 'Confidential,,,,,', titles, ann), created: annMade, leftOut: ['left-out.title', 'left-out.title', 'left-out.title'] },
  { about: 'a sum of rows below', source: 'Excel', bytes: () => lines(titles, ann, 'Summe,,,,,1'), created: annMade, leftOut: ['left-out.total'] },
  { about: 'a column of numbers in front', source: 'pandas, to_csv with its index', bytes: () => lines(`,${titles}`, `0,${ann}`), created: annMade },
  { about: 'columns that nobody requested', source: 'HR lists', bytes: () => lines(`${titles},Cost centre,Start date`, `${ann},4711,2026-12-01`), created: annMade },
  { about: 'a table in Markdown', source: 'wikis and chat assistants', bytes: () => lines(`| ${titles.replaceAll(',', ' | ')} |`, '|---|---|---|---|---|---|', `| ${ann.replaceAll(',', ' | ')} |`), created: annMade, leftOut: ['left-out.rule'] },

  // Values with structure
  { about: 'profiles on lines of their own', source: 'Excel, Alt+Enter', bytes: () => lines(titles, 'Ann,Quinn,a@harbour.example,aquinn,Basic Routing Profile,"Agent\nSupervisor"'), created: annMade },
  { about: 'profiles with a comma', source: 'HR lists', bytes: () => lines(titles, 'Ann,Quinn,a@harbour.example,aquinn,Basic Routing Profile,"Agent, Supervisor"'), created: annMade },
  { about: 'a profile by its ARN', source: 'aws connect list-security-profiles', bytes: () => lines(titles, 'Ann,Quinn,a@harbour.example,aquinn,Basic Routing Profile,arn:aws:connect:us-west-2:123456789012:instance/i1/security-profile/id of Agent'), created: annMade },
  { about: 'a profile that does not exist', source: 'old lists', bytes: () => lines(titles, 'Ann,Quinn,a@harbour.example,aquinn,Basic Routing Profile,Agnet'), created: [], found: ['2 security profile: choice.unknown'] },
  { about: 'a path with >', source: 'navigation of the website', bytes: () => withColumn('hierarchy', 'North > Sales'), created: annMade },
  { about: 'a path with \\', source: 'Windows', bytes: () => withColumn('hierarchy', 'North\\Sales'), created: annMade },
  { about: 'an address with its name', source: 'copied out of a mail program', bytes: () => lines(titles, 'Ann,Quinn,Ann Quinn <ann@harbour.example>,aquinn,Basic Routing Profile,Agent'), created: [], found: ['2 email address: email.form'] },
  { about: 'an address as a link', source: 'copied out of a web page', bytes: () => lines(titles, 'Ann,Quinn,mailto:ann@harbour.example,aquinn,Basic Routing Profile,Agent'), created: [], found: ['2 email address: email.form'] },
  { about: 'two people with one username', source: 'joined lists', bytes: () => lines(titles, ann, person('Abe', 'Quinn', 'aquinn')), created: [], found: ['2 user login: row.username-twice', '3 user login: row.username-twice'] },
  { about: 'a row that is shifted by a comma', source: 'written by hand', bytes: () => lines(titles, 'Quinn, Ann,a@harbour.example,aquinn,x,Basic Routing Profile,Agent'), created: [], found: ['2 row: row.cells-many'] },
];
