import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ElementValue, Suggestions } from '../../api/interactions.ts';
import type { BlockModel, SurfaceKind } from './block-model.ts';
import type { ElementModel } from './element-model.ts';

/** Where an element is, for the calls that using it makes. */
export type Spot = { block: BlockModel; element: ElementModel };

/** What a message, a modal or an App Home does for the elements in it. */
export type Surface = {
  kind: SurfaceKind;
  /** The value as it is: typed, stored or initial. */
  valueOf(spot: Spot): ElementValue | null;
  /** The value changed. `commit`: the person is done with it (Enter, a pick), so it may dispatch. */
  change(spot: Spot, value: ElementValue, commit: boolean): void;
  /** A button or an overflow item was used. Resolves when the bot has acknowledged. */
  press(spot: Spot, value: ElementValue | null): Promise<void>;
  suggest(spot: Spot, query: string): Promise<Suggestions>;
  /** What the bot or the page says is wrong in this block. */
  errorOf(block: BlockModel): string | null;
};

export const SurfaceContext = createContext<Surface | null>(null);

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error('a Block Kit element is outside of a surface');
  return surface;
}
