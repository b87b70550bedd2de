/** The columns of a file of users: what they may be called, and which one stands for what. */
import { ProblemError, problem } from '../../../errors/problem.ts';
import { createNearest } from '../../../text/nearest.ts';
import { shown } from '../../../text/tidy.ts';
import { looksLikePassword, type PasswordClues } from '../../fields/password-like.ts';
import type { ContactChannel, IdentityMode, UserDraft, UserField } from '../../new-user.ts';

type TextField = Exclude<
  UserField,
  'routingProfile' | 'securityProfiles' | 'hierarchyGroup' | 'channels'
>;
export type ChannelSetting = keyof NonNullable<NonNullable<UserDraft['channels']>[ContactChannel]>;

/** What a column holds. The website's newer header has two for the hierarchy group. */
export type ColumnKey =
  | TextField
  | 'routingProfile'
  | 'securityProfiles'
  | 'agentHierarchy'
  | 'userHierarchy'
  | `${ContactChannel}.${ChannelSetting}`
  | ReportColumn;

/** Columns that a report adds, known so that a mended report can be sent as it is. */
export type ReportColumn = 'status' | 'user_id' | 'user_arn' | 'problem' | 'suggestion' | 'ignored';

export type Column = {
  readonly key: ColumnKey;
  /** As the website's file calls it, where it does. */
  readonly title: string;
  /** The field that findings about it name; absent for a report's own columns. */
  readonly field?: UserField;
  /** Other names, in lower case and without anything but letters. */
  readonly spellings: readonly string[];
};

/**
 * In the languages that Amazon Connect and Slack are offered in, without anything but letters. A password in a
 * column that is not recognized would be left out in silence.
 */
const passwordSpellings: readonly string[] = [
  ...['initial', 'temporary', 'temp', 'start', 'new', 'user', 'login', 'first', 'default'].flatMap(
    (which) => ['password', 'pw', 'pwd'].map((word) => `${which}${word}`),
  ),
  ...['pw', 'pwd', 'pass', 'passwd', 'passphrase', 'userpass', 'identityinfopassword'],
  ...['passwort', 'kennwort'].flatMap((word) => [
    word,
    ...['initial', 'start', 'neues', 'einmal', 'benutzer'].map((which) => `${which}${word}`),
  ]),
  ...['contraseña', 'contrasena', 'contraseñainicial', 'clave', 'motdepasse', 'mdp', 'senha'],
  ...['palavrapasse', 'wachtwoord', 'parola', 'parolachiave', 'hasło', 'haslo', 'lösenord'],
  ...['adgangskode', 'passord', 'salasana', 'heslo', 'jelszó', 'şifre', 'пароль', 'סיסמה'],
  ...[
    'パスワード',
    '初期パスワード',
    '密码',
    '初始密码',
    '密碼',
    '비밀번호',
    'كلمةالمرور',
    'รหัสผ่าน',
  ],
];

const ofDraft = (key: TextField, title: string, ...spellings: string[]): Column => ({
  key,
  title,
  field: key,
  spellings,
});

/** Header sets of the admin website (facts, CSV part), CreateUser's members, and what people write. */
const userColumns: readonly Column[] = [
  ofDraft('firstName', 'first name', 'givenname', 'forename', 'identityinfofirstname'),
  ofDraft('lastName', 'last name', 'surname', 'familyname', 'secondname', 'identityinfolastname'),
  ofDraft(
    'email',
    'email address',
    'email',
    'mail',
    'mailaddress',
    'primaryemail',
    'primaryemailaddress',
    'identityinfoemail',
  ),
  ofDraft(
    'secondaryEmail',
    'secondary email address',
    'secondaryemail',
    'secondemail',
    'secondemailaddress',
    'alternateemail',
    'identityinfosecondaryemail',
  ),
  ofDraft('mobile', 'mobile', 'mobilenumber', 'mobilephone', 'cellphone', 'identityinfomobile'),
  ofDraft('password', 'password', ...passwordSpellings),
  ofDraft(
    'username',
    'user login',
    'username',
    'login',
    'loginname',
    'userlogin',
    'agentlogin',
    'agentusername',
  ),
  ofDraft('directoryUserId', 'directory user id', 'directoryid'),
  {
    key: 'agentHierarchy',
    title: 'agent hierarchy',
    field: 'hierarchyGroup',
    spellings: ['agenthierarchygroup', 'hierarchygroupid'],
  },
  {
    key: 'routingProfile',
    title: 'routing profile name',
    field: 'routingProfile',
    spellings: ['routingprofile', 'routing', 'routingprofileid'],
  },
  {
    key: 'securityProfiles',
    title: 'security_profile_name_1|security_profile_name_2',
    field: 'securityProfiles',
    spellings: [
      'securityprofile',
      'securityprofiles',
      'securityprofilename',
      'securityprofilenames',
      'securityprofileid',
      'securityprofileids',
    ],
  },
  {
    key: 'userHierarchy',
    title: 'user_hierarchy_1|user_hierarchy_2',
    field: 'hierarchyGroup',
    spellings: [
      'userhierarchy',
      'hierarchy',
      'hierarchygroup',
      'hierarchygroupname',
      'userhierarchygroup',
      'hierarchypath',
    ],
  },
  ofDraft(
    'phoneType',
    'phone type (soft/desk)',
    'phonetype',
    'typeofphone',
    'phoneconfigphonetype',
  ),
  ofDraft(
    'deskPhoneNumber',
    'phone number',
    'phone',
    'deskphone',
    'deskphonenumber',
    'telephone',
    'telephonenumber',
    'phoneconfigdeskphonenumber',
  ),
  ofDraft(
    'autoAccept',
    'soft phone auto accept (yes/no)',
    'softphoneautoaccept',
    'autoaccept',
    'autoacceptcalls',
    'phoneconfigautoaccept',
  ),
  ofDraft(
    'afterContactWorkSeconds',
    'ACW timeout (seconds)',
    'acwtimeout',
    'acw',
    'acwtime',
    'acwseconds',
    'acwtimeoutseconds',
    'acwtimelimit',
    'aftercallwork',
    'aftercallworktimeout',
    'aftercallworktime',
    'aftercontactwork',
    'aftercontactworktimeout',
    'aftercontactworktimelimit',
    'phoneconfigaftercontactworktimelimit',
  ),
  ofDraft(
    'persistentConnection',
    'persistent connection',
    'persistentconnectionyesno',
    'phoneconfigpersistentconnection',
  ),
  ofDraft(
    'voiceEnhancement',
    'audio enhancement',
    'audioenhancements',
    'voiceenhancement',
    'voiceenhancementmode',
  ),
  ofDraft('tags', 'tags', 'tag', 'resourcetags'),
];

const channelNames: readonly (readonly [ContactChannel, string])[] = [
  ['VOICE', 'voice'],
  ['CHAT', 'chat'],
  ['TASK', 'task'],
  ['EMAIL', 'email'],
];

/** No file of the website has these; ours do. */
const channelColumns: readonly Column[] = channelNames.flatMap(([channel, name]) => {
  const column = (setting: ChannelSetting, title: string): Column => ({
    key: `${channel}.${setting}`,
    title: `${name} ${title}`,
    field: 'channels',
    spellings: [],
  });
  const everywhere = [
    column('autoAccept', 'auto accept (yes/no)'),
    column('afterContactWorkSeconds', 'ACW timeout (seconds)'),
  ];
  if (channel !== 'VOICE') return everywhere;
  return [
    ...everywhere,
    column('agentFirstCallbackAutoAccept', 'agent-first callback auto accept (yes/no)'),
    column(
      'agentFirstCallbackAfterContactWorkSeconds',
      'agent-first callback ACW timeout (seconds)',
    ),
  ];
});

export const reportTitles = ['status', 'user_id', 'user_arn', 'problem', 'suggestion'] as const;

const columns: readonly Column[] = [
  ...userColumns,
  ...channelColumns,
  ...reportTitles.map((title): Column => ({ key: title, title, spellings: [] })),
  // CreateUser's input names the instance; here the request does.
  { key: 'ignored', title: 'InstanceId', spellings: [] },
];

const byKey = new Map(columns.map((column) => [column.key, column]));
const bySpelling = new Map(
  columns.flatMap((column) =>
    [lettersOf(column.title), ...column.spellings].map((spelling) => [spelling, column] as const),
  ),
);

/** The longest header that could be one of ours, several times over. */
const longestHeader = 300;

/** The column that a header means, whatever its case, blanks and hints in brackets; undefined: none. */
export function knownColumn(header: string): Column | undefined {
  if (header.length > longestHeader) return undefined;
  const column = bySpelling.get(lettersOf(header));
  if (column && isReportColumn(column.key)) {
    // "User ID" is what some call the login; only the report's own spelling is the report's column.
    return header.trim().toLowerCase() === column.title.toLowerCase() ? column : undefined;
  }
  return column;
}

export function columnOf(key: ColumnKey): Column {
  const column = byKey.get(key);
  if (!column) throw new Error(`no column ${key}`);
  return column;
}

function isReportColumn(key: ColumnKey): boolean {
  return reportTitles.some((title) => title === key);
}

/** `security_profile_name_1|security_profile_name_2` is `securityprofilename`: numbered columns count as one. */
function lettersOf(header: string): string {
  const plain = header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)?|\b(?:yes\/no|soft\/desk)\)?/g, '');
  const [first = '', ...others] = plain.split('|').map((part) => part.replace(/\P{L}/gu, ''));
  return others.every((other) => other === first) ? first : [first, ...others].join('|');
}

export type UnknownColumn = {
  readonly index: number;
  readonly header: string;
  /** The title of the column that was probably meant. */
  readonly suggestion?: string;
};

export type ColumnPlan = {
  /** Where each column stands, from 0. */
  readonly at: ReadonlyMap<ColumnKey, number>;
  readonly unknown: readonly UnknownColumn[];
};

const neededEverywhere: readonly ColumnKey[] = ['username', 'routingProfile', 'securityProfiles'];

/** Without these no row could be right. An existing directory knows its people's names itself. */
function neededColumns(mode: IdentityMode): readonly ColumnKey[] {
  return mode === 'EXISTING_DIRECTORY'
    ? neededEverywhere
    : ['firstName', 'lastName', ...neededEverywhere];
}

/**
 * Tells which column is which. Unknown ones are left out and named; throws `ProblemError` when two mean the
 * same or one that every row needs is missing.
 */
export function planColumns(headers: readonly string[], mode: IdentityMode): ColumnPlan {
  const at = new Map<ColumnKey, number>();
  const strangers: { index: number; header: string }[] = [];
  for (const [index, header] of headers.entries()) {
    const key = knownColumn(header)?.key;
    if (key === undefined) {
      if (header.trim() !== '') strangers.push({ index, header });
      continue;
    }
    const before = at.get(key);
    if (before !== undefined) {
      const params = { one: shown(headers[before] ?? ''), other: shown(header) };
      throw new ProblemError(problem('file.columns-double', params));
    }
    at.set(key, index);
  }
  const nearestColumn = createNearestColumn(at);
  const unknown = strangers.map((it): UnknownColumn => {
    const suggestion = nearestColumn(it.header);
    // Where the header row is missing, the first user stands in its place.
    const header = looksLikePassword(it.header, headerClues) ? `column ${it.index + 1}` : it.header;
    return { ...it, header, ...(suggestion !== undefined && { suggestion }) };
  });
  assertNeeded(at, unknown, mode);
  return { at, unknown };
}

const headerClues: PasswordClues = { names: [], strict: false };

/** "Did you mean" among the columns that are not there yet. */
function createNearestColumn(
  taken: ReadonlyMap<ColumnKey, number>,
): (header: string) => string | undefined {
  const free = [...bySpelling].filter(([, column]) => column.field && !taken.has(column.key));
  const titles = new Map(free.map(([spelling, column]) => [spelling, column.title]));
  // Spellings of one column are near each other; the first hit among them is as good as any.
  const nearest = createNearest([...titles.keys()]);
  return (header) => {
    const found = nearest(lettersOf(header.slice(0, longestHeader)));
    return found === undefined ? undefined : titles.get(found);
  };
}

function assertNeeded(
  at: ReadonlyMap<ColumnKey, number>,
  unknown: readonly UnknownColumn[],
  mode: IdentityMode,
): void {
  const missing = neededColumns(mode).filter((key) => !at.has(key));
  if (missing.length === 0) return;
  const titles = missing.map((key) => columnOf(key).title);
  const meant = unknown.find((it) => it.suggestion !== undefined && titles.includes(it.suggestion));
  const list = titles.map((title) => `“${title}”`).join(', ');
  throw new ProblemError(
    meant?.suggestion === undefined
      ? problem('file.columns-missing', { columns: list })
      : problem('file.columns-missing-guess', {
          columns: list,
          header: shown(meant.header),
          guess: meant.suggestion,
        }),
  );
}
