/** Whether the workspace accepts the bot's messages and views, validated by Slack without sending anything. */
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { InstanceConfig } from '../../config/config.ts';
import type { DirectorySnapshot } from '../../connect/directory.ts';
import { hasNewerBlocks, inOlderBlocks } from '../../messages/newer-blocks.ts';
import { retryOnRateLimit } from '../../slack/retry-on-rate-limit.ts';
import { slackErrorCode } from '../../slack/slack-failure.ts';
import { type Finding, fail, type Line, pass, runCheck, skip, warn } from '../check/line.ts';
import { messageShapes } from './message-shapes.ts';
import type { Shape } from './shape.ts';
import { viewShapes } from './view-shapes.ts';

/** Simultaneous calls: the method has its own rate limit, which is not documented. */
const atOnce = 4;

/**
 * How long one shape waits after Slack's rate limit. A person runs this command by hand and prefers waiting to a
 * failure.
 */
const longestWaitMs = 120_000;

/** @param snapshots the directory of each configured instance, in their order; null when it cannot be read */
export async function blockLines(
  configured: readonly InstanceConfig[],
  client: WebClient,
  snapshots: readonly (DirectorySnapshot | null)[],
): Promise<Line[]> {
  const instances = configured.flatMap((instance, index) => {
    const snapshot = snapshots[index];
    return snapshot ? [{ instance, snapshot }] : [];
  });
  return [
    await runCheck('slack.blocks.messages', () => validated(client, messageShapes())),
    await runCheck('slack.blocks.views', () => validated(client, viewShapes(instances))),
  ];
}

async function validated(client: WebClient, shapes: readonly Shape[]): Promise<Finding> {
  const wrong: string[] = [];
  const newer: string[] = [];
  const left = [...shapes];
  const work = async () => {
    for (let shape = left.shift(); shape; shape = left.shift()) {
      const problem = await problemOf(client, shape);
      if (problem === null) continue;
      const isKnown = isNewer(shape) && (await problemOf(client, older(shape))) === null;
      (isKnown ? newer : wrong).push(`${shape.name}: ${problem}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } catch (error) {
    if (slackErrorCode(error) !== 'unknown_method') throw error;
    return skip('this workspace has no blocks.validate');
  }
  if (wrong.length > 0) {
    return fail(
      `Slack refuses ${several(wrong)}`,
      'Report it: this version sends what it may not.',
    );
  }
  if (newer.length > 0) {
    return warn(
      `the workspace does not know the newer blocks: ${several(newer)}`,
      'Nothing has to be done: the same is shown in older blocks.',
    );
  }
  return pass(`Slack takes all ${shapes.length} shapes`);
}

function several(problems: readonly string[]): string {
  const shown = problems.slice(0, 3).join('; ');
  return problems.length > 3 ? `${shown}; and ${problems.length - 3} more` : shown;
}

function isNewer(shape: Shape): boolean {
  return hasNewerBlocks('view' in shape ? shape.view.blocks : shape.blocks);
}

function older(shape: Shape): Shape {
  if ('blocks' in shape) return { ...shape, blocks: inOlderBlocks(shape.blocks) };
  return { ...shape, view: { ...shape.view, blocks: inOlderBlocks(shape.view.blocks) } };
}

const refusals = new Set(['invalid_blocks', 'invalid_message', 'invalid_view']);

const answer = z.object({
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).min(1),
});

/** Slack's error and its location; null when the shape is accepted. */
async function problemOf(client: WebClient, shape: Shape): Promise<string | null> {
  try {
    const what = 'view' in shape ? { view: shape.view } : { blocks: [...shape.blocks] };
    await retryOnRateLimit(() => client.blocks.validate(what), { longestWaitMs });
    return null;
  } catch (error) {
    const code = slackErrorCode(error);
    if (code === null || !refusals.has(code)) throw error;
    const read = answer.safeParse(error instanceof WebAPIPlatformError ? error.data : null);
    // The first error may only refer to the whole message; the last one has the location.
    const last = read.data?.errors.at(-1);
    return last ? `${last.message} at ${last.pointer}` : code;
  }
}
