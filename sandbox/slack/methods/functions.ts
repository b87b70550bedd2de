/** functions.completeSuccess and functions.completeError: the app ends a custom step. */
import type { Method } from './method.ts';

export const functionMethods: Record<string, Method> = {
  'functions.completeSuccess': {
    token: 'bot',
    scopes: [],
    tier: 'tier3',
    args: { function_execution_id: 'text!', outputs: 'object!' },
    run(world, args) {
      world.workflows.end(world, args.need('function_execution_id'), {
        outputs: args.object('outputs') ?? {},
      });
      return {};
    },
  },
  'functions.completeError': {
    token: 'bot',
    scopes: [],
    tier: 'tier3',
    args: { function_execution_id: 'text!', error: 'text!' },
    run(world, args) {
      world.workflows.end(world, args.need('function_execution_id'), {
        error: args.need('error'),
      });
      return {};
    },
  },
};
