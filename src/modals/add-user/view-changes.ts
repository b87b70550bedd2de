/**
 * Clicks in one open form, one after the other. A quick second click carries the view as it was before the first one
 * changed it, and says nothing of what the first one unfolded; so that is remembered here, for this process.
 */
import type { FormState } from './form-fields.ts';

/** What was unfolded in a form: no field holds it, and it is never folded again. */
export type Unfolded = Pick<FormState, 'more' | 'channels' | 'blank'>;

export type ViewChanges = {
  /**
   * Runs `change` after all that was started for this view, with what is unfolded by now and by this click.
   *
   * @param now what this click says is unfolded
   */
  inTurn(
    viewId: string,
    now: Unfolded,
    change: (unfolded: Unfolded) => Promise<void>,
  ): Promise<void>;
};

/** Forms remembered at most; the oldest is forgotten first. */
const maxViews = 1_000;

export function createViewChanges(): ViewChanges {
  const views = new Map<string, { unfolded: Unfolded; last: Promise<void> }>();
  return {
    inTurn(viewId, now, change) {
      const known = views.get(viewId);
      const unfolded = known ? merged(known.unfolded, now) : now;
      const before = known?.last.catch(() => {}) ?? Promise.resolve();
      // What is unfolded is looked at when its turn has come: clicks behind it must not be undone by it.
      const last = before.then(() => change(views.get(viewId)?.unfolded ?? unfolded));
      views.delete(viewId);
      views.set(viewId, { unfolded, last });
      const [oldest] = views.keys();
      if (views.size > maxViews && oldest !== undefined) views.delete(oldest);
      return last;
    },
  };
}

function merged(left: Unfolded, right: Unfolded): Unfolded {
  return {
    more: left.more || right.more,
    channels: left.channels || right.channels,
    blank: left.blank || right.blank,
  };
}
