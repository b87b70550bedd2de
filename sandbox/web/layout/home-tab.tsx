import type { View } from '../../api/views.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { SurfaceContext } from '../blocks/surface.ts';
import { useViewSurface } from '../modals/view-surface.ts';
import { useApp } from '../state/context.ts';

/** The app's Home tab as the bot published it for this person. */
export function HomeTab() {
  const home = useApp((state) => state.home);
  const loaded = useApp((state) => state.homeLoaded);
  const bot = useApp((state) => state.workspace?.bot.name ?? 'The app');
  return (
    <section class="home" data-testid="home" aria-label={`${bot} home`} aria-busy={!loaded}>
      {home ? (
        <HomeView key={home.id} view={home} />
      ) : (
        <p class="list-says">
          {loaded ? `${bot} has published nothing here for you yet.` : 'Opening …'}
        </p>
      )}
    </section>
  );
}

function HomeView({ view }: { view: View }) {
  const { surface, problem } = useViewSurface(view);
  return (
    <div class="home-view">
      {problem && (
        <p class="modal-problem" role="alert">
          {problem}
        </p>
      )}
      <SurfaceContext.Provider value={surface}>
        <Blocks blocks={view.blocks} />
      </SurfaceContext.Provider>
    </div>
  );
}
