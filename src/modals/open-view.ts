/**
 * Opens a view within the life of a trigger. What is known opens as it is; otherwise a loading view opens at
 * once and becomes the real one when Connect and Slack have answered.
 */
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type Problem, problem } from '../errors/problem.ts';
import { slackErrorCode } from '../slack/failure.ts';
import { retryOnRateLimit } from '../slack/retry-on-rate-limit.ts';
import { noticeView } from './blocks.ts';

export type Opening = {
  readonly client: WebClient;
  readonly triggerId: string;
  /** Tells the person when Slack would not open anything any more. */
  readonly tooLate: (it: Problem) => Promise<unknown>;
};

/** @param view the view, if it can be made without waiting; else how to make it, and what to show until then */
export async function openView(
  opening: Opening,
  view:
    | ModalView
    | { readonly title: string; readonly meanwhile: string; load(): Promise<ModalView> },
): Promise<void> {
  const loading = 'load' in view;
  const first = loading ? noticeView(view.title, [view.meanwhile]) : view;
  let viewId: string;
  try {
    const opened = await opening.client.views.open({ trigger_id: opening.triggerId, view: first });
    viewId = opened.view?.id ?? '';
  } catch (error) {
    const code = slackErrorCode(error);
    // The same command delivered twice: the first one has opened the view.
    if (code === 'exchanged_trigger_id') return;
    if (code !== 'expired_trigger_id' && code !== 'invalid_trigger_id') throw error;
    await opening.tooLate(problem('form.too-slow'));
    return;
  }
  if (loading) await updateView(opening.client, viewId, await view.load());
}

/** How long somebody looks at a loading view because Slack is asked too often. */
const longestWaitMs = 10_000;

/**
 * Replaces an open view; one that was closed or changed meanwhile is no error. Without an answer it is tried
 * once more: the same view again changes nothing, and a loading view would stay for ever.
 */
export async function updateView(
  client: WebClient,
  viewId: string,
  view: ModalView,
  hash?: string,
) {
  const update = () =>
    retryOnRateLimit(
      () => client.views.update({ view_id: viewId, view, ...(hash ? { hash } : {}) }),
      {
        longestWaitMs,
      },
    );
  try {
    await update().catch((error: unknown) => {
      if (slackErrorCode(error) !== null) throw error;
      return update();
    });
  } catch (error) {
    const code = slackErrorCode(error);
    if (code !== 'not_found' && code !== 'hash_conflict' && code !== 'view_not_found') throw error;
  }
}
