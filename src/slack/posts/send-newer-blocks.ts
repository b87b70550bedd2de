/**
 * Sends messages with newer blocks in the form that the workspace accepts: with them, or with older blocks that have
 * the same content.
 */
import type { AnyBlock, KnownBlock } from '@slack/types';
import type { Logger } from 'pino';
import { hasNewerBlocks, inOlderBlocks } from '../../messages/newer-blocks.ts';
import { slackErrorCode } from '../slack-failure.ts';

/** How long a workspace counts as not supporting the newer blocks, before they are tried again. */
const unknownForMs = 24 * 3_600_000;

/** Messages are refused with the first, views with the second. */
const refusals = new Set(['invalid_blocks', 'invalid_arguments']);

export type NewerBlocks = {
  /**
   * Calls once with the blocks that the workspace probably supports, and again with older ones when Slack refuses
   * them. Throws the error of the last call.
   */
  send<B extends AnyBlock, Answer>(
    blocks: readonly B[],
    call: (blocks: (B | KnownBlock)[]) => Promise<Answer>,
  ): Promise<Answer>;
};

/** Stored for the bot's only workspace; each process learns it with one refused call per day. */
export function createNewerBlocks(deps: { now: () => Date; log: Logger }): NewerBlocks {
  let unknownUntil = 0;
  return {
    async send(blocks, call) {
      if (!hasNewerBlocks(blocks)) return call([...blocks]);
      if (deps.now().getTime() < unknownUntil) return call(inOlderBlocks(blocks));
      try {
        return await call([...blocks]);
      } catch (error) {
        if (!refusals.has(slackErrorCode(error) ?? '')) throw error;
        const answer = await call(inOlderBlocks(blocks));
        // Only now is it known that the newer blocks were the reason for Slack's refusal.
        const until = new Date(deps.now().getTime() + unknownForMs);
        unknownUntil = until.getTime();
        deps.log.warn({ until }, 'the workspace does not know the newer blocks');
        return answer;
      }
    },
  };
}
