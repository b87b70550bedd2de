/** What starting leaves behind in memory, and giving it back. */
import { giveBackMemory } from './collect-garbage.ts';

/**
 * The first: the bot is ready, and its memory is measured. The second: the directories have been read, also slow ones.
 */
const afterMs = [5_000, 60_000];

/**
 * Gives back what the start needed, a few seconds from now and again in a minute. Loading the modules fills the
 * young generation and the compiler's pages, about 50 MB in all; an idle bot makes so little garbage that V8 would keep
 * them for hours.
 */
export function giveBackStartUpMemory(): void {
  for (const ms of afterMs) setTimeout(giveBackMemory, ms).unref();
}
