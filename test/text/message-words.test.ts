import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { reasonIn } from '../../src/text/message-words.ts';

describe('the reason in a message with a file', () => {
  test('is what was written beside it, without mentions and markup', () => {
    const reason = (text: string) => reasonIn(text, ['production']);
    assert.equal(reason('<@U0BOT> new starters in November'), 'new starters in November');
    assert.equal(
      reason('Back-fill, see <https://x.test/a?b=1&amp;c|the plan> in <#C1|ops> &amp; more'),
      'Back-fill, see the plan in ops & more',
    );
    assert.equal(reason('line one\n\n line two <!here>'), 'line one line two');
    assert.equal(reason('<https://x.test>'), 'https://x.test');
    assert.equal(reason('Hi, please: back-fill'), 'back-fill');
    assert.equal(reason('for the November class'), 'for the November class');
  });

  test('is empty when the message only mentions the bot, the file or the instance', () => {
    for (const text of [
      '',
      '<@U0BOT>',
      '<@U0BOT> please',
      'production, please!',
      ' \n ',
      'for production',
      'in the production instance please',
    ]) {
      assert.equal(reasonIn(text, ['production']), null, text);
    }
  });

  test('has at most 500 characters and can be stored, whatever was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 700 }), (text) => {
        const reason = reasonIn(text, []);
        if (reason === null) return;
        assert.ok([...reason].length <= 500);
        assert.ok(reason.isWellFormed() && !reason.includes('\0'));
      }),
    );
  });
});
