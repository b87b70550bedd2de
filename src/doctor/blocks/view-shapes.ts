/**
 * Every view that the bot opens, updates or publishes, made from sample requests and the directories of the
 * instances.
 */
import type { InstanceConfig } from '../../config/config.ts';
import type { DirectorySnapshot } from '../../connect/directory.ts';
import { problem } from '../../errors/problem.ts';
import { homeView } from '../../messages/home/home.ts';
import { addFileView } from '../../modals/add-file.ts';
import type { FormState } from '../../modals/add-user/form-field-ids.ts';
import { addUserView, type FormFacts } from '../../modals/add-user/form-view.ts';
import { noticeView } from '../../modals/blocks.ts';
import { changeView } from '../../modals/change.ts';
import { comparedView } from '../../modals/compare.ts';
import { denyView } from '../../modals/deny.ts';
import { reasonView } from '../../modals/give-reason.ts';
import { columnsView } from '../../modals/repair/choose-columns.ts';
import { chooseNamesView } from '../../modals/repair/choose-names.ts';
import { fixRowView } from '../../modals/repair/fix-row-view.ts';
import { suggestedView } from '../../modals/repair/suggestions.ts';
import { rescheduleView } from '../../modals/reschedule.ts';
import { pageOfRows } from '../../modals/rows/show-rows.ts';
import type { Preset } from '../../users/preset.ts';
import {
  askedRows,
  at,
  cardUrl,
  everyState,
  fileViewModelOf,
  homeRequest,
  mary,
  viewModelOf,
} from './block-samples.ts';
import { riskyProfiles } from './request-samples.ts';
import type { Shape } from './shape.ts';

const { id: requestId, requestsChannel: channel } = viewModelOf();
const about = { requestId, channel };
const missingReason = {
  problem: problem('policy.ticket-needed', { pattern: 'OPS-[0-9]+' }),
  isSure: true,
  before: 'new team in Leeds',
};
const mayDecide = {
  mayDeny: true,
  mayApprove: false,
  words: 'You can’t approve your own request.',
};

/** @param instances each with its directory, as the form shows it */
export function viewShapes(
  instances: readonly { readonly instance: InstanceConfig; readonly snapshot: DirectorySnapshot }[],
): Shape[] {
  return [
    { name: 'App Home', view: sampleHome() },
    { name: 'notice', view: noticeView('One moment', ['Looking up what Amazon Connect offers …']) },
    { name: 'reason of a denial', view: denyView(about) },
    { name: 'reason of a break-glass', view: reasonView({ ...about, kind: 'break-glass' }) },
    { name: 'reason to go on', view: reasonView({ ...about, kind: 'lift-limit' }) },
    { name: 'reason of a file', view: reasonView({ ...about, kind: 'ask' }, missingReason) },
    { name: 'another time', view: rescheduleView(about, at) },
    { name: 'rows of a request', view: sampleRows() },
    { name: 'suggestions', view: sampleSuggestions() },
    ...instances.flatMap(({ instance, snapshot }) => [
      ...formShapes(instance, snapshot),
      ...ofInstance(instance, snapshot),
    ]),
  ];
}

/** The second page of each list, so that both page buttons are shown, with everything that an operator sees. */
function sampleHome() {
  const requests = Object.values(everyState).map(({ state }, index) =>
    homeRequest({ id: 1000 + index, state, cardUrl }),
  );
  const remarks = { ...riskyProfiles };
  const waiting = [homeRequest({ remarks, confirmAbove: 0, notBefore: at, file: 'november.csv' })];
  const why = { code: 'person.not-active', params: {} } as const;
  return homeView({
    page: 1,
    waitingPage: 1,
    more: true,
    moreWaiting: true,
    requests,
    waiting,
    decides: true,
    presets: Array.from({ length: 8 }, (_, index) => ({
      instance: index > 0 ? 'production' : 'sso',
      name: `Tier ${index + 1} support`,
    })),
    health: [
      {
        instance: 'production',
        requestsChannel: channel,
        signInUrl: 'https://example.my.connect.aws/login',
        users: 464,
        quota: 500,
        perSecond: 2,
        limitPerSecond: 1,
        waiting: 3,
        running: 1,
        held: 1,
        heldLast: { id: requestId, why },
        failed: 2,
        failedLast: { id: requestId, why, at },
      },
    ],
  });
}

/** A middle page, for a person who can leave rows out and may not approve. */
function sampleRows() {
  const shown = { ...about, shown: null, page: 1, chosen: [1] };
  const { counts } = fileViewModelOf(viewModelOf());
  const { notices } = riskyProfiles;
  return pageOfRows(shown, {
    rows: askedRows,
    counts,
    rights: mayDecide,
    notices,
    note: 'The table is in the thread of the card. Only you see it.',
  });
}

function sampleSuggestions() {
  const changes = Array.from({ length: 60 }, (_, index) => ({
    column: 'Routing profile',
    from: `Basic Routing Profil ${index}`,
    to: 'Basic Routing Profile',
    rows: [2, 3, index + 4],
  }));
  return suggestedView({ changes, cells: 180, rows: 62 }, { requestId, revision: 1 }, 1);
}

function ofInstance(instance: InstanceConfig, snapshot: DirectorySnapshot): Shape[] {
  const { alias } = instance;
  const presets = instance.presets.length > 0 ? instance.presets : [preset];
  const headers = ['Given name', 'Surname', 'Login', 'Mail', 'Team'];
  const form = {
    fields: [
      { title: 'Given name', key: 'firstName', text: 'Mary', findings: [] },
      { title: 'Routing', key: 'routingProfile', text: 'Basci', findings: ['There is no Basci.'] },
      { title: 'Profiles', key: 'securityProfiles', text: 'Agnet', findings: ['No Agnet.'] },
      { title: 'Group', key: 'agentHierarchy', text: '', findings: [] },
      { title: 'Tags', key: 'tags', text: 'team=billing', findings: [] },
    ],
    findings: ['This row is in the file twice.'],
  } as const;
  const names = (['routingProfile', 'securityProfiles', 'hierarchyGroup'] as const).map(
    (field) => ({ field, name: 'Tier 1 Suport', rows: [2, 3, 4] }),
  );
  const revision = 1;
  const change = { requestId, instance: alias, shown: null };
  const kinds = [
    { user: mary, users: 3, kinds: 7 },
    { user: { ...mary, username: 'jdoe' }, users: 1, kinds: 7 },
  ];
  const colleagues = [
    { id: '1', username: 'ann', securityProfileIds: ['sp-agent'], routingProfileId: 'rp-basic' },
  ];
  const compared = {
    request: { id: requestId },
    kinds,
    others: 5,
    colleagues,
    snapshot,
    rights: mayDecide,
  };
  return [
    { name: `change in ${alias}`, view: changeView(change, true) },
    { name: `comparison in ${alias}`, view: comparedView('Compare CU-1042', compared) },
    {
      name: `columns of a file for ${alias}`,
      view: columnsView({ requestId, instance: alias, needsNames: true }, headers, { presets }),
    },
    {
      name: `names of a file for ${alias}`,
      view: chooseNamesView({ requestId, revision, instance: alias }, names, {
        snapshot,
        canRemember: true,
      }),
    },
    {
      name: `row of a file for ${alias}`,
      view: fixRowView(
        { requestId, revision, instance: alias, position: 1 },
        { line: 2, left: 3, form, snapshot },
      ),
    },
  ];
}

const closed: Omit<FormState, 'instance'> = {
  preset: null,
  like: null,
  members: [],
  phone: 'soft',
  password: 'generate',
  more: false,
  channels: false,
  blank: false,
};

const preset: Preset = {
  name: 'Tier 1 support',
  values: { afterContactWorkSeconds: '30', autoAccept: 'yes' },
  canChange: ['autoAccept'],
  usernamePattern: '{first}.{last}',
  mayUse: true,
};

function formShapes(instance: InstanceConfig, snapshot: DirectorySnapshot): Shape[] {
  const { alias } = instance;
  const approval = {
    needed: 2,
    approvers: ['Ari Admin'],
    areMore: true,
    told: 3,
    warning: { code: 'notice.no-approver', params: {} },
  } as const;
  const facts = { instance, choices: [alias, 'other'], snapshot, canTypePassword: true, approval };
  const form = (state: Partial<FormState>, more: Partial<FormFacts> = {}) =>
    addUserView({ instance: alias, ...closed, ...state }, { ...facts, ...more });
  const identities = [{ firstName: 'Mary', lastName: 'Major', username: 'mary' }];
  const members = ['U0MARY', 'U0JANE'];
  const whole = { phone: 'desk', password: 'type', more: true, channels: true } as const;
  const offer = {
    personId: 'U0SAMPLE',
    personName: 'Tara Lead',
    instances: [alias, 'other'].map((sampleAlias) => ({
      alias: sampleAlias,
      approval: null,
      presets: [],
      requester: null,
    })),
    recent: new Map(),
    refusal: null,
  };
  return [
    { name: `form of ${alias}`, view: form({}) },
    { name: `form of ${alias} without approval`, view: form({}, { approval: null }) },
    { name: `whole form of ${alias}`, view: form(whole) },
    {
      name: `form of ${alias}, unfolded, like an earlier request`,
      view: form({ more: true }, { likeRequest: requestId }),
    },
    {
      name: `form of ${alias} with a preset`,
      view: form({ preset: preset.name }, { presets: [preset] }),
    },
    { name: `form of ${alias} for several`, view: form({ members }, { identities }) },
    { name: `form of ${alias} like a user`, view: form({ like: 'mary' }) },
    { name: `file form of ${alias}`, view: addFileView(offer) },
    {
      name: `file form of ${alias} for a corrected file`,
      view: addFileView(offer, { requestId, instance: alias }),
    },
  ];
}
