/**
 * Opens a view before the trigger expires. A view without missing data opens directly; otherwise a loading view opens
 * immediately and is replaced when Connect and Slack have answered.
 */
import { randomUUID } from 'node:crypto';
import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type Problem, problem, sentenceOf, todoOf } from '../errors/problem.ts';
import type { Log } from '../operations/log.ts';
import type { PersonalBudget } from '../pacing/personal-budget.ts';
import type { Services } from '../services.ts';
import type { Place } from '../slack/ephemeral.ts';
import type { NewerBlocks } from '../slack/posts/send-newer-blocks.ts';
import { retryOnRateLimit } from '../slack/retry-on-rate-limit.ts';
import { slackErrorCode, slackFailureOf } from '../slack/slack-failure.ts';
import { waitingPerson } from '../slack/waiting-person.ts';
import { noticeView } from './blocks.ts';

/**
 * The dependencies for showing views: the client of the delivery, and whether the workspace supports newer blocks.
 */
export type Views = { readonly client: WebClient; readonly newerBlocks: NewerBlocks };

export type Opening = Views & {
  readonly triggerId: string;
  readonly personId: string;
  /** How many views each person may open, so that one person cannot use up Slack's limit for everybody. */
  readonly openings: PersonalBudget;
  readonly log: Log;
  /** Informs the person why no view opens: the trigger has expired, or they opened too many. */
  readonly sayWhyNot: (problem: Problem) => Promise<unknown>;
};

/** @param place the person who waits for the view, and where they look */
export function openingFor(
  services: Pick<Services, 'newerBlocks' | 'openings' | 'log' | 'sendEphemeral'>,
  client: WebClient,
  triggerId: string,
  place: Place,
): Opening {
  const { newerBlocks, openings, log } = services;
  const sayWhyNot = (why: Problem) => services.sendEphemeral(place, why);
  return { client, newerBlocks, triggerId, personId: place.person, openings, log, sayWhyNot };
}

/**
 * @param view the view, if it can be built without waiting; otherwise how to build it, and what to show until then
 */
export async function openView(
  opening: Opening,
  view:
    | ModalView
    | { readonly title: string; readonly meanwhile: string; load(): Promise<ModalView> },
): Promise<void> {
  const turn = opening.openings.take(opening.personId);
  if (turn === 'refused') await opening.sayWhyNot(problem('form.too-many'));
  if (turn !== 'granted') return;
  const loading = 'load' in view;
  const first = loading ? noticeView(view.title, [view.meanwhile]) : view;
  let viewId: string;
  try {
    // A refused view leaves the trigger unused (a guess, see docs/sandbox.md).
    const opened = await opening.newerBlocks.send(first.blocks, (blocks) =>
      opening.client.views.open({ trigger_id: opening.triggerId, view: { ...first, blocks } }),
    );
    viewId = opened.view?.id ?? '';
  } catch (error) {
    const code = slackErrorCode(error);
    // The same command was delivered twice, and the first delivery has opened the view.
    if (code === 'exchanged_trigger_id') return;
    if (code !== 'expired_trigger_id' && code !== 'invalid_trigger_id') throw error;
    await opening.sayWhyNot(problem('form.too-slow'));
    return;
  }
  if (loading) await finishLoading(opening, viewId, view);
}

/** Replaces a loading view: with the real view, or with the error and a reference for the operator. */
async function finishLoading(
  opening: Opening,
  viewId: string,
  view: { readonly title: string; load(): Promise<ModalView> },
): Promise<void> {
  try {
    await updateView(opening, viewId, await view.load());
  } catch (error) {
    const reference = randomUUID().slice(0, 8);
    opening.log.error({ err: error, reference }, 'a view could not be loaded');
    const why = problem('unexpected', { reference });
    const instead = noticeView(view.title, [sentenceOf(why), todoOf(why)]);
    await updateView(opening, viewId, instead);
  }
}

/** How long a person waits at a loading view because of Slack's rate limit. */
const longestWaitMs = 10_000;

/**
 * Replaces an open view. A view that the person has closed is not an error. After a lost answer or an internal error
 * of Slack, it is retried: repeating the same view changes nothing, and a loading view would otherwise stay open.
 * It is replaced without the hash of the old view, also when that has changed since, because the new view contains all
 * choices.
 */
export async function updateView({ client, newerBlocks }: Views, viewId: string, view: ModalView) {
  const update = () =>
    newerBlocks.send(view.blocks, (blocks) =>
      retryOnRateLimit(() => client.views.update({ view_id: viewId, view: { ...view, blocks } }), {
        longestWaitMs,
      }),
    );
  try {
    await update().catch((error: unknown) => {
      const failure = slackFailureOf(error);
      if (failure?.kind === 'refused' || failure?.kind === 'rate-limited') throw error;
      return update();
    });
  } catch (error) {
    const code = slackErrorCode(error);
    if (code !== 'not_found' && code !== 'view_not_found') throw error;
  }
}

/**
 * Opens a view for the person who clicked: directly, or after a loading view when its content takes longer than the 3 s
 * that a trigger is valid.
 */
export async function openForClick(
  services: Services,
  client: WebClient,
  body: BlockAction<ButtonAction>,
  view:
    | ModalView
    | {
        readonly title: string;
        readonly meanwhile?: string;
        load(): Promise<ModalView>;
      },
): Promise<void> {
  const place = waitingPerson(body) ?? { channel: body.user.id, person: body.user.id };
  await openView(
    openingFor(services, client, body.trigger_id, place),
    'load' in view ? { meanwhile: 'One moment …', ...view } : view,
  );
}
