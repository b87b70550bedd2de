/** The wording of a file's messages: which report is current, and how its users sign in. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileViewModelOf } from '../../src/doctor/blocks/block-samples.ts';
import { fileOffer } from '../../src/messages/files/file-offer.ts';
import { fileReceipt } from '../../src/messages/files/file-receipt.ts';
import { reportPost, resultsPost } from '../../src/messages/files/file-report.ts';
import type { FileViewModel } from '../../src/messages/files/file-view-model.ts';
import type { Post } from '../../src/messages/post.ts';
import { read } from './slack-takes.ts';
import { everyState } from './view-models.ts';

const noBytes = () => Promise.resolve([]);
const wordsOf = (post: Post | null) => (post ? read(post.blocks) : '');

function fileOf(view: FileViewModel, changes: Partial<FileViewModel['file']>): FileViewModel {
  return { ...view, file: { ...view.file, ...changes } };
}

describe('the receipt of a file', () => {
  const done = fileViewModelOf(everyState.done);
  const receiptOf = (passwords: boolean, mode: 'CONNECT_MANAGED' | 'SAML' = 'CONNECT_MANAGED') => {
    const { summary } = done.file;
    assert.ok(summary);
    const counts = { ...done.counts, waiting: 0, sending: 0, unclear: 0, created: 48 };
    const signIn = { mode, url: 'https://harbour.test/login' };
    const view = { ...done, counts, signIn };
    return wordsOf(fileReceipt(fileOf(view, { summary: { ...summary, passwords } })));
  };

  test('tells those whom the file gave no password to choose one', () => {
    assert.match(
      receiptOf(false),
      /They sign in at https:\/\/harbour\.test\/login and choose “Forgot password” the first time\.$/m,
    );
  });

  test('says where users with single sign-on sign in', () => {
    assert.match(
      receiptOf(false, 'SAML'),
      /They sign in at https:\/\/harbour\.test\/login through your company’s single sign-on\./,
    );
  });

  test('tells apart those whom the file gave one, and says none of them', () => {
    assert.match(
      receiptOf(true),
      /and choose “Forgot password” the first time, unless the file set a password for them\.$/m,
    );
  });
});

describe('of several files that the bot handed out', () => {
  const offered = fileViewModelOf(everyState.offered);

  test('the last report names the one before, and the offer names the last', () => {
    const third = fileOf(offered, { revision: 3 });
    assert.equal(reportPost(third, noBytes)?.file?.name, 'CU-1042-report-3.csv');
    assert.match(wordsOf(reportPost(third, noBytes)), /It replaces CU-1042-report-2\.csv\./);
    assert.match(wordsOf(fileOffer(third)), /or correct CU-1042-report-3\.csv and post it\./);
    const second = fileOf(offered, { revision: 2 });
    assert.match(wordsOf(reportPost(second, noBytes)), /It replaces CU-1042-report\.csv\./);
    assert.match(wordsOf(fileOffer(offered)), /or correct the report file and post it\./);
    assert.doesNotMatch(wordsOf(reportPost(offered, noBytes)), /replaces/);
  });

  test('a report without wrong rows says that none is wrong anymore', () => {
    const { summary } = offered.file;
    assert.ok(summary);
    const right = { ...summary, wrong: 0, corrected: 0 };
    const view = fileOf(offered, { revision: 2, groups: [], summary: right });
    assert.equal(
      wordsOf(reportPost(view, noBytes)),
      'Every row of november.csv as it is now. Nothing in it is wrong. It replaces CU-1042-report.csv.',
    );
  });

  test('the last results name those before', () => {
    const done = fileViewModelOf(everyState.done);
    const again = (times: number): FileViewModel => ({
      ...done,
      retries: Array.from({ length: times }, () => ({
        by: { id: 'U0ARI', name: 'Ari' },
        at: new Date(0),
        rows: 1,
      })) as unknown as FileViewModel['retries'],
    });
    assert.doesNotMatch(wordsOf(resultsPost(done, noBytes)), /replaces/);
    assert.match(wordsOf(resultsPost(again(1), noBytes)), /It replaces CU-1042-results\.csv\./);
    assert.match(wordsOf(resultsPost(again(2), noBytes)), /It replaces CU-1042-results-2\.csv\./);
  });
});
