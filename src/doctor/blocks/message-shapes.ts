/** Every message about a request that the bot sends, made from sample requests without real people. */
import { card } from '../../messages/card.ts';
import {
  cardNotPosted,
  cardPostedAfterAll,
  checkContinued,
  directMessages,
} from '../../messages/direct-messages.ts';
import { fileCard } from '../../messages/files/file-card.ts';
import { fileDirect } from '../../messages/files/file-direct-messages.ts';
import { fileOffer, filesTogether } from '../../messages/files/file-offer.ts';
import { fileReceipt } from '../../messages/files/file-receipt.ts';
import { reportPost, resultsPost } from '../../messages/files/file-report.ts';
import type { FileViewModel } from '../../messages/files/file-view-model.ts';
import { approvalNotices } from '../../messages/notices/approval-notices.ts';
import { changeNotices } from '../../messages/notices/changed-rows.ts';
import { evidencePost } from '../../messages/notices/evidence-notice.ts';
import { leftOutNotices } from '../../messages/notices/left-out-rows.ts';
import { withCardLink } from '../../messages/post.ts';
import { toApprover } from '../../messages/replies/to-approvers.ts';
import type { RequestViewModel } from '../../messages/request-view-model.ts';
import { pastHolds, thread } from '../../messages/thread.ts';
import { welcomePost } from '../../messages/welcome.ts';
import { cardUrl, everyState, fileViewModelOf, viewModelOf } from './block-samples.ts';
import { replyShapes } from './reply-shapes.ts';
import {
  approvalsVoided,
  approvedAtOnce,
  atLimit,
  riskyProfiles,
  withFailedRows,
} from './request-samples.ts';
import { type Shape, shapesOf } from './shape.ts';

/** Only the text beside a file is validated. */
const noBytes = () => Promise.resolve([]);

export function messageShapes(): Shape[] {
  const special: Readonly<Record<string, RequestViewModel>> = {
    'all that an approver weighs': riskyProfiles,
    'asks again': approvalsVoided,
    'above the limit': atLimit,
    'without approval': approvedAtOnce,
    'failed, to be tried again': withFailedRows,
  };
  const shapes = [
    ...Object.values(everyState).flatMap((view) => aboutRequest(view.state, view)),
    ...Object.entries(special).flatMap(([what, view]) => aboutRequest(what, view)),
    ...noticeShapes(),
    ...handedInShapes(),
    ...replyShapes(),
  ];
  // Several states have the same message, which is validated once.
  const first = new Map(shapes.toReversed().map((shape) => [blocksOf(shape), shape]));
  return shapes.filter((shape) => first.get(blocksOf(shape)) === shape);
}

function blocksOf(shape: Shape): string {
  return JSON.stringify('blocks' in shape ? shape.blocks : shape.view);
}

/** The messages about it to the channel, the thread and people, for one user and for a file. */
function aboutRequest(what: string, view: RequestViewModel): Shape[] {
  const file = fileViewModelOf(view);
  return [
    ...shapesOf(what, [card(view), ...thread(view), ...directMessages(view)]),
    ...shapesOf(`${what}, file`, [
      fileOffer(file),
      fileCard(file),
      fileReceipt(file),
      fileDirect(file),
    ]),
  ];
}

function noticeShapes(): Shape[] {
  const view = viewModelOf();
  const refused = {
    code: 'card.refused',
    params: { channel: view.requestsChannel, code: 'not_in_channel' },
  } as const;
  const course = {
    reminded: 1,
    isEscalated: true,
    liftedLimit: { byName: 'Bea Berg', reason: 'the site opens on Monday' },
    tellOfLimit: ['U0BEA'],
  };
  const newcomer = {
    firstName: 'Mary',
    username: 'Mary',
    email: 'mary@example.com',
    passwordPlan: 'generated',
    signIn: view.signIn,
  } as const;
  const changes = [
    { byName: 'Ari Admin', row: 1, lines: ['Routing profile: Tier 1 becomes Tier 2'] },
  ];
  const leftOut = [
    {
      byName: 'Ari Admin',
      at: new Date(0).toISOString(),
      kept: true,
      rows: 4,
      first: [{ row: 2, username: 'jdoe' }],
    },
  ];
  return [
    ...shapesOf('open', approvalNotices(riskyProfiles, course)),
    ...shapesOf('over', approvalNotices({ ...riskyProfiles, state: 'denied' }, course)),
    ...shapesOf('paused', approvalNotices(atLimit, course)),
    ...shapesOf('without approval', approvalNotices(approvedAtOnce, course)),
    ...shapesOf('notice', [
      ...changeNotices(view, changes),
      ...leftOutNotices(view, leftOut),
      ...pastHolds(view, new Set(['hold-create.unavailable'])),
      evidencePost(view.requestsChannel, { kind: 'md', name: 'CU-1042.md', bytes: noBytes }),
      evidencePost(view.requestsChannel, { kind: 'json', name: 'CU-1042.json', bytes: noBytes }),
      cardNotPosted(view, refused, view.requestsChannel),
      cardPostedAfterAll(view, view.requestsChannel),
      checkContinued(view),
      toApprover(view, 'U0BEA', 48, cardUrl),
      toApprover({ ...view, state: 'denied' }, 'U0BEA', 48, null),
      welcomePost(newcomer, 'U0MARY', 1),
    ]),
    ...shapesOf(
      'with the way to the card',
      directMessages(everyState.denied).map((told) => withCardLink(told, cardUrl)),
    ),
  ];
}

/** The questions to a person who sent a file, in each of their forms. */
function handedInShapes(): Shape[] {
  const offered = fileViewModelOf(everyState.offered);
  const rejected = fileViewModelOf(everyState.rejected);
  const file = (view: FileViewModel, changes: Partial<FileViewModel['file']>): FileViewModel => ({
    ...view,
    file: { ...view.file, ...changes },
  });
  const options = Array.from({ length: 10 }, (_, index) => ({
    value: `windows-125${index}`,
    label: `Windows-125${index}`,
    preview: ['José Núñez', 'Zoë Müller'],
  }));
  const problem = { code: 'file.which-encoding', params: {} } as const;
  const refusal = { code: 'file.columns-missing', params: { columns: 'username' } } as const;
  const together = [
    { number: offered.number, file: 'november.csv' },
    { number: 'CU-1043', file: 'december.csv' },
  ];
  return shapesOf('handed in', [
    fileOffer(file(offered, { fixed: 2 })),
    fileOffer(file(offered, { groups: offered.file.groups.slice(0, 3) })),
    fileOffer(file(rejected, { refusal })),
    fileOffer(file(rejected, { question: { kind: 'encoding', problem, options }, refusal })),
    filesTogether(file(offered, { together })),
    reportPost(offered, noBytes),
    resultsPost(fileViewModelOf(withFailedRows), noBytes),
  ]);
}
