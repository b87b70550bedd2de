/**
 * Preloaded into every test process by test/main.ts. Node's test runner follows every promise with `async_hooks`, only
 * to name the test that an error outside of it comes from; that takes a fifth of the time of the whole run. Without it
 * such an error is told of the file, and fails it all the same.
 */
import asyncHooks from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';

const { createHook } = asyncHooks;
const followsNothing: asyncHooks.AsyncHook = {
  enable: () => followsNothing,
  disable: () => followsNothing,
};

asyncHooks.createHook = (callbacks) =>
  new Error().stack?.includes('node:internal/test_runner/')
    ? followsNothing
    : createHook(callbacks);
syncBuiltinESMExports();
