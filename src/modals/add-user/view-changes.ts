/**
 * Handles clicks in one open form one after the other. A quick second click carries the view from before the first
 * one changed it, and so lacks the sections that the first one expanded; they are remembered here, within this
 * process. Two clicks can also arrive in the other order: then the older one does not undo the newer one's choices.
 */
import { setNewest } from '../../bounded-map.ts';
import type { FormState } from './form-field-ids.ts';

export type ClickInForm = {
  readonly viewId: string;
  /** Slack's time of the click, as text: seconds and microseconds, such as `1548426417.840180`. */
  readonly at: string;
  /** The choices in the form when the person clicked, with the sections that this click expands. */
  readonly state: FormState;
};

export type ViewChanges = {
  /**
   * Runs `change` after all earlier changes of this view, with the choices of the newest click and all sections that
   * are expanded by now.
   */
  inTurn(click: ClickInForm, change: (state: FormState) => Promise<void>): Promise<void>;
};

/** Forms remembered at most; the oldest is forgotten first. */
const maxViews = 1_000;

type KnownView = { readonly at: string; readonly state: FormState; readonly last: Promise<void> };

export function createViewChanges(): ViewChanges {
  const views = new Map<string, KnownView>();
  return {
    inTurn({ viewId, at, state }, change) {
      const known = views.get(viewId);
      const isOlder = known !== undefined && secondsOf(at) < secondsOf(known.at);
      const newest = isOlder ? known : { at, state };
      const merged = known ? withSectionsOf(newest.state, [known.state, state]) : state;
      const before = known?.last.catch(() => {}) ?? Promise.resolve();
      // The choices are read when the turn has come, so that this change does not undo later clicks.
      const last = before.then(() => change(views.get(viewId)?.state ?? merged));
      setNewest(views, viewId, { at: newest.at, state: merged, last }, maxViews);
      return last;
    },
  };
}

/** No field stores which sections are expanded, and they are never collapsed again. */
function withSectionsOf(state: FormState, others: readonly FormState[]): FormState {
  return {
    ...state,
    more: others.some(({ more }) => more),
    channels: others.some(({ channels }) => channels),
    blank: others.some(({ blank }) => blank),
  };
}

function secondsOf(at: string): number {
  return Number(at) || 0;
}
