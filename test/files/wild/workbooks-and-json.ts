/** Workbooks written by Excel and by libraries, and JSON that the AWS command line prints and accepts. */
import { strFromU8, strToU8, zipSync } from 'fflate';
import { branch, managed } from '../../users/fixtures.ts';
import {
  formula,
  number,
  type Workbook,
  workbookBytes,
  workbookParts,
} from '../workbook-writing.ts';
import { lines, titles, type WildFile } from './wild-file.ts';

const header = titles.split(',');
const row = (first: string, last: string, login: string) => [
  first,
  last,
  `${login}@harbour.example`,
  login,
  'Basic Routing Profile',
  'Agent',
];
const error = (text: string, cell: string) => ({
  xml: (at: string) => `<c r="${at}" t="e"><f>${text}</f><v>${cell}</v></c>`,
});
const uncalculated = (text: string) => ({
  xml: (at: string) => `<c r="${at}"><f>${text}</f><v>0</v></c>`,
});

/** The workbook with a changed part that lists its sheets. */
function listedAs(workbook: Workbook, from: string, to: string): Uint8Array {
  const parts = workbookParts(workbook);
  const listed = strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array()).replace(from, to);
  return zipSync({ ...parts, 'xl/workbook.xml': strToU8(listed) });
}

const recalculated = (workbook: Workbook) =>
  listedAs(workbook, '</sheets>', '</sheets><calcPr fullCalcOnLoad="1"/>');
const sheet = (name: string, ...rows: ReturnType<typeof row>[]) => ({
  name,
  rows: [header, ...rows],
});

const user = {
  Username: 'jcopy',
  IdentityInfo: { FirstName: 'Jo', LastName: 'Copy', Email: 'jo@harbour.example' },
  PhoneConfig: {
    PhoneType: 'SOFT_PHONE',
    AutoAccept: false,
    AfterContactWorkTimeLimit: 0,
    DeskPhoneNumber: '',
  },
  SecurityProfileIds: ['id of Agent'],
  RoutingProfileId: 'id of Tier 2',
  Tags: {},
};
const answer = {
  Id: 'u1',
  Arn: 'arn:aws:connect:us-west-2:123456789012:instance/i1/agent/u1',
  ...user,
  LastModifiedRegion: 'us-west-2',
};
const json = (value: unknown) => () => Buffer.from(JSON.stringify(value, null, 4));
const jo = ['Jo Copy jcopy'];
const otherInstance = {
  ...managed,
  instance: { id: 'i1', others: new Map([['i2', 'sso']]), owners: new Map() },
};
const cli = 'docs.aws.amazon.com/cli/latest/reference/connect';
const api = 'docs.aws.amazon.com/connect/latest/APIReference/API_CreateUser.html';

// biome-ignore format: a table has one case a line
export const workbooks: readonly WildFile[] = [
  { about: 'errors of look-ups', source: 'tidyverse/readxl#669', bytes: () => recalculated({ sheets: [{ name: 'Users', rows: [header, row('Ann', 'Quinn', 'aq29'), ['Ben', error('VLOOKUP(A3,HR!A:B,2,FALSE)', '#N/A'), ...row('', '', 'bq').slice(2)], [error('HR!A9', '#REF!'), 'Quay', ...row('', '', 'cq').slice(2)], [uncalculated('HR!A10'), uncalculated('HR!B10'), ...row('', '', 'dq').slice(2)]] }] }), created: ['Ann Quinn aq29'], found: ['3 last name: cell.error-formula', '4 first name: cell.error-formula', '5 first name: row.formula-without-value', '5 last name: row.formula-without-value'] },
  { about: 'formulas with the placeholder 0', source: 'jmcnamara/XlsxWriter#877', bytes: () => recalculated({ sheets: [{ name: 'Users', rows: [header, ['Ann', uncalculated('PROPER("quinn")'), 'a@harbour.example', uncalculated('LOWER(A2)'), 'Basic Routing Profile', 'Agent']] }] }), created: [], found: ['2 last name: row.formula-without-value', '2 user login: row.formula-without-value'] },
  { about: 'a formula that was worked out', source: 'Excel', bytes: () => workbookBytes({ sheets: [{ name: 'Users', rows: [header, ['Ann', 'Quinn', 'a@harbour.example', formula('LOWER("AQUINN")', 'aquinn'), 'Basic Routing Profile', 'Agent']] }] }), created: ['Ann Quinn aquinn'] },
  { about: 'the open second sheet beside an old list', source: 'Automattic Fair-Code#182', bytes: () => listedAs({ sheets: [sheet('Old list', row('Old', 'Person', 'op27')), sheet('March', row('New', 'Person', 'np27'))] }, '<sheets>', '<bookViews><workbookView activeTab="1"/></bookViews><sheets>'), asked: 'sheet', options: ['Old list', 'March', '*'] },
  { about: 'a hidden sheet named Users', source: 'Automattic Fair-Code#182', bytes: () => workbookBytes({ sheets: [sheet('Sheet1', row('Ann', 'Quinn', 'aq25')), { ...sheet('Users', row('Old', 'Hidden', 'oh25')), hidden: true }] }), created: ['Ann Quinn aq25'], leftOut: ['left-out.sheet-hidden'] },
  { about: 'nothing but hidden sheets', source: 'Excel', bytes: () => workbookBytes({ sheets: [{ ...sheet('Users', row('Old', 'Hidden', 'oh25')), hidden: true }] }), refused: 'file.sheets-hidden' },
  { about: 'a sheet of notes before the users', source: 'HR workbooks', bytes: () => workbookBytes({ sheets: [{ name: 'Read me', rows: [['Fill in the next sheet']] }, sheet('Agents', row('Ann', 'Quinn', 'aq1'))] }), created: ['Ann Quinn aq1'], leftOut: ['left-out.sheet'] },
  { about: 'a sheet for each team', source: 'HR workbooks', bytes: () => workbookBytes({ sheets: [sheet('North', row('Ann', 'Quinn', 'aq1')), sheet('South', row('Ben', 'Quill', 'bq1')), sheet('West', row('Cem', 'Quay', 'cq1'))] }), asked: 'sheet', options: ['North', 'South', 'West', '*'] },
  { about: 'a phone number as a number', source: 'Excel', context: { ...managed, defaultCountry: 'US' }, bytes: () => workbookBytes({ sheets: [{ name: 'Users', rows: [[...header, 'phone type', 'phone number'], [...row('Ann', 'Quinn', 'aq1'), 'desk', number(12065550151)]] }] }), created: ['Ann Quinn aq1'] },
];

// biome-ignore format: a table has one case a line
export const jsonFiles: readonly WildFile[] = [
  { about: 'describe-user', source: `${cli}/describe-user.html`, bytes: json({ User: answer }), created: jo },
  { about: 'describe-user of several, one after the other', source: `${cli}/describe-user.html`, bytes: () => lines(JSON.stringify({ User: answer }), JSON.stringify({ User: { ...answer, Username: 'jcopy2' } })), created: [...jo, 'Jo Copy jcopy2'] },
  { about: 'search-users', source: `${cli}/search-users.html`, bytes: json({ Users: [answer], ApproximateTotalCount: 1 }), created: jo },
  { about: 'one page of search-users', source: `${cli}/search-users.html`, bytes: json({ Users: [answer], NextToken: 'AAMA' }), created: jo, leftOut: ['left-out.more-pages'] },
  { about: 'list-users', source: `${cli}/list-users.html`, bytes: json({ UserSummaryList: [{ Id: 'u1', Arn: answer.Arn, Username: 'jcopy' }] }), refused: 'file.only-usernames' },
  { about: 'create-user’s own answer', source: `${cli}/create-user.html`, bytes: json({ UserId: 'u1', UserArn: answer.Arn }), refused: 'file.members-missing' },
  { about: 'an InstanceId of another instance', source: api, context: otherInstance, bytes: json({ ...user, InstanceId: 'i2' }), created: [], found: ['1 InstanceId: row.other-instance'] },
  { about: 'the ARN of this instance', source: api, context: otherInstance, bytes: json({ ...user, InstanceId: 'arn:aws:connect:us-west-2:123456789012:instance/i1' }), created: jo },
  { about: 'an InstanceId that nobody knows', source: api, context: otherInstance, bytes: json({ ...user, InstanceId: 'i3' }), created: [], found: ['1 InstanceId: row.unknown-instance'] },
  { about: 'the skeleton with a phone for CHAT left alone', source: `${cli}/create-user.html`, bytes: json({ ...user, Tags: { KeyName: '' }, DirectoryUserId: '', PhoneNumberConfigs: [{ Channel: 'CHAT', PhoneType: 'DESK_PHONE', PhoneNumber: '' }] }), created: jo },
  { about: 'empty lists and texts', source: `${cli}/create-user.html`, bytes: json({ ...user, HierarchyGroupId: '', AutoAcceptConfigs: [], PhoneNumberConfigs: [], VoiceEnhancementConfigs: [] }), created: jo },
  { about: 'null in members that are not needed', source: 'json.dumps of Python', bytes: json({ ...user, HierarchyGroupId: null, Tags: null, DirectoryUserId: null }), created: jo },
  { about: 'tags as a list of keys and values', source: 'docs.aws.amazon.com/tag-editor/latest/userguide', bytes: json({ ...user, Tags: [{ Key: 'team', Value: 'blue' }] }), created: jo, tags: { team: 'blue' } },
  { about: 'users of an existing directory', source: api, context: branch, bytes: json([{ Username: 'jcopy', DirectoryUserId: '0815', SecurityProfileIds: ['Agent'], RoutingProfileId: 'Tier 2' }]), created: ['jcopy jcopy'] },
  { about: 'a comma too many', source: 'hand-written JSON', bytes: () => lines(`[${JSON.stringify(user)},]`), created: jo },
];

const cloudFormation = (...users: object[]) => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Resources: Object.fromEntries(
    users.map((Properties, at) => [`Agent${at}`, { Type: 'AWS::Connect::User', Properties }]),
  ),
});
const cfnUser = {
  InstanceArn: 'arn:aws:connect:us-west-2:123456789012:instance/i1',
  Username: 'jcopy',
  IdentityInfo: user.IdentityInfo,
  PhoneConfig: { PhoneType: 'SOFT_PHONE', AutoAccept: true },
  RoutingProfileArn:
    'arn:aws:connect:us-west-2:123456789012:instance/i1/routing-profile/id of Tier 2',
  SecurityProfileArns: [
    'arn:aws:connect:us-west-2:123456789012:instance/i1/security-profile/id of Agent',
  ],
  Tags: [{ Key: 'team', Value: 'blue' }],
};
const terraformUser = {
  address: 'aws_connect_user.jo',
  type: 'aws_connect_user',
  name: 'jo',
  values: {
    name: 'jcopy',
    instance_id: 'i1',
    identity_info: [
      { first_name: 'Jo', last_name: 'Copy', email: 'jo@harbour.example', secondary_email: '' },
    ],
    phone_config: [
      {
        phone_type: 'SOFT_PHONE',
        auto_accept: false,
        after_contact_work_time_limit: 0,
        desk_phone_number: '',
      },
    ],
    routing_profile_id: 'id of Tier 2',
    security_profile_ids: ['id of Agent'],
    hierarchy_group_id: null,
    tags: { team: 'blue' },
  },
};
const yamlUser = (login: string) => [
  `Username: ${login}  # [REQUIRED] The user name for the account.`,
  "Password: ''  # The password for the user account.",
  'IdentityInfo: # The information about the identity of the user.',
  '  FirstName: Jo  # The first name.',
  '  LastName: Copy',
  '  Email: jo@harbour.example',
  'PhoneConfig: # [REQUIRED] The phone settings for the user.',
  '  PhoneType: SOFT_PHONE  # Valid values are: SOFT_PHONE, DESK_PHONE.',
  '  AutoAccept: true',
  '  AfterContactWorkTimeLimit: 0',
  "  DeskPhoneNumber: ''",
  "DirectoryUserId: ''",
  'SecurityProfileIds: # [REQUIRED]',
  '- id of Agent',
  'RoutingProfileId: id of Tier 2',
  "HierarchyGroupId: ''",
  'Tags:',
  "  KeyName: ''",
];
const inList = (rows: readonly string[]) =>
  rows.map((row, at) => `${at === 0 ? '- ' : '  '}${row}`);
const skeletonYaml = 'docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html';
const cfn = 'docs.aws.amazon.com/AWSCloudFormation: aws-resource-connect-user';
const tf = 'registry.terraform.io/providers/hashicorp/aws: connect_user';

// biome-ignore format: a table has one case a line
export const infrastructure: readonly WildFile[] = [
  { about: 'the skeleton as YAML, filled in', source: skeletonYaml, bytes: () => lines(...yamlUser('jcopy')), created: jo },
  { about: 'a list of users as YAML', source: skeletonYaml, bytes: () => lines(...inList(yamlUser('jcopy')), ...inList(yamlUser('jcopy2'))), created: ['Jo Copy jcopy', 'Jo Copy jcopy2'] },
  { about: 'a YAML document for each user', source: skeletonYaml, bytes: () => lines('---', ...yamlUser('jcopy'), '---', ...yamlUser('0815')), created: ['Jo Copy jcopy', 'Jo Copy 0815'] },
  { about: 'search-users as YAML', source: `${cli}/search-users.html`, bytes: () => lines('Users:', ...inList(yamlUser('jcopy')), 'ApproximateTotalCount: 1'), created: jo },
  { about: 'describe-user as YAML', source: `${cli}/describe-user.html`, bytes: () => lines('User:', ...yamlUser('jcopy').map((row) => `  ${row}`)), created: jo },
  { about: 'YAML that breaks off', source: skeletonYaml, bytes: () => lines('Username: jcopy', 'IdentityInfo: {FirstName: Jo'), refused: 'file.yaml-syntax' },
  { about: 'YAML whose aliases unfold to gigabytes', source: 'en.wikipedia.org/wiki/Billion_laughs_attack', bytes: () => lines('Username: &a [x,x,x,x,x,x,x,x,x]', ...['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${String.fromCharCode(97 + at)}`).join(',')}]`)), refused: 'file.yaml-syntax' },
  { about: 'a CloudFormation template in JSON', source: cfn, bytes: json(cloudFormation(cfnUser)), created: jo, tags: { team: 'blue' } },
  { about: 'a CloudFormation template with other resources', source: cfn, bytes: json({ ...cloudFormation(cfnUser), Resources: { Bucket: { Type: 'AWS::S3::Bucket' }, ...cloudFormation(cfnUser).Resources } }), created: jo, tags: { team: 'blue' } },
  { about: 'a template that the CDK wrote', source: 'docs.aws.amazon.com/cdk', bytes: json({ Resources: { agentF2A: { Type: 'AWS::Connect::User', Properties: cfnUser, Metadata: { 'aws:cdk:path': 'Users/agent' } } }, Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>' } } }), created: jo, tags: { team: 'blue' } },
  { about: 'a reference that only CloudFormation can follow', source: cfn, bytes: json(cloudFormation({ ...cfnUser, RoutingProfileArn: { Ref: 'Profile' } })), created: [], found: ['1 RoutingProfileArn: row.not-a-text'] },
  { about: 'a CloudFormation template in YAML', source: cfn, bytes: () => lines('AWSTemplateFormatVersion: "2010-09-09"', 'Resources:', '  Jo:', '    Type: AWS::Connect::User', '    Properties:', ...yamlUser('jcopy').map((row) => `      ${row}`)), created: jo },
  { about: 'terraform show -json', source: tf, bytes: json({ format_version: '1.0', values: { root_module: { resources: [terraformUser], child_modules: [{ resources: [{ ...terraformUser, values: { ...terraformUser.values, name: 'jcopy2' } }] }] } } }), created: ['Jo Copy jcopy', 'Jo Copy jcopy2'], tags: { team: 'blue' } },
  { about: 'a plan of Terraform’s as JSON', source: tf, bytes: json({ planned_values: { root_module: { resources: [terraformUser] } } }), created: jo, tags: { team: 'blue' } },
  { about: 'Terraform’s own language', source: tf, bytes: () => lines('resource "aws_connect_user" "jo" {', '  name = "jcopy"', '}'), refused: 'file.terraform' },
];
