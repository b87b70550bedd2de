import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ModalView } from '@slack/types';
import fc from 'fast-check';
import { viewProblems } from '../../../sandbox/slack/blocks/validate.ts';
import { problem } from '../../../src/errors/problem.ts';
import type { LikelyApproval } from '../../../src/messages/approval-lines.ts';
import { type FormState, fields } from '../../../src/modals/add-user/form-field-ids.ts';
import { parseFormState } from '../../../src/modals/add-user/form-state.ts';
import { addUserView, type FormFacts } from '../../../src/modals/add-user/form-view.ts';
import { problemView } from '../../../src/modals/add-user/open-form.ts';
import { noticeView } from '../../../src/modals/blocks.ts';
import { denyView } from '../../../src/modals/deny.ts';
import { pathLabel, pickable } from '../../../src/modals/directory-options.ts';
import type { IdentityMode, UserDraft } from '../../../src/users/new-user.ts';
import { instanceConfig } from '../../auth/people.ts';
import { objectsIn } from '../../messages/slack-takes.ts';
import { anyText } from '../../messages/view-models.ts';
import { snapshotOf } from '../snapshots.ts';

const modes: readonly IdentityMode[] = ['CONNECT_MANAGED', 'SAML', 'EXISTING_DIRECTORY'];
const closed: FormState = {
  instance: 'production',
  phone: 'soft',
  password: 'generate',
  more: false,
  channels: false,
  blank: false,
  preset: null,
  members: [],
  like: null,
};
const snapshots = {
  CONNECT_MANAGED: await snapshotOf('CONNECT_MANAGED'),
  SAML: await snapshotOf('SAML'),
  EXISTING_DIRECTORY: await snapshotOf('EXISTING_DIRECTORY'),
};

const likely: LikelyApproval = {
  needed: 1,
  approvers: [],
  areMore: true,
  told: 0,
  warning: null,
};

function factsOf(mode: IdentityMode, changes: Partial<FormFacts> = {}): FormFacts {
  return {
    instance: instanceConfig,
    choices: ['production'],
    snapshot: snapshots[mode],
    canTypePassword: true,
    approval: likely,
    ...changes,
  };
}

const both = [false, true];
const shapes: { mode: IdentityMode; state: FormState; facts: FormFacts }[] = modes.flatMap((mode) =>
  both.flatMap((more) =>
    both.flatMap((channels) =>
      both.flatMap((desk) =>
        both.flatMap((typed) =>
          both.map((several) => ({
            mode,
            state: {
              instance: 'production',
              phone: desk ? ('desk' as const) : ('soft' as const),
              password: typed ? ('type' as const) : ('generate' as const),
              more,
              channels,
              blank: false,
              preset: null,
              members: [],
              like: null,
            },
            facts: factsOf(mode, {
              choices: several ? ['production', 'staging'] : ['production'],
              approval: typed ? null : likely,
              instance: { ...instanceConfig, samlEmail: several ? 'allow' : 'refuse' },
            }),
          })),
        ),
      ),
    ),
  ),
);

/** Action ids of every element that can be filled in or pressed. */
const actionsOf = (view: ModalView) =>
  [...objectsIn(view.blocks)].flatMap((element) =>
    typeof element.action_id === 'string' ? [element.action_id] : [],
  );

describe('the form', () => {
  test('is a view that Slack accepts, in every one of its shapes', () => {
    assert.equal(shapes.length, 96);
    for (const { state, facts } of shapes) {
      const view = addUserView(state, facts);
      assert.deepEqual(viewProblems(view, 'modal'), [], JSON.stringify(state));
      assert.ok(view.blocks.length <= 100);
      assert.ok((view.private_metadata ?? '').length <= 3000);
    }
  });

  test('carries its own state, and does not read the state of a different view', () => {
    for (const { state, facts } of shapes) {
      assert.deepEqual(parseFormState(addUserView(state, facts).private_metadata ?? ''), state);
    }
    for (const odd of ['', '{', 'null', '[]', '{"instance":1}', '{"instance":"x"}']) {
      assert.equal(parseFormState(odd), null, odd);
    }
  });

  test('puts the cursor into the first field that is typed', () => {
    for (const { state, facts } of shapes) {
      const focused = [...objectsIn(addUserView(state, facts).blocks)].filter(
        (element) => element.focus_on_load,
      );
      assert.deepEqual(
        focused.map((element) => element.action_id),
        [fields.firstName],
      );
    }
  });

  test('has a field for everything that the instance requires, and none for what it refuses', () => {
    const shown = (
      mode: IdentityMode,
      state: Partial<FormState> = {},
      facts: Partial<FormFacts> = {},
    ) => actionsOf(addUserView({ ...closed, ...state }, factsOf(mode, facts)));
    const managed = shown('CONNECT_MANAGED', { more: true, password: 'type' });
    assert.ok(managed.includes(fields.email) && managed.includes(fields.password));
    assert.ok(!managed.includes(fields.directoryUserId));
    const saml = shown('SAML', { more: true, password: 'type' });
    for (const refused of [
      fields.email,
      fields.passwordChoice,
      fields.password,
      fields.directoryUserId,
    ]) {
      assert.ok(!saml.includes(refused), refused);
    }
    const allowed = { instance: { ...instanceConfig, samlEmail: 'allow' as const } };
    assert.ok(shown('SAML', {}, allowed).includes(fields.email));
    const branch = shown('EXISTING_DIRECTORY', { more: true, password: 'type' });
    assert.ok(branch.includes(fields.directoryUserId) && !branch.includes(fields.password));
  });

  test('offers no typed password where there is no key to keep it safe with', () => {
    const facts = factsOf('CONNECT_MANAGED', { canTypePassword: false });
    const shown = actionsOf(addUserView({ ...closed, password: 'type' }, facts));
    assert.ok(!shown.includes(fields.passwordChoice) && !shown.includes(fields.password));
  });

  test('shows the instance only where there are several', () => {
    const shown = (choices: string[]) =>
      actionsOf(addUserView(closed, factsOf('CONNECT_MANAGED', { choices })));
    assert.ok(!shown(['production']).includes(fields.instance));
    assert.ok(shown(['production', 'staging']).includes(fields.instance));
  });

  test('changes with the phone', () => {
    const shown = (phone: FormState['phone']) =>
      actionsOf(addUserView({ ...closed, phone, more: true }, factsOf('CONNECT_MANAGED')));
    assert.ok(shown('desk').includes(fields.deskPhoneNumber));
    assert.ok(!shown('desk').includes(fields.autoAccept));
    assert.ok(!shown('desk').includes(fields.persistentConnection));
    assert.ok(shown('soft').includes(fields.autoAccept));
    assert.ok(!shown('soft').includes(fields.deskPhoneNumber));
  });

  test('hides rarely used settings until “More settings” is pressed', () => {
    const shown = (state: Partial<FormState>) =>
      actionsOf(addUserView({ ...closed, ...state }, factsOf('CONNECT_MANAGED')));
    assert.ok(shown({}).includes(fields.more) && !shown({}).includes(fields.tags));
    assert.ok(
      !shown({ more: true }).includes(fields.more) && shown({ more: true }).includes(fields.tags),
    );
    assert.ok(shown({ more: true }).includes(fields.perChannel));
    assert.ok(shown({ more: true, channels: true }).includes('email_after_call_work'));
    assert.ok(!shown({ channels: true }).includes('email_after_call_work'));
  });

  test('says under its last field what will happen', () => {
    const last = (facts: Partial<FormFacts>) => {
      const view = addUserView(closed, factsOf('CONNECT_MANAGED', facts));
      return [view.submit?.text, JSON.stringify(view.blocks.at(-1))];
    };
    const [ask, approval] = last({});
    assert.equal(ask, 'Send request');
    assert.match(approval ?? '', /Needs 1 approval from somebody with Users – Create/);
    const [create, atOnce] = last({ approval: null });
    assert.equal(create, 'Create user');
    assert.match(atOnce ?? '', /created at once/);
  });

  test('says who could approve, how many are told, and that nobody could', () => {
    const textOf = (approval: Partial<LikelyApproval>) => {
      const facts = factsOf('CONNECT_MANAGED', { approval: { ...likely, ...approval } });
      const [{ state } = assert.fail()] = shapes;
      return JSON.stringify(addUserView(state, facts).blocks.slice(-3));
    };
    const both = { approvers: ['Ari Admin', 'Bea Berg'] };
    assert.match(
      textOf({ ...both, told: 3 }),
      /Ari Admin, Bea Berg and others can approve it\. 3 people will be notified\./,
    );
    assert.match(textOf({ ...both, areMore: false }), /"Ari Admin and Bea Berg can approve it\."/);
    assert.match(textOf({ told: 1 }), /"1 person will be notified\."/);
    const warning = problem('notice.no-approver');
    assert.match(
      textOf({ warning, areMore: false }),
      /I can’t find anybody who could approve this now/,
    );
    assert.doesNotMatch(textOf({}), /can approve|notified/);
  });

  test('drops the values that exist only in the previous instance, and keeps the rest', () => {
    const blockIds = (instance: string) =>
      addUserView(
        { ...closed, instance },
        factsOf('CONNECT_MANAGED', { choices: ['production', 'staging'] }),
      ).blocks.map((block) => block.block_id);
    const here = blockIds('production');
    const there = blockIds('staging');
    const gone = here.filter((id) => !there.includes(id));
    assert.deepEqual(gone, [
      'routing_profile@production',
      'security_profiles@production',
      'hierarchy_group@production',
    ]);
  });
});

describe('the form of an earlier request', () => {
  const draft: UserDraft = {
    firstName: 'Mary',
    username: 'mary',
    email: 'mary@example.com',
    routingProfile: { id: 'rp-basic' },
    securityProfiles: [{ id: 'sp-agent' }, { id: 'gone' }, { name: 'Agent' }],
    hierarchyGroup: { id: 'hg-north' },
    phoneType: 'soft',
    autoAccept: 'yes',
    persistentConnection: 'yes',
    afterContactWorkSeconds: '30',
    voiceEnhancement: 'NONE',
    tags: 'team=billing',
    channels: { VOICE: { autoAccept: 'no' }, CHAT: { afterContactWorkSeconds: '5' } },
  };
  const unfolded = { ...closed, more: true, channels: true };

  test('shows the requested values without those that the instance no longer has', () => {
    const facts = factsOf('CONNECT_MANAGED', { initial: { draft, reason: 'back-fill' } });
    const view = addUserView(unfolded, facts);
    assert.deepEqual(viewProblems(view, 'modal'), []);
    const text = JSON.stringify(view);
    for (const shown of [
      '"initial_value":"mary@example.com"',
      '"initial_value":"30"',
      'team=billing',
      'back-fill',
      '"initial_value":"5"',
      'North / Sales',
    ]) {
      assert.ok(text.includes(shown), shown);
    }
    const profiles = [...objectsIn(view.blocks)].find(
      (element) => element.action_id === fields.securityProfiles,
    );
    assert.deepEqual(
      [...objectsIn(profiles?.initial_options)].flatMap((option) =>
        typeof option.value === 'string' ? [option.value] : [],
      ),
      ['sp-agent'],
    );
  });

  test('never shows a password again', () => {
    const facts = factsOf('CONNECT_MANAGED', {
      initial: { draft: { ...draft, password: 'Secret-1' }, reason: null },
    });
    const view = addUserView({ ...unfolded, password: 'type' }, facts);
    assert.doesNotMatch(JSON.stringify(view), /Secret-1/);
  });
});

describe('a profile or group to pick', () => {
  test('has a label and a value that Slack accepts, whatever its name', () => {
    const view = (name: string): ModalView => ({
      ...noticeView('x', []),
      submit: { type: 'plain_text', text: 'x' },
      blocks: [
        {
          type: 'input',
          label: { type: 'plain_text', text: 'x' },
          element: { type: 'static_select', action_id: 'a', options: [pickable('id', name)] },
        },
      ],
    });
    fc.assert(
      fc.property(anyText(600), (name) => {
        assert.deepEqual(viewProblems(view(name), 'modal'), []);
        assert.ok(pickable('id', name).text.text.isWellFormed());
      }),
    );
    for (const name of ['', '  ', '😀'.repeat(100), 'x'.repeat(75), 'x'.repeat(5000)]) {
      assert.deepEqual(viewProblems(view(name), 'modal'), [], name.slice(0, 10));
    }
  });

  test('keeps the end of a long path, which is what tells groups apart', () => {
    const path = [
      'Region North',
      'Sales and Service',
      'Outbound Campaigns',
      'Evenings',
      'Team 17 Lisbon',
    ];
    const { text } = pickable('id', pathLabel(path)).text;
    assert.ok(text.startsWith('…') && text.endsWith('/ Evenings / Team 17 Lisbon'), text);
  });
});

describe('the small views', () => {
  test('are views that Slack takes', () => {
    const deny = denyView({ requestId: 999_999_999, channel: 'C0REQUESTS' });
    assert.deepEqual(viewProblems(deny, 'modal'), []);
    assert.deepEqual(
      viewProblems(noticeView('Deny the request', ['One moment …', '']), 'modal'),
      [],
    );
    const longest = problemView({ code: 'create.invalid', params: { detail: 'x'.repeat(500) } });
    assert.deepEqual(viewProblems(longest, 'modal'), []);
  });

  test('leave out what is empty: a notice without advice has one sentence', () => {
    assert.equal(problemView({ code: 'form.reason-missing', params: {} }).blocks.length, 1);
  });
});
