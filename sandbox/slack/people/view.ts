/** Finds the view that a person has open. */
import { asText } from '../json.ts';
import type { Member } from '../roster.ts';
import type { StoredView } from '../views.ts';
import type { World } from '../world.ts';
import { Problem } from './problem.ts';

/** An open view of this person. @throws Problem view_not_found */
export function ownView(world: World, person: Member, id: unknown): StoredView {
  const view = world.views.get(asText(id));
  if (!view || view.user !== person.id) {
    throw new Problem(
      404,
      'view_not_found',
      `${person.realName} has no open view \`${asText(id)}\``,
    );
  }
  return view;
}
