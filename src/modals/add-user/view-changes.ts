/**
 * Handles clicks in one open form one after the other. A quick second click carries the view from before the first
 * one changed it, and so lacks the sections that the first one expanded; they are remembered here, within this
 * process.
 */
import type { FormState } from './form-fields.ts';

/** The expanded sections of a form: no field stores them, and they are never collapsed again. */
export type ExpandedSections = Pick<FormState, 'more' | 'channels' | 'blank'>;

export type ViewChanges = {
  /**
   * Runs `change` after all earlier changes of this view, with the sections that are expanded by now, including this
   * click's.
   *
   * @param now the sections that this click expands
   */
  inTurn(
    viewId: string,
    now: ExpandedSections,
    change: (unfolded: ExpandedSections) => Promise<void>,
  ): Promise<void>;
};

/** Forms remembered at most; the oldest is forgotten first. */
const maxViews = 1_000;

export function createViewChanges(): ViewChanges {
  const views = new Map<string, { unfolded: ExpandedSections; last: Promise<void> }>();
  return {
    inTurn(viewId, now, change) {
      const known = views.get(viewId);
      const unfolded = known ? merged(known.unfolded, now) : now;
      const before = known?.last.catch(() => {}) ?? Promise.resolve();
      // The expanded sections are read when the turn has come, so that this change does not undo later clicks.
      const last = before.then(() => change(views.get(viewId)?.unfolded ?? unfolded));
      views.delete(viewId);
      views.set(viewId, { unfolded, last });
      const [oldest] = views.keys();
      if (views.size > maxViews && oldest !== undefined) views.delete(oldest);
      return last;
    },
  };
}

function merged(left: ExpandedSections, right: ExpandedSections): ExpandedSections {
  return {
    more: left.more || right.more,
    channels: left.channels || right.channels,
    blank: left.blank || right.blank,
  };
}
