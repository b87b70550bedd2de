/** The columns that a file of users may have, and all names of each. */
import type { ContactChannel, UserDraft, UserField } from '../../new-user.ts';

type TextField = Exclude<
  UserField,
  'routingProfile' | 'securityProfiles' | 'hierarchyGroup' | 'channels'
>;
export type ChannelSetting = keyof NonNullable<NonNullable<UserDraft['channels']>[ContactChannel]>;

/** Amazon Connect has five levels of hierarchy groups. */
export type HierarchyLevel = 1 | 2 | 3 | 4 | 5;

/** The content of a column. The website's newer header has two for the hierarchy group. */
export type ColumnKey =
  | TextField
  | 'routingProfile'
  | 'securityProfiles'
  | 'agentHierarchy'
  | 'userHierarchy'
  | `hierarchyLevel.${HierarchyLevel}`
  | `${ContactChannel}.${ChannelSetting}`
  | 'instance'
  | ReportColumn;

/** Columns that a report adds, known so that a corrected report can be sent unchanged. */
export type ReportColumn = 'status' | 'user_id' | 'user_arn' | 'problem' | 'suggestion';

export type Column = {
  readonly key: ColumnKey;
  /** The name in the website's file, if it has the column. */
  readonly title: string;
  /** The field that findings about it name; absent for a report's own columns. */
  readonly field?: UserField;
  /** Other names, in lower case and with letters only. */
  readonly spellings: readonly string[];
  /** Names with lower precedence when a file has both: a preferred name next to the name. */
  readonly alternates?: readonly string[];
};

const ofDraft = (key: TextField, title: string, ...spellings: string[]): Column => ({
  key,
  title,
  field: key,
  spellings,
});

/** A column for each level of the hierarchy; the number in its header tells which. */
const hierarchyLevels: readonly Column[] = ([1, 2, 3, 4, 5] as const).map((level) => ({
  key: `hierarchyLevel.${level}`,
  title: `hierarchy level ${level}`,
  field: 'hierarchyGroup',
  spellings: [],
}));

/**
 * In the languages of Amazon Connect and Slack, with letters only. A password in a column that is not recognized
 * would be silently ignored.
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

/** Header sets of the admin website, CreateUser's members, names of other systems, and names that people use. */
const userColumns: readonly Column[] = [
  {
    ...ofDraft('firstName', 'first name'),
    spellings: [
      'firstname',
      'givenname',
      'forename',
      'identityinfofirstname',
      'agentfirstname',
      'fname',
      'vorname',
      'prenom',
      'prénom',
      'nombre',
      'nome',
      'voornaam',
      'imię',
      'fornavn',
      'förnamn',
      'jméno',
      'имя',
      '名',
      '名前名',
      'ファーストネーム',
      '이름',
    ],
    alternates: [
      'preferredfirstname',
      'legalfirstname',
      'preferredgivenname',
      'legalgivenname',
      'firstnamepreferred',
      'preferrednamefirstname',
      'legalnamefirstname',
    ],
  },
  {
    ...ofDraft('lastName', 'last name'),
    spellings: [
      'lastname',
      'surname',
      'familyname',
      'secondname',
      'identityinfolastname',
      'agentlastname',
      'lname',
      'sn',
      'nachname',
      'familienname',
      'nom',
      'nomdefamille',
      'apellido',
      'apellidos',
      'cognome',
      'sobrenome',
      'apelido',
      'achternaam',
      'nazwisko',
      'efternamn',
      'efternavn',
      'etternavn',
      'příjmení',
      'фамилия',
      '姓',
      '苗字',
      'ラストネーム',
      '성',
    ],
    alternates: [
      'legallastname',
      'preferredlastname',
      'legalfamilyname',
      'preferredfamilyname',
      'lastnamepreferred',
      'preferrednamelastname',
      'legalnamelastname',
    ],
  },
  {
    ...ofDraft('email', 'email address'),
    spellings: [
      'email',
      'mail',
      'mailaddress',
      'emailid',
      'primaryemail',
      'primaryemailaddress',
      'identityinfoemail',
      'emailadresse',
      'mailadresse',
      'courriel',
      'adresseemail',
      'adressemail',
      'correo',
      'correoelectrónico',
      'correoelectronico',
      'indirizzoemail',
      'endereçodeemail',
      'emailadres',
      'メールアドレス',
      '이메일',
      '电子邮件',
      '電子郵件',
      'adresemail',
    ],
    alternates: [
      'workemail',
      'workemailaddress',
      'businessemail',
      'businessemailaddress',
      'companyemail',
      'emailprimarywork',
      'emailwork',
      'primaryworkemail',
      'emailaddresswork',
      'corporateemail',
      'workcontactworkemail',
      'emailprimary',
      'officeemail',
      'emails',
      'emailsvalue',
    ],
  },
  {
    ...ofDraft('secondaryEmail', 'secondary email address'),
    spellings: [
      'secondaryemail',
      'secondemail',
      'secondemailaddress',
      'alternateemail',
      'alternateemailaddress',
      'alternativeemail',
      'identityinfosecondaryemail',
    ],
  },
  {
    ...ofDraft('mobile', 'mobile'),
    spellings: [
      'mobilenumber',
      'mobilephone',
      'mobilephonenumber',
      'cellphone',
      'cell',
      'cellnumber',
      'identityinfomobile',
      'handy',
      'mobiltelefon',
      'handynummer',
      'portable',
      'téléphonemobile',
      'móvil',
      'cellulare',
      'celular',
    ],
    alternates: [
      'mobilework',
      'workmobile',
      'businessmobile',
      'phonenumbersmobile',
      'phonesmobile',
    ],
  },
  ofDraft('password', 'password', ...passwordSpellings),
  {
    ...ofDraft('username', 'user login'),
    spellings: [
      'username',
      'login',
      'loginname',
      'loginid',
      'userlogin',
      'agentlogin',
      'agentusername',
      'benutzername',
      'anmeldename',
      'nomdutilisateur',
      'identifiant',
      'nombredeusuario',
      'usuario',
      'nomeutente',
      'nomedeusuário',
      'gebruikersnaam',
      'nazwaużytkownika',
      'användarnamn',
      'ユーザー名',
      'ログイン名',
      '사용자이름',
      '用户名',
      '使用者名稱',
    ],
    alternates: [
      'userprincipalname',
      'upn',
      'samaccountname',
      'federationidentifier',
      'ssousername',
    ],
  },
  ofDraft('directoryUserId', 'directory user id', 'directoryid', 'directoryuserid'),
  {
    key: 'agentHierarchy',
    title: 'agent hierarchy',
    field: 'hierarchyGroup',
    spellings: ['agenthierarchygroup', 'hierarchygroupid', 'hierarchygrouparn'],
  },
  {
    key: 'routingProfile',
    title: 'routing profile name',
    field: 'routingProfile',
    spellings: [
      'routingprofile',
      'routing',
      'routingprofileid',
      'routingprofilearn',
      'routingprofil',
      'profilderoutage',
      'perfildeenrutamiento',
      'perfilderoteamento',
      'profilodirouting',
      'profilodiinstradamento',
      'profilroutingu',
      'ルーティングプロファイル',
      '라우팅프로필',
      '路由配置文件',
      '路由設定檔',
    ],
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
      'securityprofilearn',
      'securityprofilearns',
      'sicherheitsprofil',
      'sicherheitsprofile',
      'profildesécurité',
      'perfildeseguridad',
      'security',
      'perfildesegurança',
      'perfisdesegurança',
      'profilodisicurezza',
      'profilidisicurezza',
      'profilzabezpieczeń',
      'profilsdesécurité',
      'perfilesdeseguridad',
      'セキュリティプロファイル',
      '보안프로필',
      '安全配置文件',
      '安全設定檔',
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
  ...hierarchyLevels,
  ofDraft(
    'phoneType',
    'phone type (soft/desk)',
    'phonetype',
    'typeofphone',
    'phoneconfigphonetype',
    'phonenumberconfigsphonetype',
  ),
  {
    ...ofDraft('deskPhoneNumber', 'phone number'),
    spellings: [
      'phone',
      'deskphone',
      'deskphonenumber',
      'telephone',
      'telephonenumber',
      'phoneconfigdeskphonenumber',
      'phonenumberconfigsphonenumber',
      'telefon',
      'telefonnummer',
      'téléphone',
      'teléfono',
      'telefono',
    ],
    alternates: [
      'workphone',
      'officephone',
      'businessphone',
      'primaryphone',
      'primaryworkphone',
      'bizphone',
      'officenumber',
    ],
  },
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
    'aftercallworkseconds',
    'aftercontactwork',
    'aftercontactworktimeout',
    'aftercontactworktimelimit',
    'aftercontactworkseconds',
    'phoneconfigaftercontactworktimelimit',
  ),
  ofDraft(
    'persistentConnection',
    'persistent connection',
    'persistentconnectionyesno',
    'phoneconfigpersistentconnection',
    'persistentconnectionconfigspersistentconnection',
  ),
  ofDraft(
    'voiceEnhancement',
    'audio enhancement',
    'audioenhancements',
    'voiceenhancement',
    'voiceenhancementmode',
    'voiceenhancementconfigsvoiceenhancementmode',
  ),
  ofDraft('preset', 'preset', 'presetname', 'userpreset'),
  ofDraft('tags', 'tags', 'tag', 'resourcetags'),
  ofDraft('proficiencies', 'proficiencies', 'proficiency', 'userproficiencies'),
];

const channelNames: readonly (readonly [ContactChannel, string])[] = [
  ['VOICE', 'voice'],
  ['CHAT', 'chat'],
  ['TASK', 'task'],
  ['EMAIL', 'email'],
];

/** The website's files do not have these columns; ours do. */
const channelColumns: readonly Column[] = channelNames.flatMap(([channel, name]) => {
  const column = (setting: ChannelSetting, title: string): Column => ({
    key: `${channel}.${setting}`,
    title: `${name} ${title}`,
    field: 'channels',
    spellings: configSpellings(name, setting),
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

/** The members of CreateUser with this setting, by the names in findings and reports. */
function configSpellings(channel: string, setting: ChannelSetting): string[] {
  const member = {
    autoAccept: 'autoacceptconfigs*autoaccept',
    agentFirstCallbackAutoAccept: 'autoacceptconfigs*agentfirstcallbackautoaccept',
    afterContactWorkSeconds:
      'aftercontactworkconfigs*aftercontactworkconfigaftercontactworktimelimit',
    agentFirstCallbackAfterContactWorkSeconds:
      'aftercontactworkconfigs*agentfirstcallbackaftercontactworkconfigaftercontactworktimelimit',
  }[setting];
  return [member.replace('*', channel)];
}

export const reportTitles = ['status', 'user_id', 'user_arn', 'problem', 'suggestion'] as const;

/** The instance of a row, in lists for several instances. */
const instanceSpellings: readonly string[] = [
  ...['instance', 'connectinstance', 'amazonconnectinstance'].flatMap((name) =>
    ['', 'id', 'arn', 'alias', 'name', 'url'].map((what) => `${name}${what}`),
  ),
  'instanz',
];

/** Every column, in the order of the website's file; those that reports add come last. */
export const columns: readonly Column[] = [
  ...userColumns,
  ...channelColumns,
  ...reportTitles.map((title): Column => ({ key: title, title, spellings: [] })),
  // CreateUser's input contains its instance, so a file may contain it too.
  { key: 'instance', title: 'InstanceId', spellings: instanceSpellings },
];
