/** What starting leaves behind in memory, and giving it back. */
import { collectGarbage } from './collect-garbage.ts';

/** Late enough for the directories to have been read, early enough to be over before anybody looks. */
const afterMs = 5_000;

/**
 * Collects garbage once, a few seconds from now. Loading the modules fills the young generation and the
 * compiler's pages, about 50 MB in all; an idle bot makes so little garbage that V8 would keep them for
 * hours.
 */
export function giveBackStartUpMemory(): void {
  setTimeout(collectGarbage, afterMs).unref();
}
