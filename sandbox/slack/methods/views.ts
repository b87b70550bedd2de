/** views.*: modals and the Home tab. */
import { holdsVideo, videoScope, viewProblems } from '../blocks/validate.ts';
import { type JsonObject, listOf, objectOf } from '../json.ts';
import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { type StoredView, viewObject } from '../views.ts';
import type { World } from '../world.ts';
import { unknownBlockProblems } from './content.ts';
import { type Method, needScope } from './method.ts';

/**
 * Strict validation of a view, including one in an acknowledgement.
 *
 * @throws Refusal view_too_large, invalid_arguments, missing_scope (for a video)
 */
export function checkedView(world: World, view: unknown, expected?: 'modal' | 'home'): JsonObject {
  if (Buffer.byteLength(JSON.stringify(view) ?? '') > limits.viewBytes.max) {
    throw new Refusal('view_too_large');
  }
  const problems = [
    ...unknownBlockProblems(world, listOf(objectOf(view).blocks), '/view/blocks'),
    ...viewProblems(view, expected),
  ];
  if (problems.length > 0) throw Refusal.withMessages('invalid_arguments', problems);
  const checked = objectOf(view);
  if (holdsVideo(checked.blocks)) needScope(world, videoScope);
  return checked;
}

export function tellViews(world: World, user: string): void {
  world.live.tell({ type: 'views' }, (listener) => listener === user);
}

function tellHome(world: World, user: string): void {
  world.live.tell({ type: 'home' }, (listener) => listener === user);
}

function checkHash(view: StoredView | undefined, hash: string | undefined): void {
  if (view && hash !== undefined && hash !== '' && hash !== view.hash) {
    throw new Refusal('hash_conflict');
  }
}

export const viewMethods: Record<string, Method> = {
  'views.open': {
    token: 'bot',
    scopes: [],
    tier: 'tier4',
    args: { trigger_id: 'text!', view: 'object!' },
    run(world, args) {
      // Validated before the trigger is used: that a refused view leaves the trigger unused is a guess.
      const view = checkedView(world, args.object('view'), 'modal');
      const { user } = world.triggers.exchange(args.need('trigger_id'));
      const opened = world.views.open(user, view);
      tellViews(world, user);
      return { view: viewObject(opened) };
    },
  },
  'views.push': {
    token: 'bot',
    scopes: [],
    tier: 'tier4',
    args: { trigger_id: 'text!', view: 'object!' },
    run(world, args) {
      const view = checkedView(world, args.object('view'), 'modal');
      const { user, viewId } = world.triggers.exchange(args.need('trigger_id'));
      // Only an interaction in an open modal can push onto it; the error code is a guess.
      if (!viewId || !world.views.stack(user).some(({ id }) => id === viewId)) {
        throw new Refusal('not_found');
      }
      const pushed = world.views.push(user, view);
      tellViews(world, user);
      return { view: viewObject(pushed) };
    },
  },
  'views.update': {
    token: 'bot',
    scopes: [],
    tier: 'tier4',
    args: { view_id: 'text', external_id: 'text', view: 'object!', hash: 'text' },
    run(world, args) {
      const id = args.text('view_id');
      const external = args.text('external_id');
      if (!id && !external) {
        throw Refusal.withMessages('invalid_arguments', ['missing required field: view_id']);
      }
      const view = checkedView(world, args.object('view'));
      const current = id ? world.views.get(id) : world.views.byExternalId(external ?? '');
      if (!current) throw new Refusal('not_found');
      if (view.type !== current.type) {
        throw Refusal.withMessages('invalid_arguments', [
          'must match the `type` of the view that is updated [json-pointer:/view/type]',
        ]);
      }
      checkHash(current, args.text('hash'));
      world.views.update(current, view);
      if (current.type === 'home') tellHome(world, current.user);
      else tellViews(world, current.user);
      return { view: viewObject(current) };
    },
  },
  'views.publish': {
    token: 'bot',
    scopes: [],
    tier: 'tier4',
    args: { user_id: 'text!', view: 'object!', hash: 'text' },
    run(world, args) {
      if (!world.app.homeTab) throw new Refusal('not_enabled');
      const user = args.need('user_id');
      const person = world.roster.get(user);
      if (!person || person.isBot || person.deleted) throw new Refusal('user_not_found');
      const view = checkedView(world, args.object('view'), 'home');
      checkHash(world.views.home(user), args.text('hash'));
      const published = world.views.publish(user, view);
      tellHome(world, user);
      return { view: viewObject(published) };
    },
  },
};
