/** The messages as people read them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problem } from '../../src/errors/problem.ts';
import { card } from '../../src/messages/card.ts';
import { cardActions } from '../../src/messages/card-actions.ts';
import { cardNotPosted, directMessages } from '../../src/messages/direct-messages.ts';
import { homeView } from '../../src/messages/home/home.ts';
import type { RequestViewModel } from '../../src/messages/request-view-model.ts';
import { thread } from '../../src/messages/thread.ts';
import { userLines } from '../../src/messages/user-summary.ts';
import { fullName } from '../../src/users/full-name.ts';
import { objectsIn, read } from './slack-takes.ts';
import {
  created,
  decisionOf,
  everyState,
  homeRequest,
  mary,
  rowOf,
  viewModelOf,
} from './view-models.ts';

const cardOf = (viewModel: RequestViewModel) => read(card(viewModel).blocks).split('\n');
const threadOf = (viewModel: RequestViewModel) =>
  thread(viewModel).map((post) => read(post.blocks));
const directOf = (viewModel: RequestViewModel) =>
  directMessages(viewModel).map((post) => read(post.blocks));

describe('the card', () => {
  test('says who asks, for whom, why, and what is to be done', () => {
    assert.deepEqual(cardOf(viewModelOf()), [
      'Tara Lead (@U0TARA) requests Mary Major (Mary) in production · CU-1042',
      'Access Agent',
      'Routing Basic Routing Profile',
      'Phone desk phone +1 555 555 1212',
      'Email mary@example.com',
      'Reason back-fill for J. Ortiz',
      'Needs 1 approval from somebody with Users – Create · open until 2026-11-24 14:00 UTC',
      '[Approve] [Deny] [Compare] [⋯ Withdraw]',
    ]);
    assert.match(
      card(viewModelOf()).text,
      /^Tara Lead \(<@U0TARA>\) requests Mary Major \(Mary\) in production · CU-1042\nAccess Agent\n.*Reason back-fill for J\. Ortiz\nNeeds 1 approval/s,
    );
  });

  test('names what a profile lets people do that an approver should weigh', () => {
    const risks = [
      { profile: 'Supervisor', may: ['listen in on calls'] },
      { profile: 'Admin', may: ['create users', 'edit users', 'delete users'] },
    ];
    const lines = cardOf(viewModelOf({ risks }));
    const line =
      '⚠ Supervisor can listen in on calls · Admin can create users, edit users and delete users';
    assert.ok(lines.includes(line), lines.join('\n'));
  });

  test('says first what is unusual, and how common the access is, without a warning', () => {
    const notices = [
      problem('notice.username-alike', { username: 'Mary', other: '“Marj”' }),
      problem('notice.same-access', { same: 41, all: 44, name: 'Basic Routing Profile' }),
    ];
    assert.deepEqual(cardOf(viewModelOf({ notices })).slice(1, 4), [
      '⚠ Username “Mary” close to “Marj”.',
      'Same access as 41 of 44 users on Basic Routing Profile.',
      'Access Agent',
    ]);
  });

  test('has buttons only while somebody can decide', () => {
    for (const view of Object.values(everyState)) {
      const buttons = [...objectsIn(card(view).blocks)].filter(
        (element) => element.type === 'button' || element.type === 'overflow',
      );
      const { approve, deny, compare, move, more, checkAgain, resume, cancelRest, evidence } =
        cardActions;
      const expected: string[] =
        view.state === 'awaiting_approval'
          ? [approve, deny, compare, more]
          : view.state === 'scheduled'
            ? [move, deny, more]
            : view.state === 'paused'
              ? [resume, cancelRest]
              : view.state === 'check_failed'
                ? [checkAgain, more]
                : ['done', 'denied', 'expired'].includes(view.state)
                  ? [evidence]
                  : [];
      assert.deepEqual(
        buttons.map((button) => button.action_id),
        expected,
        view.state,
      );
    }
  });

  test('says in its last line how far creating has come', () => {
    const last = Object.fromEntries(
      Object.entries(everyState).map(([state, it]) => {
        const lines = cardOf(it).filter((line) => !line.startsWith('['));
        return [state, lines.at(-1)];
      }),
    );
    assert.deepEqual(last, {
      received: 'Being checked…',
      check_failed:
        '⚠ I couldn’t check this request: something unexpected went wrong (reference 1a2b3c4d). Nobody was asked to approve it. Press Check again. If it fails again, give the operator this reference.',
      offered: 'Being checked…',
      awaiting_approval:
        'Needs 1 approval from somebody with Users – Create · open until 2026-11-24 14:00 UTC',
      approved: '⏳ Being created… · approved by Ari Admin',
      paused: '⏸ Paused · approved by Ari Admin',
      done: '✅ 1 created · approved by Ari Admin · 24 seconds',
      rejected: '❌ Not sent: something needs to be corrected. The requester was told what.',
      scheduled: '⏰ To be created 2026-12-01 08:00 UTC · approved by Ari Admin',
      denied: '🚫 Denied by Ari Admin: use the Tier 1 profile',
      cancelled: 'Withdrawn by Tara Lead',
      expired: '⌛ Nobody decided in time. Nothing was created.',
    });
  });

  test('shows success, partial success and failure differently', () => {
    const failed = rowOf({ state: 'failed', position: 2 });
    const line = (...rows: RequestViewModel['rows']) => cardOf({ ...everyState.done, rows }).at(-2);
    assert.match(line(failed) ?? '', /^❌ 1 failed · approved by Ari Admin/);
    assert.match(line(created, failed) ?? '', /^⚠ 1 created, 1 failed · /);
    assert.match(line(created, created) ?? '', /^✅ 2 created · /);
    const cancelled = rowOf({ state: 'cancelled', position: 2 });
    assert.match(line(cancelled) ?? '', /^❌ 1 cancelled · /);
  });

  test('says that nobody had to approve, and why', () => {
    const basis = { kind: 'own-permission' as const, connectUser: 'ari', profiles: ['Admin'] };
    const view = { ...everyState.done, decision: decisionOf({ basis }) };
    assert.equal(
      cardOf(view).at(-2),
      '✅ 1 created · no approval needed: Ari Admin holds Users – Create · 24 seconds',
    );
  });

  test('says what it waits for', () => {
    const hold = { code: 'create.unavailable' as const, params: {} };
    const expected =
      '⏸ Amazon Connect isn’t responding. Nothing is lost. I’ll try again every minute and post the result here.';
    assert.equal(cardOf({ ...everyState.approved, hold }).at(-1), expected);
    assert.equal(cardOf({ ...everyState.received, hold }).at(-1), expected);
    const full = { code: 'create.quota' as const, params: { instance: 'production' } };
    assert.deepEqual(cardOf({ ...everyState.paused, hold: full }).slice(-2), [
      '⏸ production is full: its user quota is used up. Ask AWS for a higher quota (Service Quotas, Amazon Connect, Users per instance) or delete users who left. Then press Resume on the card.',
      '[Resume] [Cancel the rest]',
    ]);
  });
});

describe('trying again what failed', () => {
  const failed = rowOf({
    state: 'failed',
    problem: { code: 'create.duplicate', params: { username: 'Mary', instance: 'production' } },
  });
  const done = { ...everyState.done, rows: [failed] };

  test('has a button only when a row can succeed unchanged, and the receipt says when that is', () => {
    assert.doesNotMatch(cardOf(done).at(-1) ?? '', /Retry/);
    const view = { ...done, retryable: 1 };
    assert.equal(cardOf(view).at(-1), '[Retry 1 failed] [⋯ Evidence]');
    assert.match(
      threadOf(view).at(-1) ?? '',
      /\nWhen the cause is gone .*, press Retry 1 failed on the card\. No new approval is needed\.\n\[Copy as aws command\]$/,
    );
  });

  test('takes the old receipt’s place until there is a true one, and names who began it', () => {
    const retries = [{ byName: 'Tara Lead', rows: 1 }];
    const again = threadOf({ ...everyState.approved, retries });
    assert.deepEqual(again.slice(1), [
      'Tara Lead retried 1 failed user under the same approval. The receipt above shows the result.',
      '⏳ 1 failed user of CU-1042 is being retried. The receipt will be back here.',
    ]);
    const keys = (viewModel: RequestViewModel) => thread(viewModel).map((post) => post.key);
    assert.deepEqual(keys({ ...everyState.approved, retries }), ['decision', 'retry-1', 'receipt']);
    assert.deepEqual(keys({ ...done, retries }), ['decision', 'retry-1', 'receipt']);
  });
});

describe('one user in words', () => {
  const linesOf = (changes: Partial<typeof mary>, password: 'typed' | 'generated' = 'generated') =>
    read([
      {
        elements: userLines({ ...mary, ...changes }, password).flatMap((line) => [
          ...line.map((part) => (typeof part === 'string' ? { type: 'text', text: part } : part)),
          { type: 'text', text: '\n' },
        ]),
      },
    ]).split('\n');

  test('holds everything that an approver has to know, and nothing empty', () => {
    assert.deepEqual(
      linesOf(
        {
          secondaryEmail: 'm@example.org',
          mobile: '+442079460000',
          directoryUserId: 'S-1-5',
          securityProfiles: [
            { id: '1', name: 'Agent' },
            { id: '2', name: 'Supervisor' },
          ],
          hierarchyGroup: { id: 'h', path: ['North', 'Sales'] },
          phone: { type: 'soft', autoAccept: true, persistentConnection: true },
          afterContactWorkSeconds: 0,
          voiceEnhancement: 'NOISE_SUPPRESSION',
          channels: {
            VOICE: {
              agentFirstCallbackAutoAccept: true,
              agentFirstCallbackAfterContactWorkSeconds: 0,
            },
            CHAT: { autoAccept: false, afterContactWorkSeconds: 5 },
          },
          tags: { team: 'billing', site: 'Lisbon' },
        },
        'typed',
      ),
      [
        'Access Agent, Supervisor · password typed by the requester',
        'Routing Basic Routing Profile · North / Sales',
        'Phone soft phone, auto-accept, persistent connection · noise suppressed · mobile +44 20 7946 0000',
        'Email mary@example.com · secondary m@example.org',
        'Directory ID S-1-5',
        'Voice callbacks auto-accept yes, callbacks unlimited after-call work',
        'Chat auto-accept no, 5 s after-call work',
        'Tags team = billing, site = Lisbon',
      ],
    );
  });

  test('mentions after-call work only where it is unusually long', () => {
    const phone = (afterContactWorkSeconds: number) =>
      linesOf({ afterContactWorkSeconds }).find((line) => line.startsWith('Phone '));
    assert.doesNotMatch(phone(0) ?? '', /after-call/);
    assert.doesNotMatch(phone(60) ?? '', /after-call/);
    assert.match(phone(1800) ?? '', /· 1800 s after-call work/);
  });

  test('uses the username where there is no name', () => {
    const { firstName: _first, lastName: _last, ...nameless } = mary;
    assert.equal(fullName(nameless), 'Mary');
  });
});

describe('the thread', () => {
  test('has no messages before a decision', () => {
    assert.deepEqual(thread(everyState.received), []);
    assert.deepEqual(thread(everyState.awaiting_approval), []);
  });

  test('says who decided and on what basis', () => {
    assert.deepEqual(threadOf(everyState.approved), [
      'Ari Admin approved (holds Users – Create through Admin).',
    ]);
    assert.deepEqual(threadOf(everyState.denied), [
      'Ari Admin denied: use the Tier 1 profile\nTara Lead can change the request and send it again.',
    ]);
    assert.deepEqual(threadOf(everyState.cancelled), ['Tara Lead withdrew the request.']);
    const basis = { kind: 'own-permission' as const, connectUser: 'tara', profiles: ['Admin'] };
    const own = { ...everyState.approved, decision: decisionOf({ byName: 'Tara Lead', basis }) };
    assert.deepEqual(threadOf(own), [
      'Tara Lead needed no approval (holds Users – Create through Admin).',
    ]);
  });

  test('ends with a receipt: who is there now, under which id, and how they get in', () => {
    assert.equal(
      threadOf(everyState.done).at(-1),
      [
        '✅ Mary Major (Mary) is ready in production.',
        'They sign in at https://example.my.connect.aws/login as Mary and choose Forgot password the first time. The link goes to their email address.',
        'User ID 11111111-2222-4333-8444-555555555555 · ARN arn:aws:connect:eu-central-1:111122223333:instance/i/agent/u',
        '[Copy a welcome] [Copy as aws command]',
      ].join('\n'),
    );
  });

  test('says how a user signs in, depending on who manages the passwords', () => {
    const last = (changes: Partial<RequestViewModel>, row = created) =>
      threadOf({ ...everyState.done, ...changes, rows: [row] })
        .at(-1)
        ?.split('\n')
        .at(-3);
    const url = 'https://example.my.connect.aws/login';
    assert.equal(
      last({}, { ...created, passwordPlan: 'typed' }),
      `They sign in at ${url} as Mary with the password that was typed into the form.`,
    );
    assert.equal(
      last({ signIn: { mode: 'SAML', url: null } }),
      'They sign in through your company’s single sign-on as Mary, which must be exactly what your identity provider sends, capital letters included.',
    );
    assert.match(
      last({ signIn: { mode: 'SAML', url: 'https://sso.test' } }) ?? '',
      /^They sign in at https:\/\/sso\.test through your company’s single sign-on as Mary,/,
    );
    assert.equal(
      last({ signIn: { mode: 'EXISTING_DIRECTORY', url: null } }),
      'They sign in with their directory account Mary.',
    );
    assert.match(
      last({ signIn: null }) ?? '',
      /is ready in production\.$/,
      'nothing is said that is not known',
    );
  });

  test('says of a row that failed what failed and what to do', () => {
    const problem = {
      code: 'create.duplicate' as const,
      params: { username: 'Mary', instance: 'production' },
    };
    const rows = [rowOf({ state: 'failed', problem })];
    assert.equal(
      threadOf({ ...everyState.done, rows }).at(-1),
      '❌ Mary Major (Mary) was not created. The username “Mary” already exists in production. Choose another username, or edit the existing user.\n[Copy as aws command]',
    );
  });
});

describe('direct messages to the requester', () => {
  test('say where the request was sent, and no more while it is open', () => {
    for (const state of ['received', 'awaiting_approval', 'approved'] as const) {
      assert.deepEqual(directOf(everyState[state]), [
        'Your request CU-1042, Mary Major in production is in #C0REQUESTS. You’ll get the result here.',
      ]);
    }
  });

  test('say how it ended', () => {
    const end = (viewModel: RequestViewModel) => directOf(viewModel).at(-1);
    assert.match(
      end(everyState.done) ?? '',
      /^CU-1042\n✅ Mary Major \(Mary\) is ready in production\./,
    );
    assert.equal(
      end(everyState.rejected),
      'CU-1042, Mary Major, was not sent.\nPlease correct this:\n• Username: “Mary” already exists in production.\n[Edit and resend]',
    );
    assert.equal(
      end(everyState.denied),
      'Ari Admin denied CU-1042 (Mary Major): use the Tier 1 profile\n[Edit and resend]',
    );
    assert.equal(
      end(everyState.cancelled),
      'CU-1042 (Mary Major) was withdrawn. Nothing was created.',
    );
    assert.equal(
      end(everyState.expired),
      'Nobody decided about CU-1042 (Mary Major) in time. Nothing was created.\n[Edit and resend]',
    );
  });

  test('offer to correct what failed, and not what went well', () => {
    const edits = (viewModel: RequestViewModel) =>
      JSON.stringify(directMessages(viewModel)).includes('edit_request');
    assert.equal(edits(everyState.done), false);
    assert.equal(edits({ ...everyState.done, rows: [rowOf({ state: 'failed' })] }), true);
  });

  test('name the problem that concerns the whole request, not a field', () => {
    const problem = { code: 'person.guest' as const, params: {} };
    const rows = [rowOf({ state: 'cancelled', user: null, problem })];
    assert.match(
      directOf({ ...everyState.rejected, rows }).at(-1) ?? '',
      /Guests can’t request Connect users/,
    );
  });

  test('show no more findings than a phone screen, and say how many more there are', () => {
    const finding = { field: 'tags' as const, problem: { code: 'tags.json' as const, params: {} } };
    const rows = [
      rowOf({
        state: 'cancelled',
        user: null,
        findings: Array.from({ length: 60 }, () => finding),
      }),
    ];
    const lines = (directOf({ ...everyState.rejected, rows }).at(-1) ?? '').split('\n');
    assert.equal(lines.filter((line) => line.startsWith('•')).length, 20);
    assert.ok(lines.includes('…and 40 more'));
  });

  test('say that nobody can approve while the card cannot be posted', () => {
    const why = {
      code: 'card.refused' as const,
      params: { channel: 'C0REQUESTS', code: 'not_in_channel' },
    };
    assert.equal(
      read(cardNotPosted(viewModelOf(), why, 'C0REQUESTS').blocks),
      'CU-1042 I can’t post your request in the requests channel #C0REQUESTS (Slack says not_in_channel), so nobody can approve it yet. Ask an operator to invite me to that channel. I’ll try again automatically.',
    );
    const archived = { code: 'card.archived' as const, params: { channel: 'C0REQUESTS' } };
    assert.equal(
      read(cardNotPosted(viewModelOf(), archived, 'C0REQUESTS').blocks),
      'CU-1042 The requests channel #C0REQUESTS is archived, so I can’t post your request there and nobody can approve it yet. Ask somebody to unarchive it. I’ll try again automatically, within an hour.',
    );
  });
});

describe('the App Home', () => {
  const empty = {
    requests: [],
    waiting: [],
    decides: false,
    page: 0,
    waitingPage: 0,
    more: false,
    moreWaiting: false,
    health: [],
    presets: [],
  };

  test('begins with the button for a new request, then lists the latest requests with names and outcomes', () => {
    const requests = [
      homeRequest({ id: 1042, state: 'awaiting_approval' }),
      homeRequest({ id: 1041, state: 'done', created: 1 }),
      homeRequest({
        id: 1040,
        state: 'done',
        file: 'november.csv',
        rows: 60,
        created: 26,
        cancelled: 34,
      }),
    ];
    const said = read(homeView({ ...empty, requests, more: true }).blocks);
    assert.deepEqual(said.split('\n'), [
      'Amazon Connect users',
      '[New user] [From a file]',
      '',
      'Your requests',
      'Mary Major',
      'CU-1042 · production · waiting for approval · 2026-11-21 13:02 UTC',
      'Mary Major',
      'CU-1041 · production · created · 2026-11-21 13:02 UTC',
      '60 users, november.csv',
      'CU-1040 · production · 26 of 60 created, 34 cancelled · 2026-11-21 13:02 UTC',
      '[Next]',
    ]);
  });

  test('shows an approver what waits, and does not tell them that they requested nobody', () => {
    const waiting = [homeRequest({ id: 1042, state: 'awaiting_approval' })];
    const said = read(homeView({ ...empty, waiting, decides: true }).blocks);
    assert.match(
      said,
      /Waiting for you, the oldest first\nTara Lead requests Mary Major\nCU-1042 · production/,
    );
    assert.match(said, /\[Approve\] \[Deny\]/);
    assert.doesNotMatch(said, /no requests yet/);
  });

  test('says first what is unusual about what waits, and asks once more as the card does', () => {
    const notices = ['a', 'b', 'c', 'd'].map((username) =>
      problem('notice.username-alike', { username, other: '“x”' }),
    );
    const { remarks } = homeRequest();
    const waiting = [
      homeRequest({
        file: 'nov.csv',
        rows: 48,
        confirmAbove: 20,
        remarks: { ...remarks, notices },
      }),
    ];
    const { blocks } = homeView({ ...empty, waiting, decides: true, moreWaiting: true });
    const said = read(blocks);
    assert.match(said, /“a” close to “x”(?:.|\n)*“c” close to “x”\.\nAnd 1 more on the card\.\n/);
    assert.match(said, /\[Approve 48\] \[Deny\]\n\[Next\]/);
    const [approve] = [...objectsIn(blocks)].filter(
      (object) => object.action_id === cardActions.approve,
    );
    assert.match(JSON.stringify(approve?.confirm), /48 users, nov\.csv will be created/);
  });

  test('says to whom it concerns how the instances are', () => {
    const health = [
      {
        instance: 'production',
        requestsChannel: 'C0REQUESTS',
        signInUrl: 'https://example.my.connect.aws/login',
        users: 464,
        quota: 500,
        perSecond: 2,
        limitPerSecond: 1.25,
        waiting: 3,
        running: 1,
        held: 1,
        heldLast: { id: 1040, why: problem('create.quota', { instance: 'production' }) },
        failed: 2,
        failedLast: {
          id: 1041,
          why: problem('create.duplicate', { username: 'mary', instance: 'production' }),
          at: new Date('2026-11-21T13:02:00Z'),
        },
      },
    ];
    const said = read(homeView({ ...empty, health }).blocks);
    assert.match(said, /464 of 500 users, room for 36 · 2 per second, now 1\.3: others use/);
    assert.match(said, /3 waiting for approval · 1 being created/);
    assert.match(said, /1 request held up, the latest CU-1040: production is full/);
    assert.match(said, /2 users not created in 24 hours, the latest in CU-1041 .*already exists/);
    const well = { ...health[0], held: 0, heldLast: null, failed: 0, failedLast: null };
    const calm = read(homeView({ ...empty, health: [{ ...well, users: 500 } as never] }).blocks);
    assert.match(calm, /500 of 500 users, no room(?:.|\n)*No errors in 24 hours/);
  });

  test('tells a newcomer the two ways to a request', () => {
    assert.match(read(homeView(empty).blocks), /You have no requests yet.*\/connect-add-user/);
  });
});
