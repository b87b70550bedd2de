/** Workbooks of Excel and of libraries, and what the AWS command line prints and takes. */
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

/** The workbook with something else in the part that lists its sheets. */
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
