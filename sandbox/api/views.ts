/** Modals and App Home, as a person sees, fills in and submits them. */
import type { ElementValue } from './interactions.ts';
import type { Block } from './messages.ts';

/** A modal, or an App Home, as `user` sees it now. */
export type View = {
  id: string;
  type: 'modal' | 'home';
  callbackId: string;
  title: string;
  submit?: string;
  close?: string;
  blocks: Block[];
  privateMetadata: string;
  hash: string;
  rootViewId: string;
  previousViewId?: string;
  notifyOnClose: boolean;
  /** `view.state.values` as they are now, typed or initial. */
  values: Record<string, Record<string, { type: string } & Record<string, unknown>>>;
  /** `response_action: errors` of the last submission: block id → text. */
  errors: Record<string, string>;
};

/** `GET /sandbox/views?user=U…`: that person's modal stack, bottom first. Empty when nothing is open. */
export type Views = { views: View[] };

/**
 * `POST /sandbox/views/:id/input`: type into or pick from one element. When the element dispatches
 * (dispatch_action, or an element in an actions block) the bot gets `block_actions`; the answer waits for
 * its acknowledgement.
 */
export type InputValue = { user: string; blockId: string; actionId: string; value: ElementValue };

/**
 * `POST /sandbox/views/:id/submit`. `values` (block id → action id → value) are typed first, without
 * dispatching. Client-side checks (required, min_length, number bounds, email form) are made as Slack makes
 * them and answered as `outcome: 'invalid'` without a call to the bot.
 */
export type SubmitView = { user: string; values?: Record<string, Record<string, ElementValue>> };
export type SubmitResult = {
  outcome: 'closed' | 'cleared' | 'errors' | 'updated' | 'pushed' | 'invalid' | 'timeout' | 'error';
  ackMs: number;
  errors?: Record<string, string>;
  detail?: string;
  views: View[];
};

/** `POST /sandbox/views/:id/close` with `{ user, all?: boolean }`: the cross, or Cancel. */
export type CloseView = { user: string; all?: boolean };

/**
 * `POST /sandbox/home`: open the App Home tab (`app_home_opened`); answers `{ view: View | null }`.
 * `GET /sandbox/home?user=U…` answers the same without opening it: what the page asks when a live event
 * says that the bot published, where opening again would make the bot publish again.
 */
export type OpenHome = { user: string };
