import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mentionNames, mentionsIn, typedText } from '../../../sandbox/slack/mrkdwn.ts';

const names = {
  people: new Map([
    ['tara', 'U0TARA'],
    ['alex', 'U0ALEX'],
    ['alex.s', 'U0ALEX2'],
  ]),
  channels: new Map([['general', 'C0GENERAL']]),
  usergroups: new Map([['team-leads', 'S0LEADS']]),
};

describe('What a person types', () => {
  for (const [typed, stored] of [
    ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
    ['@tara: hi', '<@U0TARA>: hi'],
    ['@alex.s and @alex.', '<@U0ALEX2> and <@U0ALEX>.'],
    ['@TARA', '<@U0TARA>'],
    ['@nobody #nowhere', '@nobody #nowhere'],
    ['tara@tara.example', 'tara@tara.example'],
    ['(#general)', '(<#C0GENERAL|general>)'],
    ['@here', '<!here>'],
    ['<!channel>', '&lt;!channel&gt;'],
    ['<@U0TARA> <@U0NOBODY>', '<@U0TARA> &lt;@U0NOBODY&gt;'],
    ['<@U0TARA|x>', '&lt;@U0TARA|x&gt;'],
  ] as const) {
    it(`is stored as Slack stores it: ${typed}`, () => {
      assert.equal(typedText(typed, names), stored);
    });
  }
});

describe('A mention', () => {
  it('is what Slack would notify somebody for', () => {
    assert.deepEqual(
      mentionsIn('<@U1> <@U1|x> <!subteam^S1|@x> <!here|here> <#C1> <!date^1^a|b>'),
      [
        { kind: 'user', target: 'U1' },
        { kind: 'usergroup', target: 'S1' },
        { kind: 'broadcast', target: 'here' },
      ],
    );
    assert.deepEqual(mentionsIn('&lt;!channel&gt; @channel <!channels> < !here>'), []);
  });

  it('counts in mrkdwn and in rich text, and not in plain text', () => {
    const section = (type: string) => ({ type: 'section', text: { type, text: '<!channel>' } });
    assert.deepEqual(mentionNames('', [section('mrkdwn')]), ['!channel']);
    assert.deepEqual(mentionNames('', [section('plain_text')]), []);
    const rich = {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'user', user_id: 'U1' },
            { type: 'broadcast', range: 'everyone' },
            { type: 'text', text: '<!here>' },
          ],
        },
      ],
    };
    assert.deepEqual(mentionNames('', [rich]), ['U1', '!everyone']);
  });
});
