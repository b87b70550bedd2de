/** More structured values, and more JSON: from consoles, infrastructure tools, and the APIs of directories. */
import { managed } from '../../users/fixtures.ts';
import { lines, person, titles, type WildFile } from './wild-file.ts';

const ann = person('Ann', 'Quinn', 'aquinn');
const annMade = ['Ann Quinn aquinn'];
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const tagged = (tags: string) => lines(`${titles},tags`, `${ann},${quoted(tags)}`);
const blueNorth = { team: 'blue', site: 'north' };
const secured = (profiles: string) =>
  lines(titles, `Ann,Quinn,a@harbour.example,aquinn,Basic Routing Profile,${quoted(profiles)}`);
const grouped = (group: string) => lines(`${titles},hierarchy`, `${ann},${quoted(group)}`);
const joined = { created: [], found: ['2 security profile: security-profiles.joined'] };
const json = (value: unknown) => () => Buffer.from(JSON.stringify(value, null, 2));
const user = {
  Username: 'jcopy',
  IdentityInfo: { FirstName: 'Jo', LastName: 'Copy', Email: 'jo@harbour.example' },
  RoutingProfileId: 'Tier 2',
  SecurityProfileIds: ['Agent'],
};
const jo = ['Jo Copy jcopy'];
const withProfiles = { routingProfile: 'Tier 2', securityProfiles: ['Agent'] };
const terraform = 'developer.hashicorp.com/terraform/language/syntax/json';

// biome-ignore format: a table has one case a line
export const moreStructures: readonly WildFile[] = [
  // Tags
  { about: 'three tags of the website’s tools', source: 'joshbasquez/AzureAD_to_AmazonConnect', bytes: () => tagged('a|1||b|2||c|3'), created: annMade, tags: { a: '1', b: '2', c: '3' } },
  { about: 'a time in a tag with colons', source: 'shift lists', bytes: () => tagged('team:blue|shift:22:00'), created: annMade, tags: { team: 'blue', shift: '22:00' } },
  { about: 'an equals sign in a value', source: 'tokens in Base64', bytes: () => tagged('token=abc==|team=blue'), created: annMade, tags: { token: 'abc==', team: 'blue' } },
  { about: 'a tag as the console of AWS shows it', source: 'docs.aws.amazon.com/tag-editor/latest/userguide', bytes: () => tagged('Key: team, Value: blue'), created: annMade, tags: { team: 'blue' } },
  { about: 'tags as CloudFormation’s YAML has them', source: 'docs.aws.amazon.com/AWSCloudFormation: aws-properties-resource-tags', bytes: () => tagged('- Key: team\n  Value: blue\n- Key: site\n  Value: north'), created: annMade, tags: blueNorth },
  { about: 'tags as Terraform has them', source: 'developer.hashicorp.com/terraform/language/expressions/types', bytes: () => tagged('{ team = "blue", site = "north" }'), created: annMade, tags: blueNorth },
  { about: 'tags as PowerShell prints them', source: 'learn.microsoft.com/powershell: Export-Csv of custom objects', bytes: () => tagged('@{team=blue; site=north}'), created: annMade, tags: blueNorth },
  { about: 'the name of a type of PowerShell', source: 'learn.microsoft.com/powershell: Export-Csv, “System.Object[]”', bytes: () => tagged('System.Collections.Hashtable'), created: [], found: ['2 tags: tags.form'] },
  { about: 'tags with an ampersand', source: 'query strings', bytes: () => tagged('team=blue&site=north'), created: [], found: ['2 tags: tags.two-readings'] },
  { about: 'a tag with an arrow', source: 'hashes of Ruby and PHP', bytes: () => tagged('team=>blue'), created: [], found: ['2 tags: tags.two-readings'] },
  { about: 'hashtags', source: 'Slack and wikis', bytes: () => tagged('#team #north'), created: [], found: ['2 tags: tags.form'] },
  { about: 'a word alone', source: 'HR lists', bytes: () => tagged('blue'), created: [], found: ['2 tags: tags.form'] },
  { about: 'a key twice in JSON', source: 'rfc-editor.org/rfc/rfc8259, section 4', bytes: () => tagged('{"team":"a","team":"b"}'), created: [], found: ['2 tags: tags.twice'] },
  { about: 'a number as a value in JSON', source: 'scripts', bytes: () => tagged('{"costcentre":4711}'), created: [], found: ['2 tags: tags.json'] },

  // Security profiles
  ...['Agent and Supervisor', 'Agent + Supervisor', 'Agent/Supervisor', 'Agent & Supervisor', 'Agent und Supervisor'].map((text): WildFile => ({ about: `profiles as “${text}”`, source: 'HR lists', bytes: () => secured(text), ...joined })),
  { about: 'profiles of a list in SharePoint', source: 'learn.microsoft.com/sharepoint: multi-choice fields, “;#”', bytes: () => secured('Agent;#Supervisor'), ...joined },
  { about: 'profiles as Postgres prints a list', source: 'postgresql.org/docs/current/arrays.html', bytes: () => secured('{Agent,Supervisor}'), ...joined },
  { about: 'a list with numbers', source: 'Word and wikis', bytes: () => secured('1. Agent\n2. Supervisor'), ...joined },
  { about: 'a list with bullets', source: 'Word and wikis', bytes: () => secured('• Agent\n• Supervisor'), ...joined },
  { about: 'a list of JSON', source: 'scripts', bytes: () => secured('["Agent","Supervisor"]'), created: annMade },
  { about: 'a profile twice', source: 'joined lists', bytes: () => secured('Agent|Agent'), created: annMade },
  { about: 'a part that is unknown', source: 'HR lists', bytes: () => secured('Agent, Agnet'), created: [], found: ['2 security profile: choice.unknown'] },

  // Hierarchy
  { about: 'a path with arrows', source: 'wiki pages', bytes: () => grouped('North → Sales → Tier 1'), created: annMade },
  { about: 'a path with two signs', source: 'breadcrumbs of web pages', bytes: () => grouped('North >> Sales'), created: annMade },
  { about: 'a path with slashes around it', source: 'org unit paths of Google', bytes: () => grouped('/North/Sales/'), created: annMade },
  { about: 'a path that does not exist', source: 'old lists', bytes: () => grouped('South/Tier 1'), created: [], found: ['2 hierarchy: choice.unknown'] },
  { about: 'a path from below', source: 'addresses', bytes: () => grouped('Tier 1, Sales, North'), created: [], found: ['2 hierarchy: choice.unknown'] },
  { about: 'a level that is left out', source: 'one column a level', bytes: () => lines(`${titles},hierarchy level 1,hierarchy level 2,hierarchy level 3`, `${ann},North,,Tier 1`), created: [], found: ['2 hierarchy level 1: choice.unknown'] },

  // JSON
  { about: 'a yes in place of a name', source: 'json.dumps of Python', bytes: json({ ...user, IdentityInfo: { ...user.IdentityInfo, LastName: true } }), created: [], found: ['1 IdentityInfo.LastName: row.not-a-text'] },
  { about: 'a username of 20 digits as a number', source: 'nodejs/help#1637', bytes: () => Buffer.from(JSON.stringify(user).replace('"jcopy"', '12345678901234567890')), created: ['Jo Copy 12345678901234567890'] },
  { about: 'comments', source: 'code.visualstudio.com/docs/languages/json, “JSON with Comments”', bytes: () => lines('// new agents', `[${JSON.stringify(user)} /* one */]`), created: jo },
  { about: 'the list inside an object', source: 'APIs of one’s own', bytes: json({ users: [user] }), created: jo },
  { about: 'small letters at the beginning', source: 'the AWS SDKs for JavaScript 2 and Java', bytes: json({ username: 'jcopy', identityInfo: { firstName: 'Jo', lastName: 'Copy', email: 'jo@harbour.example' }, routingProfileId: 'Tier 2', securityProfileIds: ['Agent'] }), created: jo },
  { about: 'users of Okta’s API', source: 'developer.okta.com/docs/reference/api/users', bytes: json([{ status: 'ACTIVE', profile: { firstName: 'Jo', lastName: 'Copy', email: 'jo@harbour.example', login: 'jcopy' }, ...withProfiles }, { status: 'DEPROVISIONED', profile: { firstName: 'Al', lastName: 'Gone', email: 'al@harbour.example', login: 'agone' }, ...withProfiles }]), created: jo, found: ['2 row: row.not-wanted'] },
  { about: 'users of Microsoft Graph, without profiles', source: 'learn.microsoft.com/graph/api/user-list', bytes: json({ '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users', value: [{ givenName: 'Jo', surname: 'Copy', mail: 'jo@harbour.example', userPrincipalName: 'jo@harbour.example' }] }), refused: 'file.members-missing' },
  { about: 'users of Google’s Directory API', source: 'developers.google.com/admin-sdk/directory/reference/rest/v1/users', bytes: json({ kind: 'admin#directory#users', users: [{ username: 'jcopy', primaryEmail: 'jo@harbour.example', name: { givenName: 'Jo', familyName: 'Copy' }, suspended: false, ...withProfiles }, { username: 'agone', primaryEmail: 'al@harbour.example', name: { givenName: 'Al', familyName: 'Gone' }, suspended: true, ...withProfiles }] }), created: jo, found: ['2 row: row.not-wanted'] },
  { about: 'users of SCIM', source: 'rfc-editor.org/rfc/rfc7644, section 3.4.2', bytes: json({ schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'], totalResults: 1, Resources: [{ userName: 'jcopy', email: 'jo@harbour.example', name: { givenName: 'Jo', familyName: 'Copy' }, active: true, ...withProfiles }] }), created: jo },
  { about: 'Terraform’s language in JSON', source: terraform, bytes: json({ resource: { aws_connect_user: { jo: { name: 'jcopy', identity_info: { first_name: 'Jo', last_name: 'Copy', email: 'jo@harbour.example' }, routing_profile_id: 'Tier 2', security_profile_ids: ['Agent'] } } } }), created: jo },
  { about: 'a reference that only Terraform can follow', source: terraform, bytes: json({ resource: { aws_connect_user: { jo: { name: 'jcopy', identity_info: { first_name: 'Jo', last_name: 'Copy', email: 'jo@harbour.example' }, routing_profile_id: `\${aws_connect_routing_profile.x.id}`, security_profile_ids: ['Agent'] } } } }), created: [], found: ['1 RoutingProfileId: choice.unknown'] },
  { about: 'Norway in YAML', source: 'hitchdev.com/strictyaml/why/implicit-typing-removed', context: managed, bytes: () => lines('- Username: no', '  IdentityInfo: {FirstName: On, LastName: No, Email: a@harbour.example}', '  SecurityProfileIds: [Agent]', '  RoutingProfileId: Tier 2'), created: ['On No no'] },
  { about: 'a key twice in YAML', source: 'yaml.org/spec/1.2.2, section 3.2.1.3', bytes: () => lines('Username: a', 'Username: b', 'IdentityInfo: {FirstName: Jo, LastName: Copy}'), refused: 'file.yaml-syntax' },
];
