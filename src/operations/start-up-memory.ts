/** Releases the memory that the start of the bot used. */
import { giveBackMemory } from './collect-garbage.ts';

/**
 * First when the bot is ready, which is when its memory is measured; then when the directories have been read,
 * including slow ones.
 */
const afterMs = [5_000, 60_000];

/**
 * Releases the memory of the start, a few seconds from now and again after a minute. Loading the modules fills the
 * young generation and the compiler's pages, about 50 MB in all; an idle bot makes so little garbage that V8 would
 * keep them for hours.
 */
export function giveBackStartUpMemory(): void {
  for (const ms of afterMs) setTimeout(giveBackMemory, ms).unref();
}
