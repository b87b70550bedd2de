/** Every shape of message and view that the bot sends, made of sample requests; nobody is in them. */
import type { AnyBlock, HomeView, ModalView } from '@slack/types';
import type { InstanceConfig } from '../../config/config.ts';
import type { DirectorySnapshot } from '../../connect/directory.ts';
import { card } from '../../messages/card.ts';
import { directMessages } from '../../messages/direct.ts';
import { fileCard, fileReceipt } from '../../messages/files/file-card.ts';
import { fileDirect } from '../../messages/files/file-direct.ts';
import { fileOffer } from '../../messages/files/file-offer.ts';
import { homeView } from '../../messages/home.ts';
import { warning } from '../../messages/newer-blocks.ts';
import type { Post } from '../../messages/post.ts';
import { thread } from '../../messages/thread.ts';
import { addFileView } from '../../modals/add-file.ts';
import type { FormState } from '../../modals/add-user/fields.ts';
import { addUserView } from '../../modals/add-user/form-view.ts';
import { noticeView } from '../../modals/blocks.ts';
import { denyView } from '../../modals/deny.ts';
import { everyState, fileViewModelOf, homeRequest, viewModelOf } from './block-samples.ts';

/** One message's blocks or one view, named so that a reader finds it in the code. */
export type Shape = { readonly name: string } & (
  | { readonly blocks: readonly AnyBlock[] }
  | { readonly view: ModalView | HomeView }
);

const states = Object.values(everyState);

function named(state: string, posts: readonly (Post | null)[]): Shape[] {
  return posts.flatMap((post) =>
    post ? [{ name: `${post.key} (${state})`, blocks: post.blocks }] : [],
  );
}

export function messageShapes(): Shape[] {
  return states.flatMap((view) => [
    ...named(view.state, [card(view), ...thread(view), ...directMessages(view)]),
    ...fileShapes(fileViewModelOf(view)),
  ]);
}

function fileShapes(view: ReturnType<typeof fileViewModelOf>): Shape[] {
  const posts = [fileOffer(view), fileCard(view), fileReceipt(view), fileDirect(view)];
  return named(`${view.state}, file`, posts);
}

/** @param instances each with what it offers, as the form shows it */
export function viewShapes(
  instances: readonly { readonly instance: InstanceConfig; readonly snapshot: DirectorySnapshot }[],
): Shape[] {
  const requests = states.map(({ state }, index) => homeRequest({ id: 1000 + index, state }));
  const waiting = [homeRequest({ id: 1042 })];
  const pages = { page: 0, waitingPage: 0, more: true, moreWaiting: true };
  const { id: requestId, requestsChannel: channel } = viewModelOf();
  return [
    {
      name: 'App Home',
      view: homeView({
        ...pages,
        requests,
        waiting,
        decides: true,
        health: [],
        presets: [{ instance: 'production', name: 'Tier 1 support' }],
      }),
    },
    { name: 'reason of a denial', view: denyView({ requestId, channel }) },
    { name: 'notice', view: noticeView('One moment', ['Looking up what Amazon Connect offers …']) },
    {
      name: 'warning',
      view: {
        ...noticeView('Rows of CU-1042', []),
        blocks: [warning('quota', 'production has 500 users already, and its quota is 500.')],
      },
    },
    ...instances.flatMap(({ instance, snapshot }) => formShapes(instance, snapshot)),
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

function formShapes(instance: InstanceConfig, snapshot: DirectorySnapshot): Shape[] {
  const { alias } = instance;
  const approval = { needed: 1, approvers: [], areMore: true, told: 0, warning: null };
  const facts = { instance, choices: [alias], snapshot, canTypePassword: true, approval };
  const form = (state: Partial<FormState>) =>
    addUserView({ instance: alias, ...closed, ...state }, facts);
  return [
    { name: `form of ${alias}`, view: form({}) },
    {
      name: `whole form of ${alias}`,
      view: form({ phone: 'desk', password: 'type', more: true, channels: true }),
    },
    {
      name: `file form of ${alias}`,
      view: addFileView({
        personId: 'U0SAMPLE',
        personName: 'Tara Lead',
        instances: [],
        recent: new Map(),
        refusal: null,
      }),
    },
  ];
}
