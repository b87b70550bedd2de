/** H6 (text from people stays text) and Slack's limits hold for every message, whatever people have typed. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { viewProblems } from '../../sandbox/slack/blocks/validate.ts';
import { emojiCharacter } from '../../sandbox/web/text/emoji.ts';
import { card } from '../../src/messages/card.ts';
import { cardNotPosted, directMessages } from '../../src/messages/direct-messages.ts';
import { homeView } from '../../src/messages/home/home.ts';
import type { Post } from '../../src/messages/post.ts';
import type { RequestViewModel } from '../../src/messages/request-view-model.ts';
import { lines, messageText, moment } from '../../src/messages/rich-text.ts';
import { thread } from '../../src/messages/thread.ts';
import { assertSlackTakes, objectsIn, read } from './slack-takes.ts';
import {
  anyText,
  anyViewModel,
  at,
  created,
  decisionOf,
  everyState,
  homeRequest,
  longest,
  rowOf,
  viewModelOf,
} from './view-models.ts';

function posts(view: RequestViewModel): Post[] {
  const refused = {
    code: 'card.refused' as const,
    params: { channel: 'C0REQUESTS', code: 'not_in_channel' },
  };
  return [
    card(view),
    ...thread(view),
    ...directMessages(view),
    cardNotPosted(view, refused, 'C0REQUESTS'),
  ];
}

/** Elements whose text Slack shows literally, without making mentions, links or formatting from it. */
const literal = new Set([
  'rich_text',
  'rich_text_section',
  'text',
  'actions',
  'button',
  'context',
  'overflow',
  'plain_text',
]);

describe('H6: whatever people typed', () => {
  test('Slack takes every message of every request', () => {
    fc.assert(
      fc.property(anyViewModel, (viewModel) => {
        for (const post of posts(viewModel)) assertSlackTakes(post);
      }),
      { numRuns: 300 },
    );
  });

  test('is in literal text only; links, channels and dates are the bot’s own', () => {
    fc.assert(
      fc.property(anyViewModel, (viewModel) => {
        for (const element of posts(viewModel).flatMap((post) => [...objectsIn(post.blocks)])) {
          if (element.type === undefined || literal.has(String(element.type))) continue;
          if (element.type === 'link') assert.equal(element.url, viewModel.signIn?.url);
          else if (element.type === 'channel')
            assert.equal(element.channel_id, viewModel.requestsChannel);
          else if (element.type === 'user') assert.equal(element.user_id, viewModel.requester.id);
          else if (element.type === 'emoji') assert.match(String(element.name), /^[a-z_0-9]+$/);
          else if (element.type === 'date') assert.equal(element.timestamp, at.getTime() / 1000);
          else assert.fail(`a message holds a ${element.type}`);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('stays in its line and does not change the direction of other words', () => {
    fc.assert(
      fc.property(anyViewModel, (viewModel) => {
        for (const element of posts(viewModel).flatMap((post) => [...objectsIn(post.blocks)])) {
          if (element.type !== 'text') continue;
          const text = String(element.text);
          assert.ok(text === '\n' || !/[\n\r\u0085\u2028\u2029]/.test(text), JSON.stringify(text));
          assert.doesNotMatch(text, /[\u202A-\u202E]/);
          const isolates = text.match(/[\u2066-\u2069]/g) ?? [];
          assert.ok(
            isolates.length === 0 || isolates.join('') === '\u2068\u2069',
            JSON.stringify(text),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  test('is escaped in the text for notifications, the only text that Slack parses', () => {
    fc.assert(
      fc.property(anyViewModel, (viewModel) => {
        for (const post of posts(viewModel)) {
          // Only the bot's own channel and dates remain, whose text the view model has written itself.
          const own = post.text.replaceAll(/<#C\w+>|<@U0TARA>|<!date\^\d+\^[^<>]*>/g, '');
          assert.doesNotMatch(own, /[<>]|&(?!amp;|lt;|gt;)/, post.key);
          assert.ok(post.text.isWellFormed());
        }
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.array(anyText(4000), { maxLength: 3 }), (parts) => {
        const text = messageText([
          lines(
            'x',
            parts.map((part) => [part]),
          ),
        ]);
        assert.doesNotMatch(text, /[<>]|&(?!amp;|lt;|gt;)/);
        assert.ok(text.length <= 4000 && text.isWellFormed());
      }),
    );
  });
});

describe('the text of a message, all that a screen reader reads', () => {
  const plain = (text: string) =>
    text
      .replace(/<!date[^|]*\|([^>]*)>/g, '$1')
      .replace(/<#(\w+)>/g, '#$1')
      .replace(/<@(\w+)>/g, '@$1')
      .replace(
        /:([a-z_0-9]+):/g,
        (name, word) => emojiCharacter(word)?.replace('\uFE0F', '') ?? name,
      )
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');

  test('says every line of its blocks, in every state', () => {
    for (const [state, viewModel] of Object.entries(everyState)) {
      for (const post of posts(viewModel)) {
        const blocks = post.blocks.filter((block) => block.type !== 'actions');
        assert.equal(plain(post.text), read(blocks).replace(/^\n/gm, ''), `${state}: ${post.key}`);
      }
    }
  });

  test('is cut at 4,000 characters between two words or escapes', () => {
    const text = messageText([lines('x', [['<&>'.repeat(2000)]])]);
    assert.ok(text.length <= 4000);
    assert.match(text, /(&lt;|&amp;|&gt;)…$/);
    const dates = messageText([lines('x', [Array.from({ length: 90 }, () => moment(at))])]);
    assert.ok(dates.length <= 4000 && dates.endsWith('>…'));
  });
});

describe('a request at every limit at once', () => {
  const risks = longest.securityProfiles.map((profile) => ({
    profile: profile.name,
    may: [
      'create users',
      'give users other security profiles',
      'edit users',
      'delete users',
      'make security profiles',
      'change security profiles',
      'listen in on calls',
      'barge in on calls',
    ],
  }));
  const reason = 'W'.repeat(500);
  const basis = {
    kind: 'holds-users-create' as const,
    connectUser: 'u'.repeat(100),
    profiles: longest.securityProfiles.map((profile) => profile.name),
  };
  const long = viewModelOf({
    requester: { id: 'U0TARA', name: 'T'.repeat(80) },
    instance: 'i'.repeat(45),
    reason,
    risks,
    rows: [rowOf({ user: longest, passwordPlan: 'typed' })],
  });

  test('fits into messages that Slack takes, in every state', () => {
    for (const [state, viewModel] of Object.entries(everyState)) {
      const rows = viewModel.rows.map((row) => ({ ...row, user: row.user && longest }));
      const decision = viewModel.decision && {
        ...viewModel.decision,
        basis,
        reason,
        byName: 'A'.repeat(80),
      };
      const full = { ...long, state: viewModel.state, rows, decision, endedAt: viewModel.endedAt };
      for (const post of posts(full)) {
        assert.doesNotThrow(() => assertSlackTakes(post), `${state}: ${post.key}`);
      }
    }
  });

  test('still shows an approver every tag, on the card or in its thread', () => {
    const shown = JSON.stringify(posts(long).filter((post) => !('person' in post.to)));
    for (const [key, value] of Object.entries(longest.tags)) {
      assert.ok(shown.includes(`${key} = ${value}`), key);
    }
    assert.match(JSON.stringify(card(long)), /, and \d+ more: see the thread/);
  });

  test('needs no thread for as many tags as people really use', () => {
    const tags = Object.fromEntries(
      Array.from({ length: 50 }, (_, n) => [`cost-center-${n}`, `value ${n}`]),
    );
    const viewModel = viewModelOf({ rows: [rowOf({ user: { ...longest, tags } })] });
    assert.deepEqual(thread(viewModel), []);
    assert.ok(JSON.stringify(card(viewModel)).includes('cost-center-49 = value 49'));
  });
});

describe('keys of a request’s messages', () => {
  test('are different, so that each message is found again by its own key', () => {
    fc.assert(
      fc.property(anyViewModel, (viewModel) => {
        const keys = posts(viewModel).map((post) => post.key);
        assert.equal(new Set(keys).size, keys.length);
      }),
    );
  });

  test('stay the same from state to state: a message is edited, not posted again', () => {
    const approved = posts(everyState.approved).map((post) => post.key);
    const done = posts(everyState.done).map((post) => post.key);
    for (const key of approved) assert.ok(done.includes(key), key);
  });

  test('name the card as their parent for messages in the thread', () => {
    const viewModel = { ...everyState.done, rows: [created], decision: decisionOf() };
    assert.ok(thread(viewModel).length >= 2);
    for (const post of thread(viewModel)) assert.equal(post.inThreadOf, 'card');
  });
});

describe('the App Home', () => {
  test('is a view that Slack takes, with no request and with many', () => {
    const requests = Object.values(everyState).map(({ state }, index) =>
      homeRequest({ id: 1001 + index, instance: 'i'.repeat(45), state, file: 'f'.repeat(255) }),
    );
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
    assert.deepEqual(viewProblems(homeView(empty), 'home'), []);
    assert.deepEqual(viewProblems(homeView({ ...empty, decides: true }), 'home'), []);
    const why = {
      code: 'create.denied' as const,
      params: { instance: 'i', detail: 'd'.repeat(3000) },
    };
    const health = Array.from({ length: 60 }, (_none, index) => ({
      instance: `${index}`.padEnd(45, 'i'),
      requestsChannel: 'C0REQUESTS',
      signInUrl: `https://example.test/${'p'.repeat(200)}`,
      users: 480,
      quota: 500,
      perSecond: 2,
      limitPerSecond: 0.731,
      waiting: 12,
      running: 3,
      held: 2,
      heldLast: { id: 1042, why },
      failed: 17,
      failedLast: { id: 1041, why, at: new Date() },
    }));
    const full = {
      requests,
      waiting: requests,
      decides: true,
      page: 1,
      waitingPage: 1,
      more: true,
      moreWaiting: true,
      health,
      presets: Array.from({ length: 30 }, (_none, at) => ({
        instance: `i${at % 2}`,
        name: 'p'.repeat(90),
      })),
    };
    assert.deepEqual(viewProblems(homeView(full), 'home'), []);
  });
});

describe('a line', () => {
  test('without text is replaced by a line that Slack accepts', () => {
    const post = {
      key: 'x',
      to: { channel: 'C1' },
      text: 'x',
      blocks: [lines('x', [['', 'a'], ['']])],
    };
    assertSlackTakes(post);
  });
});
