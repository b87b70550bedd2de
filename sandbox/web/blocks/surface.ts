import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ElementValue, Suggestions } from '../../api/interactions.ts';
import type { BlockModel, SurfaceKind } from './block-model.ts';
import type { ElementModel } from './element-model.ts';

/** The position of an element, for the calls that an interaction with it makes. */
export type Spot = { block: BlockModel; element: ElementModel };

/** The functions that a message, a modal or an App Home provides to its elements. */
export type Surface = {
  kind: SurfaceKind;
  /** The current value: typed, stored or initial. */
  valueOf(spot: Spot): ElementValue | null;
  /** The value has changed. `commit`: the person has finished (Enter, or a choice), so the element can dispatch. */
  change(spot: Spot, value: ElementValue, commit: boolean): void;
  /** A button or an overflow item was clicked. Resolves when the bot has acknowledged. */
  press(spot: Spot, value: ElementValue | null): Promise<void>;
  suggest(spot: Spot, query: string): Promise<Suggestions>;
  /** The error of this block, from the bot or from the page. */
  errorOf(block: BlockModel): string | null;
};

export const SurfaceContext = createContext<Surface | null>(null);

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error('a Block Kit element is outside of a surface');
  return surface;
}
