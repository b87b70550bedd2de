/** More exports of directories and HR systems, headers of several languages, and files that name their instance. */
import { managed, saml } from '../../users/fixtures.ts';
import { lines, person, titles, type WildFile } from './wild-file.ts';

const profiles = 'Basic Routing Profile,Agent';
const fay = ['Fay Ito fay'];
const gone = { created: fay, found: ['3 row: row.not-wanted'] };
const two = (title: string, here: string, left: string) =>
  lines(
    `First name,Last name,Email,Username,Routing profile,Security profile,${title}`,
    `Fay,Ito,fay@harbour.example,fay,${profiles},${here}`,
    `Gil,Ito,gil@harbour.example,gil,${profiles},${left}`,
  );
const header = (names: string) => lines(names, `Fay,Ito,fay@harbour.example,fay,${profiles}`);
const others = {
  ...managed,
  instance: { id: 'i1', others: new Map([['i2', 'sso']]), owners: new Map() },
};
const named = (title: string, cell: string) =>
  lines(
    `${titles},${title}`,
    `${person('Ann', 'Quinn', 'aquinn')},${cell}`,
    `${person('Ben', 'Quill', 'bquill')},production`,
  );
const otherInstance = { context: others, created: ['Ben Quill bquill'] };
const console = 'the admin website of Amazon Connect in this language';

// biome-ignore format: a table has one case a line
export const moreExports: readonly WildFile[] = [
  // Headers
  { about: 'a report of Okta’s System Log', source: 'help.okta.com: reports, user accounts', bytes: () => header('user.firstName,user.lastName,user.email,user.login,routing profile,security profile'), created: fay },
  { about: 'users of Okta’s API as CSV', source: 'developer.okta.com/docs/reference/api/users', bytes: () => header('profile.firstName,profile.lastName,profile.email,profile.login,routingProfile,securityProfiles'), created: fay },
  { about: 'Workday, preferred names', source: 'doc.workday.com: worker data, “Preferred Name - First Name”', bytes: () => lines('Worker,Preferred Name - First Name,Preferred Name - Last Name,Email - Primary Work,Worker Status,User Name,Routing Profile,Security Profile', `Fay Ito,Fay,Ito,fay@harbour.example,Active,fay,${profiles}`), created: fay },
  { about: 'ADP, work contact', source: 'support.adp.com: custom reports', bytes: () => header('Legal First Name,Legal Last Name,Work Contact: Work Email,user login,routing profile,security profile'), created: fay },
  { about: 'BambooHR, both names in one column', source: 'help.bamboohr.com: employee reports', bytes: () => lines('Employee #,"Last name, First name",Work Email,user login,routing profile,security profile', `1,"Ito, Fay",fay@harbour.example,fay,${profiles}`), refused: 'file.columns-missing-full-name' },
  { about: 'headers that say it twice', source: 'forms in two words', bytes: () => header('Given name / First name,Surname / Last name,E-mail (work),Login ID,Routing,Security'), created: fay },
  { about: 'whose name it is', source: 'HR lists', bytes: () => header('User First Name,User Last Name,User Email,User Login,Routing profile,Security profile'), created: fay },
  { about: 'headers with numbers', source: 'forms', bytes: () => header('1. First name,2. Last name,3. Email,4. Username,5. Routing profile,6. Security profile'), created: fay },
  { about: 'headers on two lines', source: 'Excel, Alt+Enter', bytes: () => lines('"First\nName","Last\nName","Email\nAddress","User\nLogin","Routing\nProfile","Security\nProfile"', `Fay,Ito,fay@harbour.example,fay,${profiles}`), created: fay },
  { about: 'Japanese headers', source: console, bytes: () => header('名,姓,メールアドレス,ユーザー名,ルーティングプロファイル,セキュリティプロファイル'), created: fay },
  { about: 'Portuguese headers', source: console, bytes: () => header('Nome,Sobrenome,E-mail,Nome de usuário,Perfil de roteamento,Perfil de segurança'), created: fay },
  { about: 'Italian headers', source: console, bytes: () => header('Nome,Cognome,Email,Nome utente,Profilo di instradamento,Profilo di sicurezza'), created: fay },
  { about: 'Korean headers', source: console, bytes: () => header('이름,성,이메일,사용자 이름,라우팅 프로필,보안 프로필'), created: fay },
  { about: 'Polish headers', source: 'kadry', bytes: () => header('Imię,Nazwisko,Adres e-mail,Login,Profil routingu,Profil zabezpieczeń'), created: fay },
  { about: 'French headers with a typographic apostrophe', source: 'ressources humaines', bytes: () => header('Prénom,Nom,Adresse e-mail,Nom d’utilisateur,Profil de routage,Profil de sécurité'), created: fay },
  { about: 'columns one below the other', source: 'forms', bytes: () => lines('first name,Fay,Gil', 'last name,Ito,Ito', 'user login,fay,gil', 'email address,fay@harbour.example,gil@harbour.example'), refused: 'file.transposed' },
  { about: 'the bulk template of Entra', source: 'MicrosoftDocs/entra-docs: docs/identity/users/users-bulk-add.md', context: saml, bytes: () => lines('version:v1.0,,,,,,', 'Name [displayName] Required,User name [userPrincipalName] Required,Block sign in (Yes/No) [accountEnabled] Required,First name [givenName],Last name [surname],Routing profile,Security profile', `Fay Ito,fay@harbour.example,No,Fay,Ito,${profiles}`, `Gil Ito,gil@harbour.example,Yes,Gil,Ito,${profiles}`), created: ['Fay Ito fay@harbour.example'], found: ['4 row: row.not-wanted'], leftOut: ['left-out.title'] },
  { about: '--output table', source: 'docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html', bytes: () => lines('--------------------', '|     ListUsers    |', '+-----+------------+'), refused: 'file.aws-table' },
  { about: '--output text', source: 'docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html', bytes: () => lines('USERSUMMARYLIST\tarn:aws:connect:us-west-2:123456789012:instance/i1/agent/a\ta\tmary'), refused: 'file.aws-table' },
  { about: 'LDIF', source: 'rfc-editor.org/rfc/rfc2849', bytes: () => lines('version: 1', 'dn: uid=fay,dc=harbour', 'objectClass: person', 'cn: Fay Ito', 'sn: Ito'), refused: 'file.other-kind' },

  // People who left
  { about: 'Google, a new status', source: 'support.google.com/a/answer/40057', bytes: () => two('New Status [UPLOAD ONLY]', 'Active', 'Suspended'), ...gone },
  { about: 'Microsoft 365, sign-in blocked', source: 'learn.microsoft.com/microsoft-365/admin: active users, export', bytes: () => two('Block credential', 'False', 'True'), ...gone },
  { about: 'ADP, position status', source: 'support.adp.com: custom reports', bytes: () => two('Position Status', 'Active', 'Terminated'), ...gone },
  { about: 'BambooHR, terminated with its kind', source: 'help.bamboohr.com: employment status', bytes: () => two('Employment Status', 'Full-Time', 'Terminated (voluntary)'), ...gone },
  { about: 'Active Directory, flags of an account', source: 'learn.microsoft.com/openspecs: MS-DRSR, userAccountControl bits', bytes: () => two('userAccountControl', '512', '514'), ...gone },
  { about: 'Salesforce, IsActive', source: 'developer.salesforce.com/docs: User object', bytes: () => two('IsActive', 'true', 'false'), ...gone },
  { about: 'Five9, active as a number', source: 'documentation.five9.com: user list', bytes: () => two('active', '1', '0'), ...gone },

  // Whose file
  { about: 'a column with the alias of another instance', source: 'lists for several instances', bytes: () => named('instance', 'sso'), ...otherInstance, found: ['2 instance: row.other-instance'] },
  { about: 'a column “Instance Alias”', source: 'lists for several instances', bytes: () => named('Instance Alias', 'sso'), ...otherInstance, found: ['2 Instance Alias: row.other-instance'] },
  { about: 'a column “Connect instance” with the id of another one', source: 'lists for several instances', bytes: () => named('Connect instance', 'i2'), ...otherInstance, found: ['2 Connect instance: row.other-instance'] },
  { about: 'the address of an instance', source: 'lists for several instances', bytes: () => named('Instance URL', 'https://harbour.my.connect.aws/'), ...otherInstance, found: ['2 Instance URL: row.unknown-instance'] },
  { about: 'the id of this instance in capitals', source: 'lists for several instances', bytes: () => named('InstanceId', 'I1'), context: others, created: ['Ann Quinn aquinn', 'Ben Quill bquill'] },
  { about: 'the ARN of another instance', source: 'lists for several instances', bytes: () => named('InstanceArn', 'arn:aws:connect:us-west-2:123456789012:instance/i2'), ...otherInstance, found: ['2 InstanceArn: row.other-instance'] },
  { about: 'an environment, which says nothing of an instance', source: 'lists for several instances', bytes: () => named('environment', 'staging'), context: others, created: ['Ann Quinn aquinn', 'Ben Quill bquill'] },

  // Usernames for single sign-on
  ...([['a name with an umlaut', 'jürgen.müller', 'username.letters'], ['a name with a blank', 'ann quinn', 'username.spaces'], ['a name that is too long', 'a'.repeat(65), 'field.too-long'], ['wide letters', 'ａｎｎ', 'username.letters'], ['a link to an address', 'mailto:ann@harbour.example', 'username.letters']] as const).map(([about, login, code]): WildFile => ({ about: `${about} for single sign-on`, source: 'docs.aws.amazon.com/connect/latest/adminguide/configure-saml.html', context: saml, bytes: () => lines('first name,last name,user login,routing profile name,security profile', `Ann,Quinn,${login},${profiles}`), created: [], found: [`2 user login: ${code}`] })),
  { about: 'capitals of an address are kept', source: 'learn.microsoft.com/entra/identity-platform/saml-claims-customization', context: saml, bytes: () => lines('first name,last name,user login,routing profile name,security profile', `Ann,Quinn,Ann.Quinn@Harbour.Example,${profiles}`), created: ['Ann Quinn Ann.Quinn@Harbour.Example'] },
  { about: 'a guest of Entra', source: 'learn.microsoft.com/entra/external-id/user-properties', context: saml, bytes: () => lines('first name,last name,user login,routing profile name,security profile', `Ann,Quinn,ann_mail.example#EXT#@harbour.example,${profiles}`), created: ['Ann Quinn ann_mail.example#EXT#@harbour.example'] },
  { about: 'an id of the directory as username', source: 'learn.microsoft.com/entra: user.objectid as claim', context: saml, bytes: () => lines('first name,last name,user login,routing profile name,security profile', `Ann,Quinn,3f2504e0-4f89-11d3-9a0c-0305e82c3301,${profiles}`), created: ['Ann Quinn 3f2504e0-4f89-11d3-9a0c-0305e82c3301'] },
];
