/** Files of all kinds: correct ones, damaged ones, and unusual cells under correct headers. */
import { zipSync } from 'fflate';
import type { Chance } from '../../chaos/seeded.ts';
import { errors } from '../../src/errors/catalogue.ts';
import { ProblemError } from '../../src/errors/problem.ts';
import { storable } from '../../src/text/storable.ts';
import { fileResult } from '../../src/users/files/file-result.ts';
import { readAndCheck } from '../../src/users/files/read-and-check.ts';
import type { IdentityMode } from '../../src/users/new-user.ts';
import { contextOf } from '../center.ts';
import { mutatedBytes, mutatedValue, oddText } from '../odd.ts';
import { type Found, secretIn, secretMarker, type Target } from '../target.ts';

const headers = [
  'first name',
  'last name',
  'email address',
  'password',
  'user login',
  'routing profile name',
  'security_profile_name_1|security_profile_name_2',
  'user_hierarchy_1|user_hierarchy_2',
  'phone type (soft/desk)',
  'phone number',
  'soft phone auto accept (yes/no)',
  'ACW timeout (seconds)',
  'tags',
];

const modes: readonly IdentityMode[] = ['CONNECT_MANAGED', 'SAML', 'EXISTING_DIRECTORY'];
const contexts = modes.flatMap((mode) => [contextOf(mode, true), contextOf(mode, false)]);

function rightRow(chance: Chance): string[] {
  const name = `agent${chance.whole(1, 9_999)}`;
  return [
    'Mary',
    'Major',
    `${name}@example.com`,
    chance.happens(0.3) ? secretMarker : '',
    name,
    chance.pick(['Basic Routing Profile', 'Tier 2', 'basic routing profile']),
    chance.pick(['Agent', 'Agent|Supervisor', 'Admin']),
    chance.pick(['', 'North|Sales', 'North']),
    chance.pick(['soft', 'desk']),
    chance.pick(['', '+12065550151']),
    'yes',
    '30',
    chance.pick(['', 'team=blue|site=north']),
  ];
}

function tableOf(chance: Chance): string[][] {
  const rows = Array.from({ length: chance.whole(1, 6) }, () =>
    rightRow(chance).map((cell) => (chance.happens(0.15) ? oddText(chance) : cell)),
  );
  const header = headers.map((cell) => (chance.happens(0.05) ? oddText(chance) : cell));
  return chance.happens(0.9) ? [header, ...rows] : rows;
}

function csvOf(chance: Chance, table: readonly (readonly string[])[]): Uint8Array {
  const delimiter = chance.pick([',', ';', '\t']);
  const quoted = (cell: string) =>
    /["\r\n,;\t]/.test(cell) && chance.happens(0.9) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const text = table.map((row) => row.map(quoted).join(delimiter)).join('\r\n');
  return Buffer.from(text, chance.pick(['utf8', 'utf16le', 'latin1'] as const));
}

function jsonOf(chance: Chance, table: readonly (readonly string[])[]): Uint8Array {
  const users = table.slice(1).map((row) => ({
    Username: row[4],
    Password: row[3] || undefined,
    IdentityInfo: { FirstName: row[0], LastName: row[1], Email: row[2] },
    PhoneConfig: { PhoneType: 'SOFT_PHONE', AutoAccept: true, AfterContactWorkTimeLimit: 30 },
    SecurityProfileIds: ['id-Agent'],
    RoutingProfileId: 'id-Tier 2',
    Tags: { team: row[12] },
  }));
  return Buffer.from(
    JSON.stringify(chance.happens(0.5) ? mutatedValue(chance, users, 0.05) : users),
  );
}

function xlsxOf(table: readonly (readonly string[])[]): Uint8Array {
  const escaped = (text: string) =>
    text.replace(/[<>&]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  const sheet = table
    .map(
      (row) =>
        `<row>${row.map((cell) => `<c t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`).join('')}</row>`,
    )
    .join('');
  const part = (text: string) => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`);
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return zipSync({
    '[Content_Types].xml': part(
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    ),
    '_rels/.rels': part(
      `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': part(
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Users" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': part(
      `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': part(
      `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
    ),
  });
}

function fileOf(chance: Chance): { name: string; bytes: Uint8Array } {
  const table = tableOf(chance);
  const kind = chance.pick(['csv', 'csv', 'csv', 'json', 'xlsx'] as const);
  const bytes =
    kind === 'csv' ? csvOf(chance, table) : kind === 'json' ? jsonOf(chance, table) : xlsxOf(table);
  const name = chance.happens(0.9) ? `users.${kind}` : oddText(chance);
  return { name, bytes: chance.happens(0.5) ? mutatedBytes(chance, bytes) : bytes };
}

export const files: Target = {
  name: 'files',
  weight: 15,
  timeoutMs: 1_000,
  async attempt(chance) {
    const file = fileOf(chance);
    const context = chance.pick(contexts);
    try {
      const checked = await readAndCheck(file, context);
      const { result, rows } = fileResult(checked);
      const stored = [...rows()].map(({ typedPassword: _sealed, ...row }) => row);
      const kept = storable({ result, stored });
      return unknownCode(checked.findings) ?? unstorable(kept) ?? secretIn(kept);
    } catch (error) {
      // The file cannot be used: the answer is one sentence of the error catalogue, or a question to the uploader.
      if (error instanceof ProblemError) return unknownCode([{ code: error.problem.code }]);
      throw error;
    }
  },
};

function unknownCode(findings: readonly { readonly code: string }[]): Found | null {
  const unknown = findings.find(({ code }) => !Object.hasOwn(errors, code));
  return unknown ? { kind: 'uncatalogued', detail: unknown.code } : null;
}

/** Postgres stores neither NUL nor unpaired surrogates in JSON, in keys as well as in values. */
function unstorable(value: unknown): Found | null {
  if (typeof value === 'string') {
    return value.isWellFormed() && !value.includes('\0')
      ? null
      : { kind: 'crash', detail: `cannot be stored: ${JSON.stringify(value).slice(0, 200)}` };
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const part of Array.isArray(value) ? value : Object.entries(value).flat()) {
    const found = unstorable(part);
    if (found) return found;
  }
  return null;
}
