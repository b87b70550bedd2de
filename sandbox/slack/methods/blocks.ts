/** blocks.validate: whether Slack would accept blocks, a message or a view, without sending them. */
import { messageBlockProblems, viewProblems } from '../blocks/validate.ts';
import { type JsonObject, listOf, objectOf } from '../json.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { unknownBlockProblems } from './content.ts';
import type { Method } from './method.ts';

/** https://docs.slack.dev/reference/methods/blocks.validate: exactly one of the three. */
export const blockMethods: Record<string, Method> = {
  'blocks.validate': {
    token: 'bot',
    scopes: [],
    // The page says only "special rate limits apply".
    tier: 'special',
    args: { blocks: 'array', message: 'object', view: 'object' },
    run(world, args) {
      const blocks = args.array('blocks');
      const message = args.object('message');
      const view = args.object('view');
      if ([blocks, message, view].filter(Boolean).length !== 1) {
        throw Refusal.withMessages('invalid_arguments', [
          'must provide exactly one of: blocks, message, view',
        ]);
      }
      if (blocks) refuse('invalid_blocks', ofBlocks(world, blocks));
      if (message) refuse('invalid_message', ofBlocks(world, listOf(message.blocks)));
      if (view) refuse('invalid_view', ofView(world, view));
      return {};
    },
  },
};

function ofBlocks(world: World, blocks: unknown[]): string[] {
  return [...unknownBlockProblems(world, blocks, '/blocks'), ...messageBlockProblems(blocks)];
}

function ofView(world: World, view: JsonObject): string[] {
  const blocks = listOf(objectOf(view).blocks);
  return [...unknownBlockProblems(world, blocks, '/view/blocks'), ...viewProblems(view)];
}

/**
 * The page documents pointer, code, message and constraint of each problem; the codes other than `failed_constraint`
 * are guesses.
 */
function refuse(code: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  const errors = problems.map((problem) => {
    const [, message = problem, pointer = ''] = /^(.*) \[json-pointer:(.*)\]$/.exec(problem) ?? [];
    return { pointer, code: 'failed_constraint', message };
  });
  throw new Refusal(code, { errors });
}
