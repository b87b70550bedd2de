/** Forms as Slack delivers them, with unusual values in each field. */
import type { Chance } from '../../chaos/seeded.ts';
import { errors } from '../../src/errors/catalogue.ts';
import { fields } from '../../src/modals/add-user/form-field-ids.ts';
import {
  fieldErrors,
  parseFormState,
  readDraft,
  readValues,
} from '../../src/modals/add-user/form-state.ts';
import { checkUser } from '../../src/users/check/check-user.ts';
import { contextOf } from '../center.ts';
import { oddText, oddValue } from '../odd.ts';
import { secretIn, secretMarker, type Target } from '../target.ts';

const contexts = (['CONNECT_MANAGED', 'SAML', 'EXISTING_DIRECTORY'] as const).map((mode) =>
  contextOf(mode, true),
);

const rightText: Readonly<Record<string, string>> = {
  [fields.firstName]: 'Mary',
  [fields.lastName]: 'Major',
  [fields.username]: 'mary.major',
  [fields.email]: 'mary@example.com',
  [fields.deskPhoneNumber]: '+12065550151',
  [fields.afterContactWorkSeconds]: '30',
  [fields.password]: secretMarker,
  [fields.tags]: 'team=blue',
};

function valuesOf(chance: Chance): Record<string, Record<string, unknown>> {
  const entries = Object.values(fields).map((field): [string, Record<string, unknown>] => {
    const text = chance.happens(0.6) ? (rightText[field] ?? '') : oddText(chance);
    const element =
      field === fields.securityProfiles
        ? { selected_options: [{ value: chance.pick(['id-Agent', 'id-Admin', oddText(chance)]) }] }
        : field === fields.routingProfile || field === fields.hierarchyGroup
          ? { selected_option: { value: chance.pick(['id-Tier 2', oddText(chance)]) } }
          : { value: text };
    return [field, { [field]: element }];
  });
  return Object.fromEntries(entries.filter(() => !chance.happens(0.1)));
}

export const forms: Target = {
  name: 'forms',
  weight: 30,
  timeoutMs: 1_000,
  async attempt(chance) {
    const metadata = chance.happens(0.9)
      ? { instance: 'production', phone: 'desk', password: 'type', more: true, channels: true }
      : oddValue(chance);
    const state = parseFormState(chance.happens(0.95) ? JSON.stringify(metadata) : oddText(chance));
    if (!state) return null;
    const values = readValues(valuesOf(chance));
    const checked = checkUser(readDraft(state, values), chance.pick(contexts));
    if (checked.ok) return secretIn(checked.user) ?? secretIn(checked.warnings);
    const unknown = checked.findings.find(({ problem }) => !Object.hasOwn(errors, problem.code));
    if (unknown) return { kind: 'uncatalogued', detail: unknown.problem.code };
    const said = fieldErrors(checked.findings, values);
    if (Object.values(said).some((text) => text.trim() === '')) {
      return { kind: 'uncatalogued', detail: 'an error without words' };
    }
    return secretIn(said);
  },
};
